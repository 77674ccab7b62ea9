import { fromPublicId, toPublicId } from "@okno/contract";
import { type Conversation, type ConversationMessage, refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Database, type Queryable, statement } from "../../platform/database.ts";
import { isInline } from "../files/index.ts";
import { lockAnyTicket, writeChange } from "../tickets/index.ts";
import { findRating, presentRating } from "./rating-row.ts";

/** Whose conversation: found by the unique key of identities. */
export type IdentityRef = {
  workspaceId: string;
  projectId: string;
  kind: string;
  scope: string;
  value: string;
};

// The identity itself, and visitors who have turned out to be the same user.
const findIdentities = statement(
  "channels.find_identities",
  `with own as (
     select id from identities where workspace_id = $1 and project_id = $2 and kind = $3 and scope = $4 and value = $5
     order by verified desc limit 1
   )
   select id from own union all select j.id from own join identities j on j.workspace_id = $1 and j.joined_to = own.id`,
);

/**
 * What of a ticket's messages (`m`) its customer may see: the one place where that is said. No notes, no answer that can still be taken
 * back, none that was written to somebody else.
 */
const shownTo = (identities: string) =>
  `m.direction <> 'note' and m.held_until is null and (m.recipient_id is null or m.recipient_id = any(${identities}::uuid[]))`;

/**
 * A message (`m`) belongs to the conversation it came by or was sent to, whatever ticket it lies in since: two tickets of one person may
 * have been merged, or one split. `t` is the conversation's own ticket.
 */
const ofConversation = "t.workspace_id = m.workspace_id and t.id = coalesce(m.origin_id, m.ticket_id)";
const saidTo = (identities: string) =>
  `exists (select from tickets t where ${ofConversation} and t.identity_id = any(${identities}::uuid[]))`;

