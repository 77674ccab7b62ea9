// Links: tickets that belong together without becoming one: related, a duplicate, a part of a bigger matter. One link a pair, told in both
// histories, moving neither in the lists. Whoever links must see both tickets; a linked ticket that a reader may not see is not shown
// to them at all, exactly as if it were not linked.
export { linkTickets, linkUntold, type Pair } from "./link-tickets.ts";
export { linkBindings } from "./routes.ts";
