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
};

const insert = statement(
  "messages.insert",
  `insert into messages (workspace_id, id, ticket_id, seq, direction, author_kind, author_id, body, channel_id, external_id, status, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
);

/** Inserts a message whose `seq` the caller has taken under the ticket's row lock. */
export async function insertMessage(tx: Queryable, row: MessageRow): Promise<void> {
  await tx.query(insert, [
    row.workspace_id,
    row.id,
    row.ticket_id,
    row.seq,
    row.direction,
    row.author_kind,
    row.author_id,
    row.body,
    row.channel_id,
    row.external_id,
    row.status,
    row.created_at,
  ]);
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
