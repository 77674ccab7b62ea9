// Tickets: one matter that someone wants settled. Every change locks the row, asks the flow, and writes row, journal events and counter
// deltas in one transaction. Only this module writes `tickets`, but for intake and splitting, which insert them.
export { actOnTicket, checkLabels, checkTopic, weightOfLabels } from "./act.ts";
export { type Happening, writeChange } from "./change.ts";
export type { Reader } from "./conditions.ts";
export { type CappedCount, countMatching } from "./count-matching.ts";
export { foldCounts } from "./counts.ts";
export { type Decision, decideComplete, decidePostpone, moved, step } from "./decide.ts";
export { listHistory, seqCursor, seqPage } from "./history.ts";
export { type KeptTicket, keepTicket, reviveKept } from "./kept.ts";
export { type ListInput, type ListPage, listTickets, type ViewOfList } from "./list.ts";
export { lockStanding, requireStanding } from "./merged.ts";
export { bindAttachments, insertMessage, type MessageRow } from "./message-row.ts";
export { createNumbers, type Numbers } from "./numbers.ts";
export { type FlowOf, presentTicket, presentTicketState } from "./present.ts";
export {
  findTicket,
  listTicketsByIds,
  lockAnyTicket,
  lockTicket,
  nobodyId,
  type Scope,
  updateTicket,
} from "./queries.ts";
export { readerOf } from "./reader.ts";
export { type ReplyRoute, replyRouteOf } from "./reply-route.ts";
export {
  type TicketDeps,
  ticketActionBindings,
  ticketBindings,
  ticketScope,
} from "./routes.ts";
export { previewOf, priorityRank, type TicketRow } from "./row.ts";
export { verifyCounts } from "./verify-counts.ts";
export { wakeJob } from "./wake.ts";
export { wakeLater } from "./wake-later.ts";
