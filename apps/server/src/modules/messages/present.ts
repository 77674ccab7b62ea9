import { type Attachment, type Message, toPublicId } from "@okno/contract";
import { presentActor } from "../journal/index.ts";
import type { AttachmentRow, ListedMessage } from "./queries.ts";

/** Types a browser shows in place without running anything. SVG is not among them: it may carry script. */
const inlineTypes = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);

export function isInline(mediaType: string): boolean {
  return inlineTypes.has(mediaType);
}

export function presentAttachment(row: AttachmentRow): Attachment {
  const id = toPublicId("attachment", row.id);
  return {
    id,
    name: row.name,
    type: row.media_type,
    sizeBytes: row.size_bytes,
    inline: isInline(row.media_type),
    url: `/v1/attachments/${id}`,
  };
}

export function presentMessage(row: ListedMessage): Message {
  return {
    id: toPublicId("message", row.id),
    ticket: toPublicId("ticket", row.ticket_id),
    seq: row.seq,
    visibility: row.direction === "note" ? "internal" : "public",
    direction: row.direction === "in" ? "in" : "out",
    author: presentActor({
      actor_kind: row.author_kind,
      actor_id: row.author_id,
      actor_name: row.author_name,
    }),
    body: row.body,
    channel: row.channel_id && toPublicId("channel", row.channel_id),
    status: row.status,
    attachments: row.attachments.map(presentAttachment),
    createdAt: row.created_at.toISOString(),
  };
}
