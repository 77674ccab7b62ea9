import { type Queryable, statement } from "../../platform/database.ts";
import type { Allowance } from "./budget.ts";

/** Much longer than any attempt: what a dying process was sending is sent again after it. */
export const leaseSeconds = 45;
/** Claimed at once of receivers that do not answer. */
const ailingBatch = 64;

// From outside in: the receivers that have anything, one probe of the index each; of each that may be called, its first due rows, none
// of them behind another of its ticket; the healthy first, everyone's first before anyone's second. Rows are taken, not copied: a
// process that dies leaves them to the next when the lease ends.
const claim = statement(
  "webhooks.claim",
  `with recursive targets (target) as (
     (select target from webhook_queue order by target limit 1)
     union all
     select (select q.target from webhook_queue q where q.target > t.target order by q.target limit 1) from targets t
     where t.target is not null
   ), due as (
     select c.position, c.place, coalesce(k.ailing, false) as ailing
     from targets t
     left join unnest($2::uuid[], $3::int[], $4::bool[]) as k (target, free, ailing) on k.target = t.target
     cross join lateral (select q.workspace_id from webhook_queue q where q.target = t.target limit 1) h
     left join webhooks w on w.workspace_id = h.workspace_id and w.id = t.target
     cross join lateral (
       select d.position, row_number() over (order by d.due_at, d.position) as place from (
         select q.position, q.due_at from webhook_queue q
         where q.target = t.target and q.due_at <= $1 and (q.leased_until is null or q.leased_until <= $1)
           and (q.lane is null or not exists (
             select from webhook_queue e where e.target = q.target and e.lane = q.lane and e.position < q.position))
         order by q.due_at, q.position limit coalesce(k.free, 1)
       ) d
     ) c
     where t.target is not null and coalesce(k.free, 1) > 0
       and w.disabled_at is null and w.paused_at is null and (w.throttled_until is null or w.throttled_until <= $1)
   ), ranked as (
     select position, ailing, row_number() over (partition by ailing order by place, position) as n from due
   ), taken as (
     update webhook_queue q set leased_until = $1::timestamptz + interval '${leaseSeconds} seconds', attempts = attempts + 1
     where q.position in (
       select l.position from webhook_queue l
       where l.position = any(array(select position from ranked where n <= case when ailing then ${ailingBatch} else $5::int end))
         and l.due_at <= $1 and (l.leased_until is null or l.leased_until <= $1)
       for update skip locked)
     returning q.position, q.workspace_id, q.delivery_id, q.target, q.attempts
   )
   select t.position, t.workspace_id, t.delivery_id, t.target, t.attempts, d.webhook_id, d.headers, d.body, coalesce(d.url, w.url) as url,
     (select json_agg(json_build_object('id', s.id, 'sealed', encode(s.sealed, 'base64')) order by s.created_at desc)
      from webhook_secrets s where s.workspace_id = t.workspace_id and s.webhook_id = d.webhook_id
        and (s.expires_at is null or s.expires_at > $1)) as secrets
   from taken t
   left join webhook_deliveries d on d.workspace_id = t.workspace_id and d.id = t.delivery_id
   left join webhooks w on w.workspace_id = t.workspace_id and w.id = d.webhook_id
   order by t.position`,
);

/** A delivery that is to be attempted now. */
export type Claimed = {
  position: number;
  workspace_id: string;
  delivery_id: string;
  target: string;
  /** With this one, of this run of the schedule. */
  attempts: number;
  webhook_id: string | null;
  headers: Record<string, string> | null;
  /** null where the delivery, or its endpoint, is gone. */
  body: string | null;
  url: string | null;
  secrets: { id: string; sealed: string }[] | null;
};

export async function claimDue(
  db: Queryable,
  { targets, free, ailing, room }: Allowance,
  now: Date,
): Promise<Claimed[]> {
  return db.query<Claimed>(claim, [now, targets, free, ailing, room]);
}

const release = statement(
  "webhooks.release",
  "update webhook_queue set leased_until = null, attempts = attempts - 1 where position = $1 and attempts = $2",
);

/** Gives back what was not attempted to its end: the process is stopping. */
export async function releaseClaim(db: Queryable, { position, attempts }: Claimed): Promise<void> {
  await db.query(release, [position, attempts]);
}

const unstick = statement(
  "webhooks.unstick",
  `update webhook_queue q set due_at = $1 where q.attempts = 0 and q.due_at > $1 and q.lane is not null and not exists (
     select from webhook_queue e where e.target = q.target and e.lane = q.lane and e.position < q.position)`,
);

/** One that was put behind another of its ticket in the moment when that one was done need not wait for its time. */
export async function unstickQueue(db: Queryable, now: Date): Promise<void> {
  await db.query(unstick, [now]);
}
