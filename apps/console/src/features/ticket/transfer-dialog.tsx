import type { Ticket } from "@okno/contract";
import { Button, Combobox, Dialog, Field, TextArea } from "@okno/ui";
import { type FormEvent, useId, useState } from "react";
import { assignable, useMembers, useTeams } from "../../shared/directory/directory.ts";
import { hueOfLabel } from "../../shared/directory/label-hue.ts";
import { MemberAvatar } from "../../shared/presence/member-avatar.tsx";
import { useStatusOf } from "../../shared/presence/status.ts";
import { useMe } from "../../shared/session/session.ts";
import { useT } from "./messages.ts";
import type { Receiver } from "./use-actions.ts";

type Props = {
  ticket: Ticket;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onTransfer: (to: Receiver, note: string) => void;
};

function TransferForm({
  ticket,
  formId,
  onTransfer,
}: Pick<Props, "ticket" | "onTransfer"> & { formId: string }) {
  const t = useT();
  const { member: me } = useMe();
  const statusOf = useStatusOf();
  const people = assignable(useMembers(), ticket.project).filter((member) => member.id !== me.id);
  const teams = useTeams().filter((team) => team.project === ticket.project);
  const [to, setTo] = useState<string>();
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const person = people.find((member) => member.id === to);
    const team = teams.find((each) => each.id === to);
    if (!note.trim()) return;
    if (team) onTransfer({ id: team.id, name: team.name, team }, note.trim());
    else if (person) onTransfer({ id: person.id, name: person.name }, note.trim());
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
          options={[
            ...teams.map((team) => ({
              id: team.id,
              label: team.name,
              hue: hueOfLabel(team.hue),
              group: t("assign.teams"),
            })),
            ...people.map((member) => ({
              id: member.id,
              label: member.name,
              hint: statusOf(member).words,
              icon: <MemberAvatar size="sm" member={member} />,
              ...(teams.length > 0 && { group: t("assign.people") }),
            })),
          ]}
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

/** Hands the ticket to a colleague or a team with what they should know. */
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
