import type { Ticket } from "@okno/contract";
import { Avatar, FilterableMenu } from "@okno/ui";
import { UserRoundX, Users } from "lucide-react";
import type { ReactElement } from "react";
import { assignable, useMembers, useTeams } from "../../shared/directory/directory.ts";
import { hueOfLabel } from "../../shared/directory/label-hue.ts";
import { MemberAvatar } from "../../shared/presence/member-avatar.tsx";
import { useStatusOf } from "../../shared/presence/status.ts";
import { useMe } from "../../shared/session/session.ts";
import { useT } from "./messages.ts";
import type { Receiver } from "./use-actions.ts";

type Props = {
  ticket: Ticket;
  trigger: ReactElement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onAssign: (to: Receiver | null) => void;
  /** Takes the ticket out of its team. */
  onLeaveTeam: () => void;
};

const nobody = "nobody";
const noTeam = "no-team";

/** Whose the ticket is: the person first, then nobody, then teams and colleagues. */
export function AssignMenu({ ticket, trigger, open, onOpenChange, onAssign, onLeaveTeam }: Props) {
  const t = useT();
  const { member: me } = useMe();
  const statusOf = useStatusOf();
  const people = assignable(useMembers(), ticket.project);
  const others = people.filter((member) => member.id !== me.id);
  const teams = useTeams().filter((team) => team.project === ticket.project);
  const choose = (id: string) => {
    const team = teams.find((each) => each.id === id);
    if (id === noTeam) onLeaveTeam();
    else if (team) onAssign({ id, name: team.name, team });
    else onAssign(people.find((member) => member.id === id) ?? null);
  };
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
      selected={[ticket.assignee?.id ?? nobody, ...(ticket.team ? [ticket.team.id] : [])]}
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
        { id: nobody, label: t("assign.none"), icon: <UserRoundX /> },
        ...teams.map((team) => ({
          id: team.id,
          label: team.name,
          icon: <Users />,
          hue: hueOfLabel(team.hue),
          group: t("assign.teams"),
        })),
        ...(ticket.team
          ? [{ id: noTeam, label: t("assign.no.team"), icon: <Users />, group: t("assign.teams") }]
          : []),
        ...others.map((member) => ({
          id: member.id,
          label: member.name,
          hint: statusOf(member).words,
          icon: <MemberAvatar size="sm" member={member} />,
          ...(teams.length > 0 && { group: t("assign.people") }),
        })),
      ]}
      onSelect={choose}
    />
  );
}
