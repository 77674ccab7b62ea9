import { mintWebhookSecret } from "@okno/signing";
import type { Clock } from "../../platform/clock.ts";
import { type Queryable, statement } from "../../platform/database.ts";
import { newId } from "../../platform/ids.ts";
import type { Sealer } from "../../platform/seal.ts";

const insert = statement(
  "webhooks.insert_secret",
  "insert into webhook_secrets (workspace_id, id, webhook_id, sealed, hint, created_at) values ($1, $2, $3, $4, $5, $6)",
);
// The one before goes on for a time; any older one ends now, so that never more than two sign.
const expireOld = statement(
  "webhooks.expire_secrets",
  `with ended as (
     delete from webhook_secrets where workspace_id = $1 and webhook_id = $2 and expires_at is not null
   )
   update webhook_secrets set expires_at = $3 where workspace_id = $1 and webhook_id = $2 and expires_at is null`,
);
const listSealed = statement(
  "webhooks.list_secrets",
  `select id, encode(sealed, 'base64') as sealed from webhook_secrets
   where workspace_id = $1 and webhook_id = $2 and (expires_at is null or expires_at > $3) order by created_at desc`,
);

export type SealedSecret = { id: string; sealed: string };

const contextOf = (workspaceId: string, webhookId: string, id: string) =>
  `webhook-secret ${workspaceId} ${webhookId} ${id}`;

/** The secrets in force, the newest first: for signing, never for showing. */
export function openWebhookSecrets(
  sealer: Sealer,
  workspaceId: string,
  webhookId: string,
  secrets: readonly SealedSecret[],
): string[] {
  return secrets.map(({ id, sealed }) =>
    sealer.open(Buffer.from(sealed, "base64"), contextOf(workspaceId, webhookId, id)),
  );
}

export async function listWebhookSecrets(
  db: Queryable,
  { sealer, clock }: { sealer: Sealer; clock: Clock },
  workspaceId: string,
  webhookId: string,
): Promise<string[]> {
  const rows = await db.query<SealedSecret>(listSealed, [workspaceId, webhookId, clock.now()]);
  return openWebhookSecrets(sealer, workspaceId, webhookId, rows);
}

/** Makes the endpoint's secret; a former one signs beside it until `keepUntil`. @returns the secret, for this once. */
export async function addWebhookSecret(
  tx: Queryable,
  { sealer, clock }: { sealer: Sealer; clock: Clock },
  { workspaceId, webhookId, keepUntil }: { workspaceId: string; webhookId: string; keepUntil: Date },
): Promise<string> {
  const secret = mintWebhookSecret();
  const id = newId(clock);
  await tx.query(expireOld, [workspaceId, webhookId, keepUntil]);
  const sealed = sealer.seal(secret, contextOf(workspaceId, webhookId, id));
  await tx.query(insert, [workspaceId, id, webhookId, sealed, secret.slice(-4), clock.now()]);
  return secret;
}
