import type { StreamEvent, Ticket } from "@okno/contract";
import { queryClient } from "../../shared/api/query-client.ts";
import { useLiveEvents, useResync } from "../../shared/live/live.ts";
import { refreshTicket } from "../../shared/tickets/refresh.ts";
import { removeMessage } from "./undo-send.ts";

const leavings: ReadonlySet<StreamEvent["type"]> = new Set([
  "ticket.completed",
  "ticket.postponed",
  "ticket.transferred",
]);

/** The same person has settled it in another tab or on another device: this one goes on as well. A colleague moves nobody. */
export function useLeftElsewhere(ticket: Ticket, me: string, onLeave: () => void): void {
  useLiveEvents(({ type, actor, ticket: id, seq, current }) => {
    if (id !== ticket.id || !leavings.has(type) || actor.id !== me) return;
    const cameBack = seq < ticket.seq || (type !== "ticket.transferred" && current?.phase === "open");
    if (!cameBack) onLeave();
  });
}

/** Keeps the ticket in hand equal to the server: its facts, what may be done, and what was said. */
export function useTicketLive(id: string, contact: string | undefined): void {
  useLiveEvents((event) => {
    if (event.type === "message.withdrawn" && event.ticket && typeof event.data.message === "string")
      removeMessage(event.ticket, event.data.message);
    if (event.ticket === id) void refreshTicket(id);
    else if (event.ticket && event.current) {
      // A ticket that was looked at before must not be shown as it was then.
      void queryClient.invalidateQueries({ queryKey: ["ticket", event.ticket], refetchType: "none" });
    }
    // Their last words, and when they were last seen.
    if (contact && event.current?.contact?.id === contact)
      void queryClient.invalidateQueries({ queryKey: ["contact", contact] });
  });
  useResync(() => {
    void queryClient.invalidateQueries({ queryKey: ["ticket"], refetchType: "none" });
    void refreshTicket(id);
  });
}
