import { webhookLogDays } from "@okno/contract";
import { type Database, statement } from "../../platform/database.ts";
import { firstIdAt } from "./deliveries.ts";

const forget = statement(
  "webhooks.forget_deliveries",
  `with old as (
     delete from webhook_deliveries where workspace_id = any(select id from workspaces) and id < $1 returning workspace_id, id
   )
   delete from webhook_queue q using old o where q.workspace_id = o.workspace_id and q.delivery_id = o.id`,
);
const forgetSecrets = statement(
  "webhooks.forget_secrets",
  "delete from webhook_secrets where workspace_id = any(select id from workspaces) and expires_at < $1",
);

/** Removes what the log keeps no longer, sent or not, and secrets that sign nothing any more. */
export async function forgetDeliveries(db: Database, now: Date): Promise<void> {
  await db.background.query(forget, [firstIdAt(new Date(now.getTime() - webhookLogDays * 86_400_000))]);
  await db.background.query(forgetSecrets, [now]);
}
