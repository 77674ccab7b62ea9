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

const History = z.object({
  messages: z.array(ChatMessage).describe("Oldest first"),
  more: z.boolean().describe("There are older ones"),
});

export const webchatRoutes = {
  session: defineRoute({
    name: "webchat.session",
    method: "POST",
    path: "/chat/{key}/session",
    summary: "Begin as a new visitor, or come back with the token kept since",
    ...anyone,
    body: z.object({ token: z.string().max(300).optional() }),
    success: { status: 200, schema: History.extend({ token: z.string(), closed: z.boolean() }) },
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
  stream: defineRoute({
    name: "webchat.stream",
    method: "GET",
    path: "/chat/{key}/stream",
    summary: "`state` at first, then `changed` with new messages and statuses; `heartbeat` each 15 seconds",
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
