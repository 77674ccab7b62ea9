import { createHash } from "node:crypto";
import { refuse } from "@okno/kit";
import { type Queryable, statement } from "../database.ts";

export type IdempotencyKey = { key: string; requestHash: Buffer };
export type StoredAnswer = { status: number; response: unknown };

/** What a key is bound to: the method, the path with its ids, and the body's value. */
export function requestHash(method: string, path: string, body: unknown): Buffer {
  return createHash("sha256")
    .update(`${method} ${path}\n${JSON.stringify(body ?? null)}`)
    .digest();
}

const claim = statement(
  "idempotency.claim",
  // The unique key makes a second request with the same key wait here until the first has committed or failed.
  `insert into idempotency_records (workspace_id, principal_id, key, request_hash, status, created_at)
   values ($1, $2, $3, $4, 0, $5) on conflict do nothing returning 1`,
);
// The same without waiting: whoever holds the lock of the key is carrying the first request out.
const claimAtOnce = statement(
  "idempotency.claim_at_once",
  `with mine as materialized (select pg_try_advisory_xact_lock($6::bigint) as free), claimed as (
     insert into idempotency_records (workspace_id, principal_id, key, request_hash, status, created_at)
     select $1, $2, $3, $4, 0, $5 from mine where free on conflict do nothing returning 1
   )
   select mine.free, exists (select from claimed) as claimed from mine`,
);
const find = statement(
  "idempotency.find",
  "select request_hash, status, response from idempotency_records where workspace_id = $1 and principal_id = $2 and key = $3",
);
const finish = statement(
  "idempotency.finish",
  "update idempotency_records set status = $4, response = $5 where workspace_id = $1 and principal_id = $2 and key = $3",
);

type Scope = { workspaceId: string; principalId: string };

/**
 * Takes the key inside the command's transaction, or answers what was stored for it.
 * @throws idempotency_mismatch when the key was used with another request.
 */
export async function claimKey(
  tx: Queryable,
  { workspaceId, principalId }: Scope,
  { key, requestHash }: IdempotencyKey,
  now: Date,
): Promise<StoredAnswer | undefined> {
  const claimed = await tx.query(claim, [workspaceId, principalId, key, requestHash, now]);
  if (claimed.length > 0) return undefined;
  return findAnswer(tx, { workspaceId, principalId }, { key, requestHash });
}

/** The number of a key's advisory lock. */
function lockNumber({ workspaceId, principalId }: Scope, key: string): string {
  const hash = createHash("sha256").update(`idempotency ${workspaceId} ${principalId} ${key}`).digest();
  return String(hash.readBigInt64BE(0));
}

/**
 * As `claimKey`, for commands whose repetition must not wait behind the first.
 * @throws idempotency_in_flight while the first request is being carried out; idempotency_mismatch when the key was used with another.
 */
export async function claimKeyAtOnce(
  tx: Queryable,
  scope: Scope,
  { key, requestHash }: IdempotencyKey,
  now: Date,
): Promise<StoredAnswer | undefined> {
  const { workspaceId, principalId } = scope;
  const values = [workspaceId, principalId, key, requestHash, now, lockNumber(scope, key)];
  const [row] = await tx.query<{ free: boolean; claimed: boolean }>(claimAtOnce, values);
  if (!row?.free) throw refuse("idempotency_in_flight");
  if (row.claimed) return undefined;
  const stored = await findAnswer(tx, scope, { key, requestHash });
  // Calls that share a transaction share its locks too: the first of them is not done yet.
  if (!stored || stored.status === 0) throw refuse("idempotency_in_flight");
  return stored;
}

/** The stored answer of a key. @throws idempotency_mismatch when the key was used with another request. */
export async function findAnswer(
  db: Queryable,
  { workspaceId, principalId }: Scope,
  { key, requestHash }: IdempotencyKey,
): Promise<StoredAnswer | undefined> {
  const [row] = await db.query<{ request_hash: Buffer; status: number; response: unknown }>(find, [
    workspaceId,
    principalId,
    key,
  ]);
  if (!row) return undefined;
  if (!row.request_hash.equals(requestHash)) throw refuse("idempotency_mismatch");
  return { status: row.status, response: row.response };
}

export async function storeAnswer(
  tx: Queryable,
  { workspaceId, principalId }: Scope,
  key: string,
  answer: StoredAnswer,
): Promise<void> {
  await tx.query(finish, [
    workspaceId,
    principalId,
    key,
    answer.status,
    JSON.stringify(answer.response ?? null),
  ]);
}
