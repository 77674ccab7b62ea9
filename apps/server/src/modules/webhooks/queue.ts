import { createHash } from "node:crypto";
import { type Queryable, statement } from "../../platform/database.ts";

// Whoever asks again for what is waiting anyway begins its schedule anew.
const again = statement(
  "webhooks.queue_again",
  `with marked as (update webhook_deliveries set state = 'waiting' where workspace_id = $1 and id = $2)
   insert into webhook_queue (workspace_id, delivery_id, target, due_at) values ($1, $2, $3, $4)
   on conflict (workspace_id, delivery_id) do update set due_at = excluded.due_at,
     attempts = case when webhook_queue.leased_until > $4 then webhook_queue.attempts else 0 end`,
);
// In their order, ticket by ticket.
const allAgain = statement(
  "webhooks.queue_failed_again",
  `with picked as (
     select workspace_id, id, ticket_id from webhook_deliveries
     where workspace_id = $1 and webhook_id = $2 and id >= $3 and state in ('failed', 'dropped') order by id limit 10000
   ), marked as (
     update webhook_deliveries d set state = 'waiting' from picked p where d.workspace_id = p.workspace_id and d.id = p.id
   ), queued as (
     insert into webhook_queue (workspace_id, delivery_id, target, lane, due_at)
     select workspace_id, id, $2, ticket_id, $4 from picked order by id
     on conflict (workspace_id, delivery_id) do nothing returning 1
   )
   select count(*)::int as n from queued`,
);
const hasten = statement(
  "webhooks.hasten",
  "update webhook_queue set due_at = $2 where target = $1 and due_at > $2",
);

/** What stands for the receiver of call-backs: all of one workspace to one host share their limits. */
export function callbackTarget(workspaceId: string, url: string): string {
  const hex = createHash("sha256")
    .update(`${workspaceId} ${URL.parse(url)?.origin ?? ""}`)
    .digest("hex");
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
}

export type Queued = { workspaceId: string; id: string; target: string };

/** Sends one again, by itself: in no order with others of its ticket, which are long past. */
export async function queueAgain(
  tx: Queryable,
  { workspaceId, id, target }: Queued,
  now: Date,
): Promise<void> {
  await tx.query(again, [workspaceId, id, target, now]);
}

/** Sends again what failed or was dropped. @param from the first id that is old enough. */
export async function queueFailedAgain(
  tx: Queryable,
  { workspaceId, webhookId, from }: { workspaceId: string; webhookId: string; from: string },
  now: Date,
): Promise<number> {
  const [row] = await tx.query<{ n: number }>(allAgain, [workspaceId, webhookId, from, now]);
  return row?.n ?? 0;
}

/** All that waits for a receiver is due now: it is to be tried again. */
export async function hastenQueue(tx: Queryable, target: string, now: Date): Promise<void> {
  await tx.query(hasten, [target, now]);
}