// Everything said to or by these identities, over all their tickets, without internal notes. Message ids are in order of time.
const list = statement(
  "channels.list_conversation",
  `select m.id, m.ticket_id, m.seq, m.direction, mem.name as author_name, m.body, m.status, m.external_id, m.created_at,
     (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'media_type', f.media_type, 'size_bytes', f.size_bytes)
        order by a.id), '[]')
      from attachments a join files f on f.workspace_id = a.workspace_id and f.sha256 = a.sha256
      where a.workspace_id = m.workspace_id and a.message_id = m.id) as attachments
   from tickets t cross join lateral (
     select own.* from messages own where own.workspace_id = t.workspace_id and own.ticket_id = t.id and own.origin_id is null
     union all
     select gone.* from messages gone where gone.workspace_id = t.workspace_id and gone.origin_id = t.id
   ) m
   left join members mem on m.author_kind = 'member' and mem.workspace_id = m.workspace_id and mem.id = m.author_id
   where t.workspace_id = $1 and t.identity_id = any($2::uuid[]) and ${shownTo("$2")} and ($3::uuid is null or m.id < $3)
   order by m.id desc limit $4`,
);
const findLatest = statement(
  "channels.find_latest_state",
  // While a last answer can still be taken back, nothing of what came with it has happened for the customer.
  // A conversation goes on where its latest ticket was merged into.
  `with recursive chain as (
     (select t.id, t.merged_into from tickets t where t.workspace_id = $1 and t.identity_id = any($2::uuid[]) order by t.id desc limit 1)
     union all select n.id, n.merged_into from chain join tickets n on n.workspace_id = $1 and n.id = chain.merged_into
   )
   select t.id, t.completed_at,
     case when t.phase = 'done' and exists (select from messages h where h.workspace_id = $1 and h.ticket_id = t.id and h.held_until is not null)
       then 'open' else t.phase end as phase,
     exists (select from messages m where m.workspace_id = $1 and m.ticket_id = t.id and m.direction = 'out' and ${shownTo("$2")}
       and ${saidTo("$2")}) as answered
   from chain join tickets t on t.workspace_id = $1 and t.id = chain.id where chain.merged_into is null`,
);
const findMessageTicket = statement(
  "channels.find_message_ticket",
  `select m.ticket_id, m.seq from messages m join tickets t on ${ofConversation}
   where m.workspace_id = $1 and m.id = $2 and t.identity_id = any($3::uuid[])`,
);
const mark = statement(
  "channels.mark_seen",
  `update messages m set status = $4 where m.workspace_id = $1 and m.ticket_id = $2 and m.seq <= $3 and m.direction = 'out' and m.held_until is null
     and ${saidTo("$5")} and m.status = any(case when $4 = 'read' then array['queued', 'sent', 'delivered'] else array['queued', 'sent'] end) returning id`,
);
const findFile = statement(
  "channels.find_file",
  `select a.name, encode(a.sha256, 'hex') as sha256, f.media_type, f.size_bytes from attachments a
   join files f on f.workspace_id = a.workspace_id and f.sha256 = a.sha256
   join messages m on m.workspace_id = a.workspace_id and m.id = a.message_id
   join tickets t on ${ofConversation}
   where a.workspace_id = $1 and a.id = $2 and t.identity_id = any($3::uuid[]) and ${shownTo("$3")}`,
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

/** The identity and those joined to it, itself first; none for somebody who has said nothing yet. */
export async function identityIdsOf(
  db: Queryable,
  { workspaceId, projectId, kind, scope, value }: IdentityRef,
): Promise<string[]> {
  const rows = await db.query<{ id: string }>(findIdentities, [workspaceId, projectId, kind, scope, value]);
  return rows.map(({ id }) => id);
}

export type LatestTicket = { id: string; phase: string; completed_at: Date | null; answered: boolean };

export async function findLatestTicket(
  db: Queryable,
  workspaceId: string,
  identityIds: readonly string[],
): Promise<LatestTicket | undefined> {
  const [row] = await db.query<LatestTicket>(findLatest, [workspaceId, identityIds]);
  return row;
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

async function completionOf(
  db: Queryable,
  workspaceId: string,
  latest: LatestTicket | undefined,
): Promise<Conversation["completion"]> {
  if (latest?.phase !== "done" || !latest.completed_at || !latest.answered) return null;
  const rating = await findRating(db, workspaceId, latest.id, latest.completed_at);
  return { name: latest.completed_at.toISOString(), rating: rating ? presentRating(rating) : null };
}

/** The newest messages of identities, oldest first. @throws invalid_cursor for a `beforeId` that is no message id. */
export async function listConversation(
  db: Queryable,
  workspaceId: string,
  identityIds: readonly string[],
  { beforeId, limit = 50 }: { beforeId?: string; limit?: number } = {},
): Promise<Conversation> {
  const before = beforeId === undefined ? null : fromPublicId("message", beforeId);
  if (before === undefined) throw refuse("invalid_cursor");
  const [rows, latest] = await Promise.all([
    db.query<Row>(list, [workspaceId, identityIds, before, limit + 1]),
    findLatestTicket(db, workspaceId, identityIds),
  ]);
  return {
    messages: rows.slice(0, limit).map(present).reverse(),
    more: rows.length > limit,
    ticketId: latest ? toPublicId("ticket", latest.id) : null,
    closed: latest?.phase === "done",
    completion: await completionOf(db, workspaceId, latest),
  };
}

/** Marks our messages as delivered or read, up to one of them; a message of another conversation marks nothing. */
export async function markSeen(
  deps: { db: Database; clock: Clock; poke(): void },
  workspaceId: string,
  identityIds: readonly string[],
  upTo: { messageId: string; status: "delivered" | "read" },
): Promise<void> {
  const messageId = fromPublicId("message", upTo.messageId);
  if (!messageId) return;
  await deps.db.transaction(workspaceId, async (tx) => {
    const [message] = await tx.query<{ ticket_id: string; seq: number }>(findMessageTicket, [
      workspaceId,
      messageId,
      identityIds,
    ]);
    const ticket = message && (await lockAnyTicket(tx, workspaceId, message.ticket_id));
    if (!message || !ticket) return;
    const marked = await tx.query(mark, [workspaceId, ticket.id, message.seq, upTo.status, identityIds]);
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
  identityIds: readonly string[],
  attachmentId: string,
): Promise<ConversationFile | undefined> {
  const [row] = await db.query<ConversationFile>(findFile, [
    workspaceId,
    fromPublicId("attachment", attachmentId) ?? null,
    identityIds,
  ]);
  return row;
}
