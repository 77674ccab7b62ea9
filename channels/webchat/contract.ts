import { body, defineRoute, Instant, idSchema, line } from "@okno/contract";
import { z } from "zod";
import { webchatChannel } from "./manifest.ts";

const { maxLength } = webchatChannel.capabilities;
export const maxAttachments = 5;

const key = z.object({ key: z.string().min(1).max(100) });
const anyone = { access: { by: "anyone" }, rate: "public", params: key } as const;

/** A message as its visitor sees it. */
export const ChatMessage = z.object({
  id: z.string(),
  externalId: z.string().nullable().describe("The sender's own id, on the visitor's messages"),
  direction: z.enum(["in", "out"]).describe("`in`: the visitor's own; `out`: ours"),
  author: z.string().nullable().describe("The operator's first name"),
  body: z.string(),
  status: z.string(),
  attachments: z.array(
    z.object({ id: z.string(), name: z.string(), type: z.string(), sizeBytes: z.int(), inline: z.boolean() }),
  ),
  at: Instant,
});
export type ChatMessage = z.infer<typeof ChatMessage>;

export const ChatRating = z.object({
  score: z.int(),
  words: z.string().nullable(),
  changeableUntil: Instant,
});

/** The matter is done: what may be asked about it, and what was answered. */
export const Completion = z.object({ name: z.string(), rating: ChatRating.nullable() });

/** Whether somebody is there, and how soon an answer comes. */
export const Desk = z.object({
  open: z.boolean(),
  opensAt: Instant.nullable(),
  changesAt: Instant.nullable().describe("When to ask again"),
  replyMinutes: z.int().nullable().describe("Half of the latest matters were answered within"),
  text: z.string().nullable().describe("The administrator's own words instead"),
});
export type Desk = z.infer<typeof Desk>;

export const identityFaults = [
  "no_secret",
  "malformed",
  "signature",
  "expired",
  "not_yet",
  "too_long_valid",
  "subject",
] as const;
/** Why a site's word about its user was not taken. */
export type IdentityFault = (typeof identityFaults)[number];

const History = z.object({
  messages: z.array(ChatMessage).describe("Oldest first"),
  more: z.boolean().describe("There are older ones"),
});

