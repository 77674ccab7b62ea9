export { type AccentPair, accentPair } from "./accent.ts";
export { canonicalJson } from "./canonical-json.ts";
export {
  type ChannelAnswer,
  type ChannelCall,
  type ChannelCapabilities,
  type ChannelInstance,
  type ChannelManifest,
  type ChannelPorts,
  type ChannelRoute,
  type ChannelServer,
  channelRoute,
  defineChannel,
  defineChannelManifest,
  type Outbound,
  type PageAsset,
  type Parsed,
  type RawDelivery,
  type Sent,
  type UploadedFile,
} from "./channel.ts";
export type {
  ConfirmationActor,
  ConfirmationAnswer,
  ConfirmationHappening,
  ConfirmationMethod,
  ConfirmationOutcome,
  ConfirmationPort,
  ConfirmationSettlement,
  ConfirmationStatus,
  ConfirmationSubject,
  ConfirmationTx,
  FoundDemand,
  KindConfirmations,
  NewConfirmation,
} from "./confirmation.ts";
export { type Queryable, type Statement, statement, type Transaction } from "./database.ts";
export { fileHandle, filesByHandle } from "./file-handle.ts";
export {
  allowedActions,
  type CoreAction,
  coreActions,
  defineFlow,
  type Flow,
  type FlowAction,
  type FlowFacts,
  type FlowState,
  type FlowStep,
  flowDiagram,
  flowProblems,
  type GuardReason,
  type Mover,
  runFlow,
  stateOf,
} from "./flow.ts";
export { Html, type HtmlValue, html } from "./html.ts";
export { defineKind, type KindManifest } from "./kind.ts";
export type {
  KindCallInput,
  KindCommand,
  KindConsole,
  KindHost,
  KindMessages,
  KindParts,
  KindTone,
} from "./kind-console.ts";
export {
  type Actor,
  defineKindServer,
  type Happening,
  type KindBinding,
  type KindCall,
  type KindDemo,
  type KindJob,
  type KindPorts,
  type KindSealer,
  type KindServer,
  type KindTickets,
  kindJob,
  type LockedTicket,
  type NewKindTicket,
  type PeoplePort,
  type StepUpPort,
} from "./kind-server.ts";
export type {
  Conversation,
  ConversationMessage,
  InboundIdentity,
  InboundMessage,
  Rating,
  Received,
  StoredFile,
} from "./message.ts";
export {
  type CallbackPort,
  type CallbackState,
  type LoggedCallback,
  type OutgoingAnswer,
  type OutgoingCall,
  OutgoingFailed,
  type OutgoingFailure,
  type OutgoingHttp,
  type OutgoingRefusal,
  OutgoingRefused,
  type OutgoingTransaction,
} from "./outgoing.ts";
export { highestRole, includesRole, type Principal, projectsWith, requireRole } from "./principal.ts";
export { Refusal, refuse } from "./refuse.ts";
