import { type Queryable, statement } from "../../platform/database.ts";
import type { KeptTicket } from "../tickets/index.ts";

/** What of a ticket is to be moved: a message, a note. `conversation`: the ticket by whose conversation it came. */
export type Movable = {
  id: string;
  seq: number;
  direction: "in" | "out" | "note";
  conversation: string;
};

export const listAll = statement(
  "merging.list_all",
  `select id, seq, direction, coalesce(origin_id, ticket_id) as conversation from messages
   where workspace_id = $1 and ticket_id = $2 order by seq`,
);

// However many messages there are, they move in one statement, and their files in another. A message that goes to another ticket keeps
// the conversation it came by; back in that conversation's own ticket it needs no mark. One that has gone elsewhere meanwhile stays there.
// The places are looked up in an object by id, not joined: no plan can make of thousands of messages the square of that.
const place = statement(
  "merging.place_messages",
  `update messages set ticket_id = $3, seq = ($5::jsonb ->> id::text)::int, origin_id = nullif(coalesce(origin_id, $2), $3)
   where workspace_id = $1 and ticket_id = $2 and id = any($4::uuid[])`,
);
const placeFiles = statement(
  "merging.place_files",
  "update attachments set ticket_id = $2 where workspace_id = $1 and message_id = any($3::uuid[])",
);

export type Place = { id: string; seq: number };

/** Moves messages from one ticket to places of another. The caller holds both locks. */
export async function moveMessages(
  tx: Queryable & { workspaceId: string },
  { from, to, places }: { from: string; to: string; places: readonly Place[] },
): Promise<void> {
  if (places.length === 0) return;
  const ids = places.map(({ id }) => id);
  const seqs = Object.fromEntries(places.map(({ id, seq }) => [id, seq]));
  await tx.query(place, [tx.workspaceId, from, to, ids, JSON.stringify(seqs)]);
  await tx.query(placeFiles, [tx.workspaceId, to, ids]);
}

// Whoever looks at a ticket's messages alone sees this of it. Materialized: or the answer's time would be looked for again for each message.
export const sumUp = statement(
  "merging.sum_up",
  `with said as materialized (
     select direction, body, created_at, id from messages where workspace_id = $1 and ticket_id = $2 and direction <> 'note'
   ), answered as materialized (select max(created_at) as at from said where direction = 'out')
   select n.direction, n.body, n.created_at,
     (select min(s.created_at) from said s, answered a where s.direction = 'in' and (a.at is null or s.created_at > a.at)) as waiting_since
   from (select direction, left(body, 400) as body, created_at from said order by created_at desc, id desc limit 1) n`,
);

export type Sum = { direction: "in" | "out"; body: string; created_at: Date; waiting_since: Date | null };

export const joinFollowers = statement(
  "merging.join_followers",
  `insert into ticket_followers (workspace_id, ticket_id, member_id, followed_at)
   select workspace_id, $3, member_id, $4 from ticket_followers where workspace_id = $1 and ticket_id = $2
   on conflict do nothing returning member_id`,
);
export const partFollowers = statement(
  "merging.part_followers",
  "delete from ticket_followers where workspace_id = $1 and ticket_id = $2 and member_id = any($3::uuid[])",
);

export const insertMerge = statement(
  "merging.insert_merge",
  `insert into ticket_merges (workspace_id, id, source_id, survivor_id, message_ids, message_seqs, source, survivor, labels, followers,
     survivor_seq, at, actor_kind, actor_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
);
const findMerge = statement(
  "merging.find_merge",
  `select id, message_ids, message_seqs, source, survivor, labels, followers, survivor_seq from ticket_merges
   where workspace_id = $1 and source_id = $2 and undone_at is null for update`,
);
export const closeMerge = statement(
  "merging.close_merge",
  "update ticket_merges set undone_at = $3 where workspace_id = $1 and id = $2",
);

export type MergeRow = {
  id: string;
  message_ids: string[];
  message_seqs: number[];
  source: KeptTicket;
  survivor: KeptTicket;
  labels: string[];
  followers: string[];
  survivor_seq: number;
};

/** The merge by which a ticket is merged away. */
export async function getMerge(tx: Queryable, workspaceId: string, sourceId: string): Promise<MergeRow> {
  const [merge] = await tx.query<MergeRow>(findMerge, [workspaceId, sourceId]);
  if (!merge) throw new Error("a merged ticket has no merge");
  return merge;
}

export const findSplit = statement(
  "merging.find_split",
  "select message_ids, message_seqs from ticket_splits where workspace_id = $1 and ticket_id = $2 and from_id = $3",
);
export const insertSplit = statement(
  "merging.insert_split",
  `insert into ticket_splits (workspace_id, ticket_id, from_id, message_ids, message_seqs, at) values ($1, $2, $3, $4, $5, $6)`,
);

/** A ticket of the same customer, which is no dialogue: the conversation stays with the ticket it is split from. */
export const insertTicket = statement(
  "merging.insert_ticket",
  `with made as (
     insert into tickets (workspace_id, id, project_id, kind, number, state, phase, subject, topic_id, priority, contact_id, channel_id,
       arrived_by, assignee_id, team_id, seq, message_seq, created_at, activity_at)
     select workspace_id, $3, project_id, kind, $4, $5, $6, $7, topic_id, priority, contact_id, channel_id,
       coalesce(arrived_by, identity_id), assignee_id, team_id, 1, 1, $8, $8
     from tickets where workspace_id = $1 and id = $2
     returning project_id, phase, assignee_id, team_id
   )
   insert into inbox_deltas (workspace_id, id, project_id, phase, assignee_id, team_id, change)
   select $1, gen_random_uuid(), project_id, phase, coalesce(assignee_id, $9), coalesce(team_id, $9), 1 from made`,
);
