// Views: saved ways of looking at the tickets, shared or personal, with counts. A view never widens what its reader may see: its
// conditions are compiled by the tickets module over the one predicate of tickets.
// Invariants: what a view names may go out of use, and the view still opens; counts are capped and say so; every change is an event.
export { createViewCounts, type ViewCounts } from "./counts.ts";
export { purgeViews } from "./queries.ts";
export { type ViewDeps, viewBindings, viewOfList } from "./routes.ts";
