import { type Message, toPublicId } from "@okno/contract";
import { presentAttachment } from "../files/index.ts";
import { presentActor } from "../journal/index.ts";
import type { ListedMessage } from "./queries.ts";

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
    mentions: row.mentions ?? [],
    heldUntil: row.held_until?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}
