import { type Queryable, statement } from "@okno/kit";
import type { Desk } from "../core/desks.ts";

/** What one posting changes of what is available, in minor units. */
const change = `case l.what when 'fund' then l.amount when 'release' then l.amount when 'withdraw' then -l.amount when 'reserve' then -l.amount
  else 0 end`;

// What was available at a time is what is available now, less what has changed since: read in one statement, so that both agree.
// A period is a range of ids, which begin with their time.
const sums = `select a.balance as available, a.balance - coalesce(sum(${change}), 0) as opening,
    a.balance - coalesce(sum(${change}) filter (where l.id >= $5), 0) as closing,
    coalesce(sum(l.amount) filter (where l.id < $5 and l.what in ('fund', 'release')), 0) as incoming,
    coalesce(sum(l.amount) filter (where l.id < $5 and l.what in ('withdraw', 'reserve')), 0) as outgoing
  from ledger_accounts a
  left join ledger_postings l on l.workspace_id = $1 and l.desk_id = $2 and l.method = $3 and l.id >= $4
  where a.workspace_id = $1 and a.desk_id = $2 and a.method = $3 and a.role = 'available'
  group by a.balance`;

const columns = `l.id, l.at, l.what, l.amount::text as amount, (${change})::text as change, l.payout_id, l.note`;
const reference = `(select p.reference from payouts p where p.workspace_id = $1 and p.id = l.payout_id) as reference`;

const totals = `s.opening::text as opening, s.closing::text as closing, s.incoming::text as incoming, s.outgoing::text as outgoing`;

const page = statement(
  "payouts.statement_page",
  `with sums as materialized (${sums})
   select ${totals}, e.*
   from sums s left join lateral (
     select ${columns}, ${reference} from ledger_postings l
     where l.workspace_id = $1 and l.desk_id = $2 and l.method = $3 and l.id >= $4 and l.id < $5 and l.id < $6
     order by l.id desc limit $7
   ) e on true order by e.id desc`,
);
const whole = statement(
  "payouts.statement_whole",
  `with sums as materialized (${sums})
   select ${totals}, e.*
   from sums s left join lateral (
     select ${columns}, ${reference}, (s.opening + sum(${change}) over (order by l.id))::text as available from ledger_postings l
     where l.workspace_id = $1 and l.desk_id = $2 and l.method = $3 and l.id >= $4 and l.id < $5
     order by l.id limit $6
   ) e on true order by e.id`,
);

export type PostingRow = {
  opening: string;
  closing: string;
  incoming: string;
  outgoing: string;
  /** Null where the period has no posting. */
  id: string | null;
  at: Date;
  what: "fund" | "withdraw" | "reserve" | "dispatch" | "settle" | "commission" | "release";
  amount: string;
  change: string;
  payout_id: string | null;
  note: string | null;
  reference: string | null;
  /** What was available after it; only where the whole period is read. */
  available?: string;
};

export type Period = { from: string; to: string };

/** Newest first. Empty where the desk has no such method. */
export function listStatementPage(
  db: Queryable,
  desk: Desk,
  method: string,
  { from, to, before, limit }: Period & { before: string; limit: number },
): Promise<PostingRow[]> {
  return db.query<PostingRow>(page, [desk.workspace_id, desk.id, method, from, to, before, limit]);
}

/** Oldest first, with the balance after each. */
export function listWholeStatement(
  db: Queryable,
  desk: Desk,
  method: string,
  { from, to, limit }: Period & { limit: number },
): Promise<PostingRow[]> {
  return db.query<PostingRow>(whole, [desk.workspace_id, desk.id, method, from, to, limit]);
}
