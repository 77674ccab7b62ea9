// One action over many tickets. The list is frozen when it begins; a job works it off, one ticket a transaction, each with its author's
// rights of that moment and its own line in the journal. Invariants: an item has one outcome, written together with what was done; a bulk
// that was stopped does nothing more; undo touches no ticket that anybody has touched since.
export type { BulkDeps } from "./deps.ts";
export { bulkJob, forgetBulks, resumeBulks } from "./job.ts";
export { bulkBindings } from "./routes.ts";
