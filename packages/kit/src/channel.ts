import type { BodyOf, ParamsOf, QueryOf, Route } from "@okno/contract";
import type { z } from "zod";
import type { Conversation, InboundMessage, Rating, Received, StoredFile } from "./message.ts";

/** What a channel can do; the core and the composer obey it, neither ever names a channel. */
export type ChannelCapabilities = {
  /** A dialogue keeps one open conversation a person; elsewhere each message opens a ticket. */
  dialogue: boolean;
  /** Hours after completion within which a customer's message brings the ticket back instead of opening a new one. */
  reopenWithinHours: number;
  /** How our answers reach the customer: pushed by `send`, fetched by the customer's page, or not at all. */
  delivery: "push" | "pull" | "none";
  attachments: boolean;
  typing: boolean;
  readReceipts: boolean;
  maxLength: number;
};

export type ChannelManifest<Config extends z.ZodType = z.ZodType> = {
  type: string;
  /** The key of its name in the message catalogues. */
  titleKey: string;
  capabilities: ChannelCapabilities;
  /** Drives validation, storage and the settings form. */
  config: Config;
};

/** Declares what a channel is: shared by server and console. */
export function defineChannelManifest<Config extends z.ZodType>(
  manifest: ChannelManifest<Config>,
): ChannelManifest<Config> {
  return manifest;
}

/** A configured channel, as its server half sees it. */
export type ChannelInstance<Config = unknown> = {
  id: string;
  workspaceId: string;
  project: { id: string; name: string; locale: "ru" | "en"; timeZone: string; accent: string };
  workspaceName: string;
  name: string;
  publicKey: string;
  config: Config;
};

/** The outcome of parsing a provider's delivery. */
export type Parsed =
  | {
      kind: "events";
      messages: InboundMessage[];
      statuses?: { externalId: string; status: "delivered" | "read" | "failed" }[];
    }
  /** Known to be of no interest: acknowledged and counted. */
  | { kind: "unsupported"; what: string }
  /** Not from this provider: refused. */
  | { kind: "foreign"; why: string };

export type RawDelivery = { headers: Record<string, string | undefined>; body: string };

export type Outbound = { messageId: string; to: string; body: string; attachments: StoredFile[] };
export type Sent =
  | { ok: true; externalId: string | null }
  | { ok: false; retry: "never" | "later" | { afterSeconds: number }; reason: string };

/** What the core lends to a channel: the ports. Every call acts inside the channel's own workspace and project. */
export type ChannelPorts = {
  /** Applies one inbound message before it returns; safe to repeat. */
  receive(channel: ChannelInstance, message: InboundMessage): Promise<Received>;
  /** The conversation of one identity: the newest `limit` messages, oldest first; `before` pages back by seq. */
  conversation(
    channel: ChannelInstance,
    identity: { kind: InboundMessage["from"]["kind"]; value: string },
    page?: { beforeId?: string; limit?: number },
  ): Promise<Conversation>;
  /** The customer has got, or has read, everything up to this message. */
  markSeen(
    channel: ChannelInstance,
    identity: { kind: InboundMessage["from"]["kind"]; value: string },
    upToMessageId: string,
    status: "delivered" | "read",
  ): Promise<void>;
  /** Calls back after every change of the identity's conversation; returns how to stop. */
  watch(
    channel: ChannelInstance,
    identity: { kind: InboundMessage["from"]["kind"]; value: string },
    changed: () => void,
  ): Promise<() => void>;
  /** The customer is writing, or has stopped: told to whoever has the ticket open, and kept nowhere. */
  typing(
    channel: ChannelInstance,
    identity: { kind: InboundMessage["from"]["kind"]; value: string },
    is: boolean,
  ): Promise<void>;
  /** Calls back with the name of whoever is writing an answer in a ticket of the conversation, null when nobody is; returns how to stop. */
  watchTyping(channel: ChannelInstance, ticketId: string, changed: (name: string | null) => void): () => void;
  /**
   * What the customer thinks of how the matter went: one answer a completion, which may be changed for a day.
   * @throws not_found for a completion that is not this identity's, action_not_allowed when it is too late.
   */
  rate(
    channel: ChannelInstance,
    identity: { kind: InboundMessage["from"]["kind"]; value: string },
    answer: { completion: string; scale: "five" | "two"; score: number; words: string | null },
  ): Promise<Rating>;
  /** Secrets by which the customer's site signs for this channel; none when the administrator has made none. */
  secrets(channel: ChannelInstance): Promise<string[]>;
  /** The visitor has turned out to be this user: what was said before belongs to the user from now on. Safe to repeat. */
  join(
    channel: ChannelInstance,
    visitor: { kind: InboundMessage["from"]["kind"]; value: string },
    user: Pick<InboundMessage, "from" | "claims">,
  ): Promise<void>;
  /** How long the channel's latest matters waited for their first answer; an unanswered one, how long it has waited. Cached for minutes. */
  firstAnswers(channel: ChannelInstance): Promise<readonly { at: Date; waitedSeconds: number }[]>;
  /** Stores a stream by its content hash after sniffing its type. @throws refused errors of the contract. */
  storeFile(
    channel: ChannelInstance,
    file: { name: string; stream: NodeJS.ReadableStream; uploader: string },
  ): Promise<{ file: StoredFile; type: string; sizeBytes: number; inline: boolean }>;
  /** A file of a message in the identity's own conversation; undefined for any other. */
  openFile(
    channel: ChannelInstance,
    identity: { kind: InboundMessage["from"]["kind"]; value: string },
    attachmentId: string,
  ): Promise<
    | { name: string; type: string; sizeBytes: number; inline: boolean; stream: NodeJS.ReadableStream }
    | undefined
  >;
  /** Topics of the channel's project by id, in their order. */
  topics(channel: ChannelInstance): Promise<{ id: string; name: string; parentId: string | null }[]>;
  /** A secret text bound to the channel: signs and checks visitor tokens. */
  sign(channel: ChannelInstance, text: string): string;
  checkSignature(channel: ChannelInstance, text: string, signature: string): boolean;
  /** A built file of the pages customers load, by its name; undefined where it has not been built. */
  asset(name: string): PageAsset | undefined;
  clock: { now(): Date };
  newId(): string;
};