export const webchatRoutes = {
  session: defineRoute({
    name: "webchat.session",
    method: "POST",
    path: "/chat/{key}/session",
    summary:
      "Begin as a new visitor, come back with the token kept since, or become the user whom the site's signed identity names",
    ...anyone,
    body: z.object({
      token: z.string().max(4000).optional(),
      identity: z.string().max(4000).optional().describe("A JWT by which the site says who its user is"),
    }),
    success: {
      status: 200,
      schema: History.extend({
        token: z.string(),
        closed: z.boolean(),
        completion: Completion.nullable(),
        identity: z
          .union([
            z.object({ accepted: z.literal(true) }),
            z.object({ accepted: z.literal(false), why: z.enum(identityFaults) }),
          ])
          .nullable()
          .describe("What became of the identity; refused, the visitor goes on without a name"),
      }),
    },
    errors: ["not_found", "unauthenticated"],
  }),
  messages: defineRoute({
    name: "webchat.messages",
    method: "GET",
    path: "/chat/{key}/messages",
    summary: "The visitor's conversation",
    ...anyone,
    query: z.object({
      before: idSchema("message").optional().describe("Only what is older than this message"),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    success: { status: 200, schema: History },
    errors: ["not_found", "unauthenticated", "invalid_cursor"],
  }),
  send: defineRoute({
    name: "webchat.send",
    method: "POST",
    path: "/chat/{key}/messages",
    summary: "Send a message; sending it again with the same `externalId` changes nothing",
    ...anyone,
    body: z
      .object({
        externalId: z.uuid(),
        body: z.union([z.literal(""), body(maxLength)]).default(""),
        attachments: z.array(z.string().max(1500)).max(maxAttachments).default([]),
        name: line(100).optional(),
        email: z.email().max(254).toLowerCase().optional(),
        phone: line(40).optional(),
        locale: z.enum(["ru", "en"]).optional(),
      })
      .refine((message) => message.body !== "" || message.attachments.length > 0, {
        path: ["body"],
        error: "a message needs words or a file",
      }),
    success: {
      status: 201,
      schema: z.object({ id: z.string(), externalId: z.string(), at: Instant, duplicate: z.boolean() }),
    },
    errors: ["not_found", "unauthenticated"],
  }),
  upload: defineRoute({
    name: "webchat.upload",
    method: "POST",
    path: "/chat/{key}/files",
    summary: "Upload one file; the handle in the answer names it in a message of the same visitor",
    ...anyone,
    rate: "upload",
    consumes: "multipart/form-data",
    success: {
      status: 201,
      schema: z.object({
        handle: z.string(),
        name: z.string(),
        type: z.string(),
        sizeBytes: z.int(),
        inline: z.boolean(),
      }),
    },
    errors: [
      "not_found",
      "unauthenticated",
      "payload_too_large",
      "file_type_refused",
      "unsupported_media_type",
    ],
  }),
  file: defineRoute({
    name: "webchat.file",
    method: "GET",
    path: "/chat/{key}/files/{id}",
    summary: "A file of the visitor's own conversation",
    ...anyone,
    params: key.extend({ id: idSchema("attachment") }),
    success: { status: 200, produces: "application/octet-stream" },
    errors: ["not_found", "unauthenticated"],
  }),
  seen: defineRoute({
    name: "webchat.seen",
    method: "POST",
    path: "/chat/{key}/seen",
    summary: "The visitor has got, or has read, everything up to this message",
    ...anyone,
    body: z.object({ upTo: idSchema("message"), status: z.enum(["delivered", "read"]) }),
    success: { status: 200, schema: z.object({}) },
    errors: ["not_found", "unauthenticated"],
  }),
  typing: defineRoute({
    name: "webchat.typing",
    method: "POST",
    path: "/chat/{key}/typing",
    summary: "The visitor is writing, to be repeated every few seconds, or has stopped; never what",
    ...anyone,
    body: z.object({ typing: z.boolean() }),
    success: { status: 200, schema: z.object({}) },
    errors: ["not_found", "unauthenticated"],
  }),
  rate: defineRoute({
    name: "webchat.rate",
    method: "POST",
    path: "/chat/{key}/rating",
    summary: "What the visitor thinks of how it went: one answer a completion, to be changed for a day",
    ...anyone,
    body: z.object({
      completion: z.iso.datetime(),
      score: z.int().min(1).max(5),
      words: z.union([z.literal(""), body(2000)]).optional(),
    }),
    success: { status: 200, schema: ChatRating },
    errors: ["not_found", "unauthenticated", "action_not_allowed"],
  }),
  transcript: defineRoute({
    name: "webchat.transcript",
    method: "GET",
    path: "/chat/{key}/transcript",
    summary: "The visitor's conversation as a file",
    ...anyone,
    query: z.object({
      format: z.enum(["text", "html"]).default("text"),
      lang: z.enum(["ru", "en"]).optional(),
    }),
    success: { status: 200, produces: "text/plain" },
    errors: ["not_found", "unauthenticated"],
  }),
  desk: defineRoute({
    name: "webchat.desk",
    method: "GET",
    path: "/chat/{key}/desk",
    summary: "Whether somebody is there, and how soon an answer comes",
    ...anyone,
    success: { status: 200, schema: Desk },
    errors: ["not_found"],
  }),
  stream: defineRoute({
    name: "webchat.stream",
    method: "GET",
    path: "/chat/{key}/stream",
    summary:
      "`state` at first, then `changed` with new messages and statuses, `typing` with who writes an answer; `heartbeat` each 15 seconds",
    ...anyone,
    rate: "stream",
    success: { status: 200, produces: "text/event-stream" },
    errors: ["not_found", "unauthenticated"],
  }),
  config: defineRoute({
    name: "webchat.config",
    method: "GET",
    path: "/chat/{key}/config",
    summary: "What the chat is called, and its colours",
    ...anyone,
    success: {
      status: 200,
      schema: z.object({
        key: z.string(),
        title: z.string(),
        greeting: z.string().nullable(),
        locale: z.enum(["ru", "en"]),
        accent: z.object({ light: z.string(), onLight: z.string(), dark: z.string(), onDark: z.string() }),
        maxLength: z.int(),
        maxAttachments: z.int(),
        rating: z.enum(["five", "two", "off"]),
        desk: Desk,
      }),
    },
    errors: ["not_found"],
  }),
  loader: defineRoute({
    name: "webchat.loader",
    method: "GET",
    path: "/chat/{key}/loader.js",
    summary: "The script a site pastes",
    ...anyone,
    success: { status: 200, produces: "text/javascript" },
    errors: ["not_found"],
  }),
  frame: defineRoute({
    name: "webchat.frame",
    method: "GET",
    path: "/chat/{key}/frame",
    summary: "The page inside the chat's frame",
    ...anyone,
    query: z.object({ lang: z.enum(["ru", "en"]).optional() }),
    success: { status: 200, produces: "text/html" },
    errors: ["not_found"],
  }),
  asset: defineRoute({
    name: "webchat.asset",
    method: "GET",
    path: "/chat/{key}/assets/{file}",
    summary: "A script or style of the frame",
    ...anyone,
    params: key.extend({ file: z.enum(["frame.js", "frame.css"]) }),
    query: z.object({ v: z.string().max(40).optional() }),
    success: { status: 200, produces: "text/javascript" },
    errors: ["not_found"],
  }),
} as const;
