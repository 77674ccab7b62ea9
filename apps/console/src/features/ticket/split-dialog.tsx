import type { Message, Ticket } from "@okno/contract";
import { Button, Checkbox, Dialog, Field, TextField } from "@okno/ui";
import { type FormEvent, useId, useState } from "react";
import { split } from "./merging.ts";
import { useT } from "./merging-messages.ts";
import { useOpenTicket } from "./use-open-ticket.ts";

const subjectLength = 80;

/** What the new ticket is about, and how much of the conversation goes along. */
export function SplitDialog({
  ticket,
  message,
  onClose,
}: {
  ticket: Pick<Ticket, "id" | "number">;
  message: Message;
  onClose: () => void;
}) {
  const t = useT();
  const open = useOpenTicket();
  const formId = useId();
  const [subject, setSubject] = useState(() =>
    [...message.body.replace(/\s+/gu, " ").trim()].slice(0, subjectLength).join(""),
  );
  const [following, setFollowing] = useState(false);
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!subject.trim()) return;
    onClose();
    void split(ticket, { message: message.id, subject: subject.trim(), following }, open);
  };
  return (
    <Dialog
      open
      title={t("split.title")}
      text={t("split.text")}
      closeLabel={t("close")}
      onOpenChange={(next) => !next && onClose()}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form={formId}>
            {t("split.do")}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label={t("split.subject")}
          error={tried && !subject.trim() ? t("split.subject.empty") : undefined}
        >
          <TextField
            dir="auto"
            value={subject}
            maxLength={300}
            onChange={(event) => setSubject(event.target.value)}
          />
        </Field>
        <Checkbox label={t("split.following")} checked={following} onCheckedChange={setFollowing} />
      </form>
    </Dialog>
  );
}
