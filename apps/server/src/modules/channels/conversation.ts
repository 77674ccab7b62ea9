import { fromPublicId, toPublicId } from "@okno/contract";
import { type ConversationMessage, refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Database, type Queryable, statement } from "../../platform/database.ts";
import { isInline } from "../messages/index.ts";
import { lockAnyTicket, writeChange } from "../tickets/index.ts";

/** Whose conversation: found by the unique key of identities. */
export type IdentityRef = {
  workspaceId: string;
  projectId: string;
  kind: string;
  scope: string;
  value: string;
};

const findIdentity = statement(
  "channels.find_identity",
  `select id from identities where workspace_id = $1 and project_id = $2 and kind = $3 and scope = $4 and value = $5
   order by verified desc limit 1`,
);

// Everything said to or by this identity, over all its tickets, without internal notes. Message ids are in order of time.
const list = statement(
  "channels.list_conversation",
  `select m.id, m.ticket_id, m.seq, m.direction, mem.name as author_name, m.body, m.status, m.external_id, m.created_at,
     (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'media_type', f.media_type, 'size_bytes', f.size_bytes)
        order by a.id), '[]')
      from attachments a join files f on f.workspace_id = a.workspace_id and f.sha256 = a.sha256
      where a.workspace_id = m.workspace_id and a.message_id = m.id) as attachments
   from tickets t join messages m on m.workspace_id = t.workspace_id and m.ticket_id = t.id
   left join members mem on m.author_kind = 'member' and mem.workspace_id = m.workspace_id and mem.id = m.author_id
   where t.workspace_id = $1 and t.identity_id = $2 and m.direction <> 'note' and ($3::uuid is null or m.id < $3)
   order by m.id desc limit $4`,
);
const findLatest = statement(
  "channels.find_latest_state",
  "select id, phase from tickets where workspace_id = $1 and identity_id = $2 order by id desc limit 1",
);
const findMessageTicket = statement(
  "channels.find_message_ticket",
  `select m.ticket_id, m.seq from messages m join tickets t on t.workspace_id = m.workspace_id and t.id = m.ticket_id
   where m.workspace_id = $1 and m.id = $2 and t.identity_id = $3`,
);
const mark = statement(
  "channels.mark_seen",
  `update messages set status = $4 where workspace_id = $1 and ticket_id = $2 and seq <= $3 and direction = 'out'
     and status = any(case when $4 = 'read' then array['queued', 'sent', 'delivered'] else array['queued', 'sent'] end) returning id`,
);
const findFile = statement(
  "channels.find_file",
  `select a.name, encode(a.sha256, 'hex') as sha256, f.media_type, f.size_bytes from attachments a
   join files f on f.workspace_id = a.workspace_id and f.sha256 = a.sha256
   join messages m on m.workspace_id = a.workspace_id and m.id = a.message_id
   join tickets t on t.workspace_id = m.workspace_id and t.id = m.ticket_id
   where a.workspace_id = $1 and a.id = $2 and t.identity_id = $3 and m.direction <> 'note'`,
);

type Row = {
  id: string;
  ticket_id: string;
  seq: number;
  direction: "in" | "out";
  author_name: string | null;
  body: string;
  status: string;
  external_id: string | null;
  created_at: Date;
  attachments: { id: string; name: string; media_type: string; size_bytes: number }[];
};

export async function identityIdOf(
  db: Queryable,
  { workspaceId, projectId, kind, scope, value }: IdentityRef,
): Promise<string | undefined> {
  const [row] = await db.query<{ id: string }>(findIdentity, [workspaceId, projectId, kind, scope, value]);
  return row?.id;
}

function present(row: Row): ConversationMessage {
  return {
    id: toPublicId("message", row.id),
    seq: row.seq,
    direction: row.direction,
    authorName: row.author_name,
    body: row.body,
    status: row.status,
    externalId: row.external_id,
    attachments: row.attachments.map(({ id, name, media_type, size_bytes }) => ({
      id: toPublicId("attachment", id),
      name,
      type: media_type,
      sizeBytes: size_bytes,
      inline: isInline(media_type),
    })),
    at: row.created_at.toISOString(),
  };
}

/** The newest messages of an identity, oldest first. @throws invalid_cursor for a `beforeId` that is no message id. */
export async function listConversation(
  db: Queryable,
  workspaceId: string,
  identityId: string,
  { beforeId, limit = 50 }: { beforeId?: string; limit?: number } = {},
) {
  const before = beforeId === undefined ? null : fromPublicId("message", beforeId);
  if (before === undefined) throw refuse("invalid_cursor");
  const [rows, [latest]] = await Promise.all([
    db.query<Row>(list, [workspaceId, identityId, before, limit + 1]),
    db.query<{ id: string; phase: string }>(findLatest, [workspaceId, identityId]),
  ]);
  return {
    messages: rows.slice(0, limit).map(present).reverse(),
    more: rows.length > limit,
    ticketId: latest?.id ?? null,
    closed: latest?.phase === "done",
  };
}

/** Marks our messages as delivered or read, up to one of them; a message of another conversation marks nothing. */
export async function markSeen(
  deps: { db: Database; clock: Clock; poke(): void },
  workspaceId: string,
  identityId: string,
  upTo: { messageId: string; status: "delivered" | "read" },
): Promise<void> {
  const messageId = fromPublicId("message", upTo.messageId);
  if (!messageId) return;
  await deps.db.transaction(workspaceId, async (tx) => {
    const [message] = await tx.query<{ ticket_id: string; seq: number }>(findMessageTicket, [
      workspaceId,
      messageId,
      identityId,
    ]);
    const ticket = message && (await lockAnyTicket(tx, workspaceId, message.ticket_id));
    if (!message || !ticket) return;
    const marked = await tx.query(mark, [workspaceId, ticket.id, message.seq, upTo.status]);
    if (marked.length === 0) return;
    const data = { upTo: message.seq, status: upTo.status };
    const actor = { kind: "contact", id: ticket.contact_id } as const;
    await writeChange(
      tx,
      ticket,
      ticket,
      [{ type: "message.status_changed", actor, data }],
      deps.clock.now(),
    );
    tx.afterCommit(deps.poke);
  });
}

export type ConversationFile = { name: string; sha256: string; media_type: string; size_bytes: number };

export async function findConversationFile(
  db: Queryable,
  workspaceId: string,
  identityId: string,
  attachmentId: string,
): Promise<ConversationFile | undefined> {
  const [row] = await db.query<ConversationFile>(findFile, [
    workspaceId,
    fromPublicId("attachment", attachmentId) ?? null,
    identityId,
  ]);
  return row;
}
