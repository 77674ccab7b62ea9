import type { Ticket } from "@okno/contract";
import { Avatar, FilterableMenu } from "@okno/ui";
import { Users } from "lucide-react";
import type { ReactElement } from "react";
import { assignable, useMembers } from "../../shared/directory/directory.ts";
import { useMe } from "../../shared/session/session.ts";
import { useT } from "./messages.ts";

type Props = {
  ticket: Ticket;
  trigger: ReactElement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onAssign: (to: { id: string; name: string } | null) => void;
};

const nobody = "nobody";

/** Whose the ticket is: the person first, then nobody, then colleagues. */
export function AssignMenu({ ticket, trigger, open, onOpenChange, onAssign }: Props) {
  const t = useT();
  const { member: me } = useMe();
  const people = assignable(useMembers(), ticket.project);
  const others = people.filter((member) => member.id !== me.id);
  const mine = people.some((member) => member.id === me.id);
  return (
    <FilterableMenu
      open={open}
      onOpenChange={onOpenChange}
      align="end"
      trigger={trigger}
      label={t("act.assign")}
      filterPlaceholder={t("assign.filter")}
      emptyText={t("assign.empty")}
      selected={[ticket.assignee?.id ?? nobody]}
      items={[
        ...(mine
          ? [
              {
                id: me.id,
                label: me.name,
                hint: t("assign.me"),
                icon: <Avatar size="sm" name={me.name} seed={me.id} decorative />,
              },
            ]
          : []),
        { id: nobody, label: t("assign.none"), icon: <Users /> },
        ...others.map((member) => ({
          id: member.id,
          label: member.name,
          icon: <Avatar size="sm" name={member.name} seed={member.id} decorative />,
        })),
      ]}
      onSelect={(id) => onAssign(people.find((member) => member.id === id) ?? null)}
    />
  );
}
