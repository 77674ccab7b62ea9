import type { routes, SuccessOf } from "@okno/contract";

/** Exact numbers for the rail. */
export type TicketCounts = SuccessOf<typeof routes.tickets.counts>;
