// Tickets: one matter that someone wants settled. Every change locks the row, asks the flow, and writes row, journal events and counter
// deltas in one transaction. Only this module writes `tickets`, but for intake, which inserts them.
export { actOnTicket, checkLabels, checkTopic } from "./act.ts";
export { type Happening, writeChange } from "./change.ts";
export { foldCounts } from "./counts.ts";
export { moved, step } from "./decide.ts";
export { bindAttachments, insertMessage, type MessageRow } from "./message-row.ts";
export { createNumbers, type Numbers } from "./numbers.ts";
export { type FlowOf, presentTicket, presentTicketState } from "./present.ts";
export { findTicket, listTicketsByIds, lockAnyTicket, lockTicket, nobodyId, type Scope } from "./queries.ts";
export {
  seqCursor,
  seqPage,
  type TicketDeps,
  ticketActionBindings,
  ticketBindings,
  ticketScope,
} from "./routes.ts";
export { previewOf, priorityRank, type TicketRow } from "./row.ts";
export { wakeJob } from "./wake.ts";
