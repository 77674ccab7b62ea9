import { type EventType, toPublicId, webhookPatienceHours } from "@okno/contract";
import type { Clock } from "../../platform/clock.ts";
import { type Queryable, statement } from "../../platform/database.ts";
import { newId } from "../../platform/ids.ts";
import { appendWorkspaceEvent } from "../journal/index.ts";
import type { Outcome } from "./record.ts";

// The row's lock makes one of many failing calls the one that pauses.
const fail = statement(
  "webhooks.record_failure",
  `update webhooks set failing_since = coalesce(failing_since, $3), last_at = $3, last_status = $4, last_error = $5,
     throttled_until = case when $6::timestamptz > $3 then greatest(throttled_until, $6) else throttled_until end,
     paused_at = case when coalesce(failing_since, $3) <= $3::timestamptz - interval '${webhookPatienceHours} hours' then $3 end
   where workspace_id = $1 and id = $2 and paused_at is null and disabled_at is null
   returning project_id, failing_since, paused_at`,
);
const disable = statement(
  "webhooks.disable",
  `update webhooks set disabled_at = $3, disabled_why = $4, paused_at = null, failing_since = null, throttled_until = null
   where workspace_id = $1 and id = $2 and disabled_at is null returning project_id`,
);
// Asked for again one by one, or all since an instant: what is not sent is not lost.
const drop = statement(
  "webhooks.drop_waiting",
  `with gone as (delete from webhook_queue where target = $2 and workspace_id = $1 returning delivery_id)
   update webhook_deliveries d set state = 'dropped' from gone g
   where d.workspace_id = $1 and d.id = g.delivery_id and d.state = 'waiting'`,
);

type Tell = { projectId: string | null; type: EventType; data: Record<string, unknown> };

function tell(tx: Queryable, clock: Clock, workspaceId: string, { projectId, type, data }: Tell) {
  return appendWorkspaceEvent(
    { workspaceId, query: (statement, values) => tx.query(statement, values) },
    { id: newId(clock), type, projectId, actor: { kind: "system", id: null }, at: clock.now(), data },
  );
}

type Failed = { workspaceId: string; webhookId: string; outcome: Outcome };

/** Notes a failed attempt on the endpoint; after days of nothing else the endpoint is paused, and that is told. */
export async function noteFailure(
  tx: Queryable,
  clock: Clock,
  { workspaceId, webhookId, outcome }: Failed,
): Promise<void> {
  const now = clock.now();
  const throttledUntil = new Date(now.getTime() + outcome.waitMs);
  const [row] = await tx.query<{ project_id: string | null; failing_since: Date; paused_at: Date | null }>(
    fail,
    [workspaceId, webhookId, now, outcome.status, outcome.error, throttledUntil],
  );
  if (!row?.paused_at) return;
  await tell(tx, clock, workspaceId, {
    projectId: row.project_id,
    type: "webhook.paused",
    data: {
      webhook: toPublicId("webhook", webhookId),
      why: "failing",
      since: row.failing_since.toISOString(),
      lastStatus: outcome.status,
      lastError: outcome.error,
    },
  });
}

export async function dropWaiting(tx: Queryable, workspaceId: string, webhookId: string): Promise<void> {
  await tx.query(drop, [workspaceId, webhookId]);
}

/** The receiver says that it is gone: nothing is sent there any more, and that is told. */
export async function disableGone(
  tx: Queryable,
  clock: Clock,
  workspaceId: string,
  webhookId: string,
): Promise<void> {
  const [row] = await tx.query<{ project_id: string | null }>(disable, [
    workspaceId,
    webhookId,
    clock.now(),
    "gone",
  ]);
  if (!row) return;
  await dropWaiting(tx, workspaceId, webhookId);
  await tell(tx, clock, workspaceId, {
    projectId: row.project_id,
    type: "webhook.disabled",
    data: { webhook: toPublicId("webhook", webhookId), why: "gone" },
  });
}
