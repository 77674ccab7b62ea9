import { type Queryable, statement } from "../../platform/database.ts";
import type { KeptTicket } from "../tickets/index.ts";

export type BulkRow = {
  id: string;
  workspace_id: string;
  action: string;
  body: unknown;
  state: "running" | "cancelled" | "finished" | "undoing" | "undone";
  capped: boolean;
  project_id: string | null;
  total: number;
  actor_kind: "member" | "key";
  actor_id: string;
  created_at: Date;
  finished_at: Date | null;
};

const columns = `id, workspace_id, action, body, state, capped, project_id, total, actor_kind, actor_id, created_at, finished_at`;

/** What the tickets of a bulk have in common, and how they stand: a preview's material. A merged ticket is no ticket to act upon. */
export const standings = statement(
  "bulk.standings",
  `select t.kind, t.state, t.merged_into is not null as merged, t.assignee_id is not null and t.assignee_id <> $4 as others, count(*)::int as n
   from tickets t where t.workspace_id = $1 and t.project_id = any($2::uuid[]) and t.id = any($3::uuid[])
   group by 1, 2, 3, 4`,
);
export type Standing = { kind: string; state: string; merged: boolean; others: boolean; n: number };

/** Of these tickets those within the caller's scope, in the order given. */
export const within = statement(
  "bulk.within",
  `select t.id, t.project_id from tickets t where t.workspace_id = $1 and t.project_id = any($2::uuid[]) and t.id = any($3::uuid[])`,
);

export const insertBulk = statement(
  "bulk.insert",
  `with made as (
     insert into bulks (workspace_id, id, action, body, state, capped, project_id, total, actor_kind, actor_id, created_at, alive_at)
     values ($1, $2, $3, $4, 'running', $5, $6, coalesce(array_length($7::uuid[], 1), 0), $8, $9, $10, $10)
   )
   insert into bulk_items (workspace_id, bulk_id, place, ticket_id)
   select $1, $2, i.place, i.id from unnest($7::uuid[]) with ordinality as i (id, place)`,
);

const findOwn = statement(
  "bulk.find_own",
  `select ${columns} from bulks where workspace_id = $1 and id = $2 and actor_id = $3`,
);
const lockOwn = statement(
  "bulk.lock_own",
  `select ${columns} from bulks where workspace_id = $1 and id = $2 and actor_id = $3 for update`,
);
export const listOwn = statement(
  "bulk.list_own",
  `select ${columns} from bulks where workspace_id = $1 and actor_id = $2 order by id desc limit 10`,
);
export const find = statement(
  "bulk.find",
  `select ${columns} from bulks where workspace_id = $1 and id = $2`,
);

export async function findOwnBulk(
  db: Queryable,
  key: { workspaceId: string; id: string; actorId: string },
  { lock = false } = {},
): Promise<BulkRow | undefined> {
  const [row] = await db.query<BulkRow>(lock ? lockOwn : findOwn, [key.workspaceId, key.id, key.actorId]);
  return row;
}

// Counted, not kept: exact whatever process wrote the items, and no row is hot.
export const tally = statement(
  "bulk.tally",
  `select outcome, undo, count(*)::int as n from bulk_items where workspace_id = $1 and bulk_id = $2 group by 1, 2`,
);
export const leftOut = statement(
  "bulk.left_out",
  `select i.outcome, i.undo, case when i.outcome = 'done' then i.undo else coalesce(i.reason, 'unchanged') end as reason, count(*)::int as n,
     to_json((array_agg(t.number order by i.place))[1:20]) as numbers
   from bulk_items i join tickets t on t.workspace_id = i.workspace_id and t.id = i.ticket_id
   where i.workspace_id = $1 and i.bulk_id = $2 and (i.outcome in ('skipped', 'refused') or i.undo in ('touched', 'refused'))
   group by 1, 2, 3 order by 4 desc`,
);

export const setState = statement(
  "bulk.set_state",
  `update bulks set state = $3, alive_at = $4, finished_at = coalesce(finished_at, case when $3 in ('finished', 'cancelled') then $4::timestamptz end),
     undone_at = case when $3 = 'undone' then $4::timestamptz else undone_at end
   where workspace_id = $1 and id = $2`,
);
// An item is done only while its bulk is at work: whoever stops the bulk waits for the items under way, and no later one begins.
export const holdState = statement(
  "bulk.hold_state",
  "select state from bulks where workspace_id = $1 and id = $2 for share",
);

export const listToDo = statement(
  "bulk.list_to_do",
  `select place from bulk_items where workspace_id = $1 and bulk_id = $2 and outcome is null order by place limit 100`,
);
export const takeToDo = statement(
  "bulk.take_to_do",
  `select ticket_id from bulk_items where workspace_id = $1 and bulk_id = $2 and place = $3 and outcome is null for update skip locked`,
);
export const settle = statement(
  "bulk.settle",
  `update bulk_items set outcome = $4, reason = $5, before = $6, seq_after = $7
   where workspace_id = $1 and bulk_id = $2 and place = $3 and outcome is null`,
);
export const listToUndo = statement(
  "bulk.list_to_undo",
  `select place from bulk_items where workspace_id = $1 and bulk_id = $2 and outcome = 'done' and undo is null order by place limit 100`,
);
export const takeToUndo = statement(
  "bulk.take_to_undo",
  `select ticket_id, before, seq_after from bulk_items
   where workspace_id = $1 and bulk_id = $2 and place = $3 and outcome = 'done' and undo is null for update skip locked`,
);
export const settleUndo = statement(
  "bulk.settle_undo",
  "update bulk_items set undo = $4 where workspace_id = $1 and bulk_id = $2 and place = $3 and undo is null",
);
export type UndoItem = { ticket_id: string; before: KeptTicket; seq_after: number };

export const touch = statement(
  "bulk.touch",
  "update bulks set alive_at = $3 where workspace_id = $1 and id = $2 and alive_at < $3",
);
export const findStalled = statement(
  "bulk.find_stalled",
  `update bulks set alive_at = $1 where state in ('running', 'undoing') and alive_at < $2 returning workspace_id, id`,
);
export const forget = statement("bulk.forget", "delete from bulks where created_at < $1");
