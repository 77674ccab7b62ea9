import { Button, Field, SegmentedControl, TextArea } from "@okno/ui";
import { useState } from "react";
import { defineMessages } from "../../shared/i18n/i18n.ts";
import { usePreferences } from "../../shared/session/use-preferences.ts";

const { useT } = defineMessages("writing", {
  ru: {
    "undo.title": "Отмена отправки",
    "undo.none": "Нет",
    "undo.seconds": "{seconds} с",
    signature: "Подпись",
    "signature.hint": "Вставляется в ответ командой; сама не добавляется.",
    save: "Сохранить",
  },
  en: {
    "undo.title": "Undo send",
    "undo.none": "Off",
    "undo.seconds": "{seconds} s",
    signature: "Signature",
    "signature.hint": "Put under a reply by a command; never added by itself.",
    save: "Save",
  },
});

const choices = [0, 5, 10, 30] as const;
export const maxSignatureLength = 1_000;

/** How long a reply can be taken back, and what one signs with. */
export function Writing() {
  const t = useT();
  const { preferences, change } = usePreferences();
  const [signature, setSignature] = useState(preferences.signature);
  return (
    <>
      <div className="flex flex-col items-start gap-1.5">
        <span aria-hidden="true" className="text-13 font-medium">
          {t("undo.title")}
        </span>
        <SegmentedControl
          label={t("undo.title")}
          value={String(preferences.undoSendSeconds)}
          onValueChange={(value) =>
            change({ undoSendSeconds: choices.find((each) => String(each) === value) ?? 10 })
          }
          options={choices.map((seconds) => ({
            value: String(seconds),
            label: seconds === 0 ? t("undo.none") : t("undo.seconds", { seconds }),
          }))}
        />
      </div>
      <form
        className="flex flex-col items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          change({ signature });
        }}
      >
        <Field label={t("signature")} hint={t("signature.hint")} className="w-full">
          <TextArea
            value={signature}
            maxLength={maxSignatureLength}
            minRows={3}
            maxRows={8}
            dir="auto"
            onChange={(event) => setSignature(event.target.value)}
          />
        </Field>
        <Button type="submit" disabled={signature === preferences.signature}>
          {t("save")}
        </Button>
      </form>
    </>
  );
}
