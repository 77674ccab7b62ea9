import { lazy, Suspense } from "react";
import { NoTicket } from "../features/ticket/no-ticket.tsx";

/** The ticket's code comes right after the list's, so that the first screen is there sooner. */
export const loadTicketView = () => import("../features/ticket/ticket-view.tsx");
const TicketView = lazy(async () => ({ default: (await loadTicketView()).TicketView }));

/** Out of sight but laid out: a list that is not laid out forgets where it was scrolled to. */
export const hiddenInPlace = "invisible absolute inset-0";

type Walk = { back: () => void; leave: () => void; open: (id: string) => void };

/** The ticket in hand, beside its list; or that none is. */
export function TicketPane({ ticket, walk }: { ticket: string | undefined; walk: Walk }) {
  if (!ticket) return <NoTicket />;
  return (
    <Suspense>
      <TicketView id={ticket} onBack={walk.back} onLeave={walk.leave} onReturn={() => walk.open(ticket)} />
    </Suspense>
  );
}
