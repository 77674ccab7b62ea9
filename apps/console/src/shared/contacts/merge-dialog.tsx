import type { Contact } from "@okno/contract";
import { Button, Dialog, Field } from "@okno/ui";
import { useId, useState } from "react";
import { type ChosenContact, ContactChoice } from "./contact-choice.tsx";
import { useMerge } from "./merge.ts";
import { useT } from "./messages.ts";

type Props = { contact: Contact; onClose: () => void };

/** Whom this card is merged with: the other one is taken in. */
export function MergeDialog({ contact, onClose }: Props) {
  const t = useT();
  const form = useId();
  const [other, setOther] = useState<ChosenContact>();
  const [tried, setTried] = useState(false);
  const merge = useMerge(onClose);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("merge.title")}
      text={t("merge.text")}
      closeLabel={t("close")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form={form} variant="primary" busy={merge.isPending}>
            {t("merge.submit")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (other && !merge.isPending) merge.mutate({ from: other.id, into: contact.id });
        }}
      >
        <Field label={t("merge.choose")} error={tried && !other && t("merge.choose.empty")}>
          <ContactChoice
            label={t("merge.choose")}
            chosen={other}
            onChoose={setOther}
            except={contact.id}
            project={contact.project}
          />
        </Field>
      </form>
    </Dialog>
  );
}
