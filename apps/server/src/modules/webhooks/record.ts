import type { WebhookError } from "@okno/contract";
import { type Queryable, statement } from "../../platform/database.ts";

const logLength = 20;

const adding = `attempts = attempts + 1, last_at = $3, last_status = $4, last_error = $5,
     log = (case when jsonb_array_length(log) >= ${logLength} then log - 0 else log end) || $6::jsonb`;
// Rows behind a finished one of the same ticket may go now.
const freeing = `freed as (
     update webhook_queue q set due_at = $3 from gone g
     where q.target = g.target and q.lane = g.lane and q.position > g.position and q.due_at > $3
   )`;
/** Whoever lost its claim meanwhile changes nothing in the queue: another is sending it. What it saw is still written down. */
const gone = `gone as (delete from webhook_queue where position = $7 and attempts = $8 returning target, lane, position)`;

// Successes that come together are written together: that is most of what there is to write when all goes well.
const succeed = statement(
  "webhooks.record_successes",
  `with r as (
     select * from json_to_recordset($1::json) as r (workspace_id uuid, delivery_id uuid, webhook_id uuid, position bigint, attempts int,
       at timestamptz, status int, entry jsonb)
   ), gone as (
     delete from webhook_queue q using r where q.position = r.position and q.attempts = r.attempts
     returning q.target, q.lane, q.position
   ), freed as (
     update webhook_queue q set due_at = $2 from gone g
     where q.target = g.target and q.lane = g.lane and q.position > g.position and q.due_at > $2
   ), healthy as (
     update webhooks w set failing_since = null, throttled_until = null, last_at = l.at, last_status = l.status, last_error = null
     from (select distinct on (workspace_id, webhook_id) * from r where webhook_id is not null
       order by workspace_id, webhook_id, at desc) l
     where w.workspace_id = l.workspace_id and w.id = l.webhook_id and (w.failing_since is not null or w.throttled_until is not null
       or w.last_at is null or w.last_at < l.at - interval '10 seconds')
   )
   update webhook_deliveries d set state = 'succeeded', attempts = d.attempts + 1, last_at = r.at, last_status = r.status, last_error = null,
     log = (case when jsonb_array_length(d.log) >= ${logLength} then d.log - 0 else d.log end) || r.entry
   from r where d.workspace_id = r.workspace_id and d.id = r.delivery_id`,
);
const giveUp = statement(
  "webhooks.record_end",
  `with ${gone}, ${freeing}
   update webhook_deliveries set state = $9, ${adding} where workspace_id = $1 and id = $2 and state <> 'succeeded'`,
);
// What waits behind it in the ticket's order waits as long.
const retry = statement(
  "webhooks.record_retry",
  `with moved as (
     update webhook_queue set due_at = $9, leased_until = null where position = $7 and attempts = $8 returning target, lane, position
   ), pushed as (
     update webhook_queue q set due_at = $9 from moved m
     where q.target = m.target and q.lane = m.lane and q.position > m.position and q.due_at < $9
   )
   update webhook_deliveries set ${adding} where workspace_id = $1 and id = $2 and state <> 'succeeded'`,
);

/** What came of one attempt. */
export type Outcome = {
  at: Date;
  durationMs: number;
  status: number | null;
  error: WebhookError | null;
  /** The beginning of the answer's body. */
  response: string;
  /** How long the receiver asks to be left alone. */
  waitMs: number;
};

export type LogEntry = {
  at: string;
  durationMs: number;
  status: number | null;
  error: WebhookError | null;
  response: string;
};

export function logEntry({ at, durationMs, status, error, response }: Outcome): LogEntry {
  return { at: at.toISOString(), durationMs, status, error, response };
}

export const isSuccess = ({ status }: Outcome) => status !== null && status >= 200 && status <= 299;

type Claim = { workspace_id: string; delivery_id: string; position: number; attempts: number };

const values = ({ workspace_id, delivery_id, position, attempts }: Claim, outcome: Outcome) => [
  workspace_id,
  delivery_id,
  outcome.at,
  outcome.status,
  outcome.error,
  JSON.stringify([logEntry(outcome)]),
  position,
  attempts,
];

export type Success = { claim: Claim & { webhook_id: string | null }; outcome: Outcome };

export async function recordSuccesses(
  db: Queryable,
  successes: readonly Success[],
  now: Date,
): Promise<void> {
  const rows = successes.map(({ claim, outcome }) => ({
    workspace_id: claim.workspace_id,
    delivery_id: claim.delivery_id,
    webhook_id: claim.webhook_id,
    position: claim.position,
    attempts: claim.attempts,
    at: outcome.at,
    status: outcome.status,
    entry: [logEntry(outcome)],
  }));
  await db.query(succeed, [JSON.stringify(rows), now]);
}

export async function recordRetry(db: Queryable, claim: Claim, outcome: Outcome, at: Date): Promise<void> {
  await db.query(retry, [...values(claim, outcome), at]);
}

/** @param state `failed`: the schedule is used up; `dropped`: the endpoint wants no more. */
export async function recordEnd(
  db: Queryable,
  claim: Claim,
  outcome: Outcome,
  state: "failed" | "dropped",
): Promise<void> {
  await db.query(giveUp, [...values(claim, outcome), state]);
}
