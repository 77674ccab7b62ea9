import { z } from "zod";
import { AttachmentId, ChannelId, MessageId, TicketId } from "../ids.ts";
import { Instant, page, pageQuery } from "../paging.ts";
import { defineRoute } from "../route.ts";
import { body } from "../text.ts";
import { Actor } from "./actors.ts";

export const maxBodyLength = 50_000;
export const maxAttachmentsPerMessage = 10;

export const Attachment = z
  .object({
    id: AttachmentId,
    name: z.string().meta({ personal: true }),
    type: z.string().describe("Media type read from the file's own bytes, not from its name"),
    sizeBytes: z.int(),
    inline: z.boolean().describe("An image that may be shown in place"),
    url: z.string(),
  })
  .meta({ id: "Attachment" });
export type Attachment = z.infer<typeof Attachment>;

export const MessageStatus = z
  .enum(["received", "queued", "sent", "delivered", "read", "failed"])
  .meta({ id: "MessageStatus" });
export type MessageStatus = z.infer<typeof MessageStatus>;

export const Message = z
  .object({
    id: MessageId,
    ticket: TicketId,
    seq: z.int(),
    visibility: z.enum(["public", "internal"]),
    direction: z.enum(["in", "out"]),
    author: Actor,
    body: z.string().meta({ personal: true }),
    channel: ChannelId.nullable(),
    status: MessageStatus,
    attachments: z.array(Attachment),
    createdAt: Instant,
  })
  .meta({ id: "Message" });
export type Message = z.infer<typeof Message>;

export const NewMessage = z
  .object({
    body: body(maxBodyLength).meta({ personal: true }),
    visibility: z.enum(["public", "internal"]).default("public"),
    from: z
      .enum(["us", "customer"])
      .default("us")
      .describe("`customer`: a key hands in what the customer wrote on the integrator's side"),
    attachments: z.array(AttachmentId).max(maxAttachmentsPerMessage).default([]),
    seenSeq: z
      .int()
      .min(0)
      .optional()
      .describe("The newest `seq` the author had seen; refused if a message or note is newer"),
  })
  .meta({ id: "NewMessage" });
export type NewMessage = z.infer<typeof NewMessage>;

const id = z.object({ id: TicketId });

export const messageRoutes = {
  list: defineRoute({
    name: "messages.list",
    method: "GET",
    path: "/v1/tickets/{id}/messages",
    summary: "Messages and notes of a ticket, newest first",
    access: { by: "principal", scope: "tickets:read", role: "operator" },
    rate: "read",
    params: id,
    query: z.object({ ...pageQuery }),
    success: { status: 200, schema: page(Message) },
    errors: ["not_found", "invalid_cursor"],
  }),
  get: defineRoute({
    name: "messages.get",
    method: "GET",
    path: "/v1/tickets/{id}/messages/{message}",
    summary: "One message of a ticket",
    access: { by: "principal", scope: "tickets:read", role: "operator" },
    rate: "read",
    params: z.object({ id: TicketId, message: MessageId }),
    success: { status: 200, schema: Message },
    errors: ["not_found"],
  }),
  add: defineRoute({
    name: "messages.add",
    method: "POST",
    path: "/v1/tickets/{id}/messages",
    summary: "Answer the customer, or leave an internal note",
    access: { by: "principal", scope: "tickets:write", role: "operator" },
    rate: "write",
    params: id,
    body: NewMessage,
    success: { status: 201, schema: Message },
    errors: [
      "not_found",
      "ticket_moved_on",
      "action_not_allowed",
      "unknown_reference",
      "conversation_already_open",
    ],
  }),
} as const;

export const attachmentRoutes = {
  upload: defineRoute({
    name: "attachments.upload",
    method: "POST",
    path: "/v1/attachments",
    summary: "Upload a file, to be named in a message within a day",
    access: { by: "principal", scope: "tickets:write", role: "operator" },
    rate: "upload",
    consumes: "multipart/form-data",
    success: { status: 201, schema: Attachment },
    errors: ["payload_too_large", "file_type_refused", "unsupported_media_type"],
  }),
  get: defineRoute({
    name: "attachments.get",
    method: "GET",
    path: "/v1/attachments/{id}",
    summary: "A file's bytes",
    access: { by: "principal", scope: "tickets:read", role: "operator" },
    rate: "read",
    params: z.object({ id: AttachmentId }),
    success: { status: 200, produces: "application/octet-stream" },
    errors: ["not_found"],
  }),
} as const;
