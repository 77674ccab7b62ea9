import { Button, Dialog, Field, TextField } from "@okno/ui";
import { type FormEvent, useId, useState } from "react";
import { useT } from "./bulk-messages.ts";

type Props = { onClose: () => void; onUntil: (date: Date) => void };

/** A moment of one's own to postpone to. */
export function BulkUntil({ onClose, onUntil }: Props) {
  const t = useT();
  const formId = useId();
  const [value, setValue] = useState("");
  const [wrong, setWrong] = useState<"postpone.choose" | "postpone.early">();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const date = new Date(value);
    if (Number.isNaN(date.getTime())) setWrong("postpone.choose");
    else if (date.getTime() <= Date.now()) setWrong("postpone.early");
    else onUntil(date);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("postpone.custom")}
      closeLabel={t("close")}
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary">
            {t("postpone")}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit}>
        <Field label={t("postpone.when")} error={wrong && t(wrong)} required>
          <TextField
            type="datetime-local"
            className="tabular-nums"
            value={value}
            onChange={(event) => {
              setValue(event.target.value);
              setWrong(undefined);
            }}
          />
        </Field>
      </form>
    </Dialog>
  );
}
