import type { Ticket } from "@okno/contract";
import { formatDateTime, toast } from "@okno/ui";
import { errorMessage, isRefusal } from "../../shared/api/error-message.ts";
import { currentLocale } from "../../shared/i18n/i18n.ts";
import { useMe } from "../../shared/session/session.ts";
import { type Action, act } from "../../shared/tickets/act.ts";
import { tr } from "./messages.ts";

/** Whom a ticket is given to: a member, or a team with whoever is in it. */
export type Receiver = { id: string; name: string; team?: { members: readonly string[] } };

type Given = { toName?: string; teamMembers?: readonly string[] };

const givenTo = ({ name, team }: Receiver): Given => ({
  toName: name,
  ...(team && { teamMembers: team.members }),
});

type Done = { title: string; undo?: () => void };

function complain(error: unknown): void {
  if (isRefusal(error, "already_claimed")) {
    const { assignee } = (error.problem?.details ?? {}) as { assignee?: { name?: string } };
    toast({ title: tr("claimed.by", { name: assignee?.name ?? "…" }), tone: "late" });
  } else toast({ title: errorMessage(error), tone: "late" });
}

export type TicketActions = ReturnType<typeof useActions>;

/**
 * What a person does with a ticket. Each shows at once and is taken back if refused; what takes the ticket out of the
 * inbox can be undone and leads on: `onLeave` goes to the next one, `onReturn` comes back to it.
 */
export function useActions(
  ticket: Ticket,
  { onLeave, onReturn }: { onLeave: () => void; onReturn: () => void },
) {
  const { member } = useMe();
  const me = { id: member.id, name: member.name };
  const can = (name: Ticket["actions"][number]) => ticket.actions.includes(name);

  const run = async (input: Action & Given, done?: Done): Promise<boolean> => {
    try {
      await act({ ...input, id: ticket.id, me, assignee: ticket.assignee });
      const action = done?.undo ? { label: tr("undo"), shortcut: "z", onAction: done.undo } : undefined;
      if (done) toast({ title: done.title, tone: "good", action });
      return true;
    } catch (error) {
      complain(error);
      return false;
    }
  };
  const reopen = () => run({ action: "reopen", body: {} }, { title: tr("reopened") });
  const undo = () => {
    onReturn();
    void reopen();
  };
  /** Leaves at once; comes back if the server refuses. */
  const leaving = async (input: Action & Given, done: Done) => {
    onLeave();
    if (!(await run(input, done))) onReturn();
  };

  return {
    can,
    claim: () => run({ action: "claim", body: {} }, { title: tr("claimed") }),
    reopen,
    complete: () =>
      leaving({ action: "complete", body: {} }, { title: tr("completed", { number: ticket.number }), undo }),
    postponeUntil: (date: Date) =>
      leaving(
        { action: "postpone", body: { until: date.toISOString() } },
        { title: tr("postponed", { time: formatDateTime(date, currentLocale()) }), undo },
      ),
    postponeUntilReply: () =>
      leaving({ action: "postpone", body: { untilReply: true } }, { title: tr("postponed.reply"), undo }),
    assign: (to: Receiver | null) =>
      run(
        {
          action: "assign",
          body: to?.team ? { team: to.id } : { member: to?.id ?? null },
          ...(to && givenTo(to)),
        },
        { title: to ? tr("assigned", { name: to.name }) : tr("released") },
      ),
    leaveTeam: () => run({ action: "assign", body: { team: null } }, { title: tr("team.left") }),
    transfer: (to: Receiver, note: string) =>
      run(
        {
          action: "transfer",
          body: to.team ? { team: to.id, note } : { member: to.id, note },
          ...givenTo(to),
        },
        { title: tr("transferred", { name: to.name }) },
      ),
    set: (body: (Action & { action: "set" })["body"]) => run({ action: "set", body }),
  };
}
