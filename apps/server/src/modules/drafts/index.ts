// Drafts: what a person has begun to write in a ticket, kept until it is sent or thrown away. One a person and ticket; a draft in a
// ticket that was merged away belongs to the survivor. Versioned: nobody's other tab or device is written over in silence. Private:
// no event tells of them, and a draft of a ticket that its author may no longer see is kept and not shown.
export { getDraft } from "./drafts.ts";
export { clearSentDraft, giveBackToDraft } from "./queries.ts";
export { draftBindings } from "./routes.ts";
