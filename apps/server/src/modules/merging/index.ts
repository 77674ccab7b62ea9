// Two tickets that are one matter, and a message that is a matter of its own. Invariants: a message lies in exactly one ticket; it keeps
// the conversation it came by, wherever it lies, and a customer is shown conversations alone; a merge can be undone as long as the
// survivor stands; only tickets of one contact are merged.
export type { MergingDeps } from "./deps.ts";
export { mergingBindings } from "./routes.ts";
