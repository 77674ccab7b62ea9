import { queryClient } from "../../shared/api/query-client.ts";
import { useLiveEvents, useResync } from "../../shared/live/live.ts";
import { contactTicketsQuery } from "../../shared/tickets/queries.ts";
import { refreshTicket } from "../../shared/tickets/refresh.ts";

/** Keeps the ticket in hand equal to the server: its facts, what may be done, and what was said. */
export function useTicketLive(id: string, contact: string | undefined): void {
  useLiveEvents((event) => {
    if (event.ticket === id) void refreshTicket(id);
    else if (event.ticket && event.current) {
      // A ticket that was looked at before must not be shown as it was then.
      void queryClient.invalidateQueries({ queryKey: ["ticket", event.ticket], refetchType: "none" });
      if (contact && event.current.contact?.id === contact)
        void queryClient.invalidateQueries({ queryKey: contactTicketsQuery(contact).queryKey });
    }
    if (event.type === "contact.changed") void queryClient.invalidateQueries({ queryKey: ["contact"] });
  });
  useResync(() => {
    void queryClient.invalidateQueries({ queryKey: ["ticket"], refetchType: "none" });
    void refreshTicket(id);
  });
}
