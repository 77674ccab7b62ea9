import { formatDateTime, type SwipeRowProps, toast } from "@okno/ui";
import { AlarmClock, CircleCheck } from "lucide-react";
import { errorMessage } from "../../shared/api/error-message.ts";
import { currentLocale } from "../../shared/i18n/i18n.ts";
import { useMe } from "../../shared/session/session.ts";
import { type Action, act } from "../../shared/tickets/act.ts";
import type { TicketFacts } from "../../shared/tickets/filters.ts";
import { postponeTimes } from "../../shared/tickets/postpone-times.ts";
import { useT } from "./bulk-messages.ts";

/** What the thumb does with a row: to the right it is done, to the left it waits until tomorrow. Both can be undone. */
export function useSwipe(): (ticket: TicketFacts) => Pick<SwipeRowProps, "right" | "left"> {
  const t = useT();
  const { member } = useMe();
  const me = { id: member.id, name: member.name };
  const run = async (ticket: TicketFacts, input: Action, title: string, undo?: () => void) => {
    try {
      await act({ ...input, id: ticket.id, me, assignee: ticket.assignee });
      const action = undo && { label: t("undo"), shortcut: "z", onAction: undo };
      toast({ title, tone: "good", action });
    } catch (error) {
      toast({ title: errorMessage(error), tone: "late" });
    }
  };
  const reopen = (ticket: TicketFacts) => () =>
    void run(ticket, { action: "reopen", body: {} }, t("swipe.undone", { number: ticket.number }));
  const complete = (ticket: TicketFacts) =>
    void run(
      ticket,
      { action: "complete", body: {} },
      t("swipe.completed", { number: ticket.number }),
      reopen(ticket),
    );
  const postpone = (ticket: TicketFacts) => {
    const tomorrow = postponeTimes(new Date()).find(({ id }) => id === "tomorrow");
    if (!tomorrow) return;
    const { number } = ticket;
    const time = formatDateTime(tomorrow.date, currentLocale());
    const body = { until: tomorrow.date.toISOString() };
    void run(ticket, { action: "postpone", body }, t("swipe.postponed", { number, time }), reopen(ticket));
  };
  return (ticket) => {
    if (ticket.mergedInto !== null || ticket.phase === "done") return {};
    return {
      right: {
        label: t("complete"),
        icon: <CircleCheck />,
        tone: "good",
        onSwipe: () => complete(ticket),
      },
      left: {
        label: t("postpone.tomorrow"),
        icon: <AlarmClock />,
        tone: "soon",
        onSwipe: () => postpone(ticket),
      },
    };
  };
}
