import type { Mention } from "@okno/contract";
import { type Queryable, statement, type Transaction } from "../../platform/database.ts";
import type { AttachmentRow } from "../files/index.ts";

export type DraftRow = {
  ticket_id: string;
  mode: "reply" | "note";
  reply: string;
  note: string;
  attachments: string[];
  mentions: Mention[];
  version: number;
  updated_at: Date;
};

const columns = "d.ticket_id, d.mode, d.reply, d.note, d.attachments, d.mentions, d.version, d.updated_at";

// A ticket and everything that was ever merged into it: a draft begun in one of them belongs to the survivor.
const family = `with recursive family as (
    select id from tickets where workspace_id = $1 and id = $3
    union all
    select t.id from tickets t join family f on t.workspace_id = $1 and t.merged_into = f.id
  )`;
const inFamily = `select ${columns} from family f
  join drafts d on d.workspace_id = $1 and d.member_id = $2 and d.ticket_id = f.id order by d.updated_at desc, d.ticket_id`;

const list = statement("drafts.list_of_ticket", `${family} ${inFamily}`);
const lock = statement("drafts.lock_of_ticket", `${family} ${inFamily} for update of d`);

/** Newest first, with the ticket each was begun in. */
export const listBegun = statement(
  "drafts.list",
  `select ${columns}, t.number, t.subject, t.merged_into from drafts d
   join tickets t on t.workspace_id = d.workspace_id and t.id = d.ticket_id and t.project_id = any($3::uuid[])
   where d.workspace_id = $1 and d.member_id = $2
     and ($4::timestamptz is null or (d.updated_at, d.ticket_id) < ($4::timestamptz, $5::uuid))
   order by d.updated_at desc, d.ticket_id desc limit $6`,
);

// The version is asked for again: of two first drafts begun at once, one is told of the other.
const put = statement(
  "drafts.put",
  `insert into drafts as d (workspace_id, member_id, ticket_id, mode, reply, note, attachments, mentions, version, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
   on conflict (workspace_id, member_id, ticket_id) do update set mode = excluded.mode, reply = excluded.reply, note = excluded.note,
     attachments = excluded.attachments, mentions = excluded.mentions, version = excluded.version, updated_at = excluded.updated_at
   where d.version = $11 returning ${columns}`,
);
const remove = statement(
  "drafts.remove",
  "delete from drafts where workspace_id = $1 and member_id = $2 and ticket_id = any($3::uuid[])",
);
const count = statement(
  "drafts.count",
  "select count(*)::int as begun from (select 1 from drafts where workspace_id = $1 and member_id = $2 limit $3) counted",
);
// Only what is the author's own and not sent yet; in the order given.
const freeFiles = statement(
  "drafts.free_files",
  `select a.id, a.name, f.media_type, f.size_bytes from unnest($3::uuid[]) with ordinality as named (id, place)
   join attachments a on a.workspace_id = $1 and a.id = named.id and a.uploaded_by = $2 and a.message_id is null
   join files f on f.workspace_id = a.workspace_id and f.sha256 = a.sha256 order by named.place`,
);

// What was sent is no longer a draft: cleared in the transaction that sends it, if it is still the same text.
const sentPart = "btrim(case when $4 = 'note' then note else reply end, E' \\n\\t')";
const dropSent = statement(
  "drafts.drop_sent",
  `delete from drafts where workspace_id = $1 and member_id = $2 and ticket_id = $3 and ${sentPart} = btrim($5, E' \\n\\t')
     and btrim(case when $4 = 'note' then reply else note end, E' \\n\\t') = '' and attachments <@ $6::uuid[]`,
);
const clearSent = statement(
  "drafts.clear_sent",
  `update drafts set reply = case when $4 = 'note' then reply else '' end, note = case when $4 = 'note' then '' else note end,
     mentions = case when $4 = 'note' then '[]' else mentions end,
     attachments = array(select kept from unnest(attachments) with ordinality as each (kept, place) where kept <> all($6::uuid[]) order by place),
     version = greatest(version + 1, $7)
   where workspace_id = $1 and member_id = $2 and ticket_id = $3 and ${sentPart} = btrim($5, E' \\n\\t')`,
);
// Before whatever has been begun since.
const giveBack = statement(
  "drafts.give_back",
  `insert into drafts as d (workspace_id, member_id, ticket_id, mode, reply, note, attachments, mentions, version, updated_at)
   values ($1, $2, $3, 'reply', $4, '', $5, '[]', $6, $7)
   on conflict (workspace_id, member_id, ticket_id) do update set mode = 'reply',
     reply = case when btrim(d.reply, E' \\n\\t') = '' then excluded.reply else excluded.reply || E'\\n\\n' || d.reply end,
     attachments = excluded.attachments || d.attachments, version = greatest(d.version + 1, excluded.version), updated_at = excluded.updated_at`,
);

export type Author = { workspaceId: string; id: string };

/** The author's drafts in a ticket and in those merged into it, newest first. */
export function listDrafts(db: Queryable, author: Author, ticketId: string): Promise<DraftRow[]> {
  return db.query<DraftRow>(list, [author.workspaceId, author.id, ticketId]);
}

export function lockDrafts(tx: Transaction, author: Author, ticketId: string): Promise<DraftRow[]> {
  return tx.query<DraftRow>(lock, [author.workspaceId, author.id, ticketId]);
}

/** @returns undefined when another one was put meanwhile. */
export async function putDraft(
  tx: Transaction,
  author: Author,
  row: DraftRow,
  overVersion: number,
): Promise<DraftRow | undefined> {
  const [stored] = await tx.query<DraftRow>(put, [
    author.workspaceId,
    author.id,
    row.ticket_id,
    row.mode,
    row.reply,
    row.note,
    row.attachments,
    JSON.stringify(row.mentions),
    row.version,
    row.updated_at,
    overVersion,
  ]);
  return stored;
}

export async function deleteDrafts(tx: Transaction, author: Author, ticketIds: readonly string[]) {
  if (ticketIds.length > 0) await tx.query(remove, [author.workspaceId, author.id, ticketIds]);
}

/** How many drafts the author has, counted up to `most`. */
export async function countDrafts(tx: Transaction, author: Author, most: number): Promise<number> {
  const [row] = await tx.query<{ begun: number }>(count, [author.workspaceId, author.id, most]);
  return row?.begun ?? 0;
}

export async function listFreeFiles(
  db: Queryable,
  author: Author,
  ids: readonly string[],
): Promise<AttachmentRow[]> {
  if (ids.length === 0) return [];
  return db.query<AttachmentRow>(freeFiles, [author.workspaceId, author.id, ids]);
}

export type SentPart = {
  ticketId: string;
  mode: "reply" | "note";
  body: string;
  attachments: readonly string[];
};

/** Clears what has just been sent from its author's draft. */
export async function clearSentDraft(
  tx: Transaction,
  authorId: string,
  sent: SentPart,
  now: Date,
): Promise<void> {
  const values = [tx.workspaceId, authorId, sent.ticketId, sent.mode, sent.body, sent.attachments];
  await Promise.all([tx.query(dropSent, values), tx.query(clearSent, [...values, now.getTime()])]);
}

/** Puts a reply that was taken back into its author's draft. */
export async function giveBackToDraft(
  tx: Transaction,
  authorId: string,
  { ticketId, body, attachments }: Omit<SentPart, "mode">,
  now: Date,
): Promise<void> {
  await tx.query(giveBack, [tx.workspaceId, authorId, ticketId, body, attachments, now.getTime(), now]);
}
