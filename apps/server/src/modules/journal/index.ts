// The journal: what happened, in one order. Commands append to it in their own transaction; the sequencer gives commit order and
// the hash chain; the hub hands every entry to the readers in this process; streams and `GET /v1/events` show it outside.
// Invariants: an entry is never changed; a cursor once given stays good; nothing committed is skipped by any reader.
export {
  type ActorRef,
  appendTicketEvents,
  appendWorkspaceEvent,
  eventsValue,
  storingEvents,
  type TicketEventRow,
  type WorkspaceEvent,
} from "./append.ts";
export { type Consumer, type ConsumerDefinition, startConsumer } from "./consumer.ts";
export { currentPlace, startEpoch } from "./epochs.ts";
export { type Hub, startHub } from "./hub.ts";
export { presentActor, presentEvent } from "./present.ts";
export type { JournalRow } from "./queries.ts";
export { journalBindings } from "./routes.ts";
export { type Sequencer, startSequencer } from "./sequencer.ts";
export { createStreams, type LoadCurrent, type Streams } from "./streams.ts";
export { type ChainReport, verifyChain } from "./verify.ts";
