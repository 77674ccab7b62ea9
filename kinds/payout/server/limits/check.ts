import { toPublicId } from "@okno/contract";
import { type KindPorts, refuse, statement, type Transaction } from "@okno/kit";
import { formatMinor } from "../money/decimal.ts";
import { type CountedLimit, limitReached, type Reached, type Wanted } from "./decide.ts";

// Taken before the funds are: whoever creates under a limit goes one after the other, so that the next one counts what the last one made.
const lock = statement(
  "payouts.lock_limits",
  `select l.id from payout_limits l
   where l.workspace_id = $1 and l.desk_id = $2 and (l.method is null or l.method = $3) and (l.key_id is null or l.key_id = $4)
   order by l.id for update`,
);

// A statement of its own, so that it sees what was committed while the lock was waited for. Ids begin with the instant they were made at:
// the day's payouts are one stretch of the desk's index.
const count = statement(
  "payouts.count_limits",
  `with day as (
     select d.begins, ((d.begins at time zone $6) + interval '1 day') at time zone $6 as ends,
       rpad(lpad(to_hex((extract(epoch from d.begins) * 1000)::bigint), 12, '0'), 32, '0')::uuid as first_id
     from (select date_trunc('day', $5::timestamptz at time zone $6) at time zone $6 as begins) d
   )
   select l.id, l.what, l.method, l.key_id, l.most::text as most, l.hours, day.ends as day_ends_at,
     case when l.what in ('day', 'key_day') then
       (select coalesce(sum(case when l.method is null then p.rub_amount else p.amount end), 0) from payouts p
        where p.workspace_id = $1 and p.desk_id = $2 and p.id >= day.first_id and p.created_at >= day.begins
          and p.status not in ('cancelled', 'failed') and (l.method is null or p.method = l.method)
          and (l.what = 'day' or p.created_by = $4))
     else 0 end::text as spent,
     case when l.what = 'new_destination' then least(
       (select d.first_seen_at from payout_destinations d where d.workspace_id = $1 and d.desk_id = $2 and d.digest = $7),
       (select min(p.created_at) from payouts p where p.workspace_id = $1 and p.desk_id = $2 and p.destination_digest = $7))
     end as first_seen_at
   from payout_limits l cross join day
   where l.workspace_id = $1 and l.id = any($3::uuid[])`,
);

const remember = statement(
  "payouts.remember_destination",
  `insert into payout_destinations (workspace_id, desk_id, digest, first_seen_at) values ($1, $2, $3, $4)
   on conflict (workspace_id, desk_id, digest) do nothing`,
);

/** What is to be created, and by whom. */
export type LimitedPayout = Wanted & {
  method: string;
  scale: number;
  currency: string;
  destination: Buffer;
  by: string | null;
};

const kopecks = 2;

function factsOf({ limit, why, left, resetsAt }: Reached, { scale, currency }: LimitedPayout) {
  const { what, method, key_id, most, hours } = limit;
  const [precision, unit] = method === null ? [kopecks, "RUB"] : [scale, currency];
  const sums =
    most === null
      ? {}
      : { most: formatMinor(BigInt(most), precision), left: formatMinor(left, precision), currency: unit };
  return {
    limit: what,
    why,
    method,
    ...(key_id !== null && { key: toPublicId("key", key_id) }),
    ...sums,
    ...(hours !== null && { hours }),
    resetsAt: resetsAt?.toISOString() ?? null,
  };
}

/**
 * Holds the desk's limits against a payout that is about to be created. A destination that is refused as too new is remembered all the
 * same: its waiting time runs.
 * @throws limit_reached with which limit, how much is left, when it begins anew
 */
export async function requireWithinLimits(
  ports: KindPorts,
  tx: Transaction,
  desk: { id: string; project_id: string },
  wanted: LimitedPayout,
): Promise<void> {
  const { method, destination, by, now } = wanted;
  const held = await tx.query<{ id: string }>(lock, [tx.workspaceId, desk.id, method, by]);
  if (held.length === 0) return;
  const zone = await ports.people.timeZoneOf(tx.workspaceId, desk.project_id);
  const ids = held.map(({ id }) => id);
  const counted = await tx.query<CountedLimit>(count, [
    tx.workspaceId,
    desk.id,
    ids,
    by,
    now,
    zone,
    destination,
  ]);
  const reached = limitReached(counted, wanted);
  if (!reached) return;
  // This transaction is about to be undone, so it is written beside it.
  if (reached.why === "too_new")
    await ports.db.background.query(remember, [tx.workspaceId, desk.id, destination, now]);
  throw refuse("limit_reached", factsOf(reached, wanted));
}
