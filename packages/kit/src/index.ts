export { type AccentPair, accentPair } from "./accent.ts";
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
  Conversation,
  ConversationMessage,
  InboundIdentity,
  InboundMessage,
  Rating,
  Received,
  StoredFile,
} from "./message.ts";
export { Refusal, refuse } from "./refuse.ts";