/** A built file, kept in memory; `version` changes with its bytes. */
export type PageAsset = { bytes: Buffer; gzip: Buffer; type: string; version: string };

/** One call of a channel's own public route. */
export type ChannelCall = {
  channel: ChannelInstance;
  params: unknown;
  query: unknown;
  body: unknown;
  headers: Record<string, string | undefined>;
  address: string;
  requestId: string;
  /** On multipart routes: the uploaded file. */
  file(): Promise<UploadedFile | undefined>;
  /** On routes that take a page's form, in either of its two encodings. Fields after the file are not seen: put the file last. */
  form(): Promise<{ fields: Record<string, string>; file: UploadedFile | undefined }>;
  /** Ends when the caller goes away, or the server stops. */
  signal: AbortSignal;
};

/** A file on its way in: the stream must be read to its end. */
export type UploadedFile = { name: string; stream: NodeJS.ReadableStream };

/** What a public route answers: JSON by default, a page, a file, or a stream of server-sent events. */
export type ChannelAnswer =
  | { json: unknown; status?: number; headers?: Record<string, string> }
  | { html: string; status?: number; headers?: Record<string, string> }
  | { redirect: string }
  | { text: string; type: string; headers?: Record<string, string> }
  | { asset: PageAsset; headers?: Record<string, string> }
  /** A file that Okno itself has made. */
  | { bytes: Buffer; type: string; headers?: Record<string, string> }
  /** A stranger's file: handed over so that no browser runs it. */
  | {
      file: { name: string; type: string; sizeBytes: number; inline: boolean; stream: NodeJS.ReadableStream };
    }
  | { events: AsyncIterable<{ event: string; data: unknown; id?: string }> };

export type ChannelRoute = {
  route: Route;
  handle(call: ChannelCall, ports: ChannelPorts): Promise<ChannelAnswer>;
};

/** Binds a public route to its handler, with the types of the route's schemas. */
export function channelRoute<R extends Route>(
  route: R,
  handle: (
    call: Omit<ChannelCall, "params" | "query" | "body"> & {
      params: ParamsOf<R>;
      query: QueryOf<R>;
      body: BodyOf<R>;
    },
    ports: ChannelPorts,
  ) => Promise<ChannelAnswer>,
): ChannelRoute {
  return { route, handle: handle as ChannelRoute["handle"] };
}

/** The server half of a channel. */
export type ChannelServer = {
  manifest: ChannelManifest;
  /** Public routes of its own; each path carries `{key}`, the channel's public key. */
  routes?: readonly ChannelRoute[];
  /** A provider's payload → events; pure. */
  parse?(raw: RawDelivery, channel: ChannelInstance): Parsed;
  /** Is the delivery really the provider's? */
  verify?(raw: RawDelivery, channel: ChannelInstance): boolean;
  /** Sends one message; only where `capabilities.delivery` is `push`. */
  send?(
    message: Outbound,
    channel: ChannelInstance,
    io: { fetch: typeof fetch; clock: { now(): Date } },
  ): Promise<Sent>;
};

/** Declares the server half of a channel. */
export function defineChannel(channel: ChannelServer): ChannelServer {
  return channel;
}
