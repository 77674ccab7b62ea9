import type { Mention } from "@okno/contract";
import { type Queryable, statement } from "../../platform/database.ts";

/** A message as stored. */
export type MessageRow = {
  id: string;
  workspace_id: string;
  ticket_id: string;
  seq: number;
  direction: "in" | "out" | "note";
  author_kind: "contact" | "member" | "key" | "system";
  author_id: string | null;
  body: string;
  channel_id: string | null;
  external_id: string | null;
  status: "received" | "queued" | "sent" | "delivered" | "read" | "failed";
  created_at: Date;
  /** Until then the customer does not see it, and its author can take it back. */
  held_until?: Date | null;
  /** While it is held: how the ticket stood before and after, for taking it back. */
  undo?: unknown;
  /** The identity whose conversation it was written in. */
  recipient_id?: string | null;
  mentions?: readonly Mention[] | null;
  /** The ticket whose conversation it belongs to, where that is another one. */
  origin_id?: string | null;
};

const columns = `workspace_id, ticket_id, id, seq, direction, author_kind, author_id, body, channel_id, external_id, status, created_at,
     held_until, undo, recipient_id, mentions, origin_id`;

/** Inserts a message, as a part of a statement whose `$1` and `$2` are workspace and ticket: the rest is counted from `first` on. */
export function insertingMessage(first: number): string {
  const places = Array.from({ length: 15 }, (_, index) => `$${first + index}`);
  return `insert into messages (${columns}) values ($1, $2, ${places.join(", ")})`;
}

/** What `insertingMessage` takes, after workspace and ticket. */
export function messageValues(row: MessageRow): unknown[] {
  return [
    row.id,
    row.seq,
    row.direction,
    row.author_kind,
    row.author_id,
    row.body,
    row.channel_id,
    row.external_id,
    row.status,
    row.created_at,
    row.held_until ?? null,
    row.undo === undefined ? null : JSON.stringify(row.undo),
    row.recipient_id ?? null,
    row.mentions && row.mentions.length > 0 ? JSON.stringify(row.mentions) : null,
    row.origin_id ?? null,
  ];
}

const insert = statement("messages.insert", insertingMessage(3));

/** Inserts a message whose `seq` the caller has taken under the ticket's row lock. */
export async function insertMessage(tx: Queryable, row: MessageRow): Promise<void> {
  await tx.query(insert, [row.workspace_id, row.ticket_id, ...messageValues(row)]);
}

const bind = statement(
  "messages.bind_attachments",
  `update attachments set message_id = $4, ticket_id = $5, project_id = $6
   where workspace_id = $1 and id = any($2::uuid[]) and uploaded_by = $3 and message_id is null returning id`,
);

export type BindTarget = { messageId: string; ticketId: string; projectId: string };

/** Gives uploaded files to a message. @returns how many were the uploader's own and still free. */
export async function bindAttachments(
  tx: Queryable & { workspaceId: string },
  ids: readonly string[],
  uploaderId: string,
  { messageId, ticketId, projectId }: BindTarget,
): Promise<number> {
  if (ids.length === 0) return 0;
  const bound = await tx.query(bind, [tx.workspaceId, ids, uploaderId, messageId, ticketId, projectId]);
  return bound.length;
}
