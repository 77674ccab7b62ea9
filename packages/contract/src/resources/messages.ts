import { z } from "zod";
import { AttachmentId, ChannelId, MemberId, MessageId, TeamId, TicketId } from "../ids.ts";
import { Instant, page, pageQuery } from "../paging.ts";
import { defineRoute } from "../route.ts";
import { body, line } from "../text.ts";
import { Actor } from "./actors.ts";

export const maxBodyLength = 50_000;
export const maxAttachmentsPerMessage = 10;
export const maxMentionsPerNote = 20;
/** The longest a reply may be held back. */
export const maxHoldSeconds = 60;

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

/** Somebody named in a note: the text says `@` and this name. */
export const Mention = z
  .object({
    kind: z.enum(["member", "team"]),
    id: z.union([MemberId, TeamId]),
    name: line(200).describe("As it stands in the text, whatever the name is now"),
  })
  .meta({ id: "Mention" });
export type Mention = z.infer<typeof Mention>;

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
    mentions: z.array(Mention).describe("People and teams a note names"),
    heldUntil: Instant.nullable().describe(
      "Being sent: until then its author can take it back, and the customer does not see it",
    ),
    createdAt: Instant,
  })
  .meta({ id: "Message" });
export type Message = z.infer<typeof Message>;

/** What follows a message in the same transaction; taking the message back takes it back too. */
export const ThenAct = z
  .union([
    z.object({ action: z.literal("complete"), outcome: line(100).optional() }),
    z.object({ action: z.literal("postpone"), until: Instant }),
    z.object({ action: z.literal("postpone"), untilReply: z.literal(true) }),
  ])
  .meta({ id: "ThenAct" });
export type ThenAct = z.infer<typeof ThenAct>;

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
    andThen: ThenAct.optional().describe("Send and complete, or send and postpone, as one"),
    mentions: z
      .array(z.union([MemberId, TeamId]))
      .max(maxMentionsPerNote)
      .default([])
      .overwrite((ids) => [...new Set(ids)])
      .describe("Whom a note names; the text carries `@` and the name"),
    holdSeconds: z
      .int()
      .min(0)
      .max(maxHoldSeconds)
      .optional()
      .describe("How long a reply can be taken back; a person's preference if absent, 0 for keys"),
  })
  .meta({ id: "NewMessage" });
export type NewMessage = z.infer<typeof NewMessage>;

/** More than a message may be: a draft is kept whole, and cut by its author. */
const draftText = z
  .string()
  .max(maxBodyLength * 3)
  .overwrite((text) => text.toWellFormed().replaceAll("\u0000", ""))
  .meta({ personal: true });

export const DraftInput = z
  .object({
    mode: z.enum(["reply", "note"]).default("reply"),
    reply: draftText.default(""),
    note: draftText.default(""),
    attachments: z
      .array(AttachmentId)
      .max(maxAttachmentsPerMessage * 2)
      .default([]),
    mentions: z.array(Mention).max(maxMentionsPerNote).default([]),
    version: z.int().min(0).describe("The version it was begun from; 0 where there was none"),
  })
  .meta({ id: "DraftInput" });
export type DraftInput = z.infer<typeof DraftInput>;

/** What a person has begun to write in a ticket: a reply and a note side by side. */
export const Draft = z
  .object({
    ticket: TicketId.describe("For a ticket that was merged away: the one that took it in"),
    mode: z.enum(["reply", "note"]),
    reply: z.string().meta({ personal: true }),
    note: z.string().meta({ personal: true }),
    attachments: z.array(Attachment),
    mentions: z.array(Mention),
    version: z.int().describe("0: there is none"),
    updatedAt: Instant.nullable(),
  })
  .meta({ id: "Draft" });
export type Draft = z.infer<typeof Draft>;

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
      "ticket_merged",
      "ticket_moved_on",
      "action_not_allowed",
      "already_claimed",
      "limit_reached",
      "unknown_reference",
      "conversation_already_open",
    ],
  }),
  withdraw: defineRoute({
    name: "messages.withdraw",
    method: "DELETE",
    path: "/v1/tickets/{id}/messages/{message}",
    summary: "Take back one's own reply while it is held: its text and files become the draft again",
    access: { by: "principal", scope: "tickets:write", role: "operator" },
    rate: "write",
    params: z.object({ id: TicketId, message: MessageId }),
    success: {
      status: 200,
      schema: z.object({ draft: Draft.nullable().describe("null for a key, which has no drafts") }),
    },
    errors: ["not_found", "forbidden", "already_sent", "conversation_already_open"],
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
