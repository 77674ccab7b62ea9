import type { Ticket } from "@okno/contract";
import { Avatar, Button, Combobox, Dialog, Field, TextArea } from "@okno/ui";
import { type FormEvent, useId, useState } from "react";
import { assignable, useMembers } from "../../shared/directory/directory.ts";
import { useMe } from "../../shared/session/session.ts";
import { useT } from "./messages.ts";

type Props = {
  ticket: Ticket;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onTransfer: (to: { id: string; name: string }, note: string) => void;
};

function TransferForm({
  ticket,
  formId,
  onTransfer,
}: Pick<Props, "ticket" | "onTransfer"> & { formId: string }) {
  const t = useT();
  const { member: me } = useMe();
  const people = assignable(useMembers(), ticket.project).filter((member) => member.id !== me.id);
  const [to, setTo] = useState<string>();
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const person = people.find((member) => member.id === to);
    if (person && note.trim()) onTransfer({ id: person.id, name: person.name }, note.trim());
  };
  return (
    <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
      <Field label={t("transfer.to")} error={tried && !to ? t("transfer.to.empty") : undefined}>
        <Combobox
          label={t("transfer.to")}
          placeholder={t("transfer.to.choose")}
          filterPlaceholder={t("assign.filter")}
          emptyText={t("assign.empty")}
          value={to}
          onValueChange={setTo}
          options={people.map((member) => ({
            id: member.id,
            label: member.name,
            icon: <Avatar size="sm" name={member.name} seed={member.id} decorative />,
          }))}
        />
      </Field>
      <Field label={t("transfer.note")} error={tried && !note.trim() ? t("transfer.note.empty") : undefined}>
        <TextArea
          dir="auto"
          value={note}
          onChange={(event) => setNote(event.target.value)}
          maxLength={5000}
        />
      </Field>
    </form>
  );
}

/** Hands the ticket to a colleague with what they should know. */
export function TransferDialog({ ticket, open, onOpenChange, onTransfer }: Props) {
  const t = useT();
  const formId = useId();
  return (
    <Dialog
      title={t("transfer.title")}
      text={t("transfer.text")}
      closeLabel={t("close")}
      open={open}
      onOpenChange={onOpenChange}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form={formId}>
            {t("transfer.do")}
          </Button>
        </>
      }
    >
      <TransferForm
        ticket={ticket}
        formId={formId}
        onTransfer={(to, note) => {
          onOpenChange(false);
          onTransfer(to, note);
        }}
      />
    </Dialog>
  );
}
