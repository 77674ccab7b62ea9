import { type Key, type Role, type Scope, toPublicId } from "@okno/contract";
import type { Clock } from "../../platform/clock.ts";
import { type Queryable, statement, type Transaction } from "../../platform/database.ts";
import { type Principal, projectsWith } from "../../platform/http/principal.ts";
import { digest, newId } from "../../platform/ids.ts";
import { appendWorkspaceEvent, type WorkspaceEvent } from "../journal/index.ts";
import { mintSecret, secretIn } from "./authenticate.ts";

const insert = statement(
  "keys.insert",
  `insert into api_keys (workspace_id, id, name, token_hash, hint, role, project_ids, scopes, created_by, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);
const columns = "id, name, hint, role, project_ids, scopes, created_at, last_used_at, expires_at";
// The one predicate of keys: every key for an owner; else those that reach nothing beyond the projects the caller administers.
export const visibleKey =
  "workspace_id = $1 and revoked_at is null and ($2 or (role <> 'owner' and project_ids <@ $3::uuid[]))";
const list = statement(
  "keys.list",
  `select ${columns} from api_keys where ${visibleKey} and (expires_at is null or expires_at > $4) and ($5::uuid is null or id < $5)
   order by id desc limit $6`,
);
const revoke = statement(
  "keys.revoke",
  `update api_keys set revoked_at = $4 where ${visibleKey} and id = $5 returning 1`,
);

export type KeyRow = {
  id: string;
  name: string;
  hint: string;
  role: Role;
  project_ids: string[] | null;
  scopes: Scope[];
  created_at: Date;
  last_used_at: Date | null;
  expires_at: Date | null;
};

export type NewKey = {
  name: string;
  role: Role;
  /** null: every project. */
  projectIds: readonly string[] | null;
  scopes: readonly Scope[];
  expiresAt: Date | null;
  /** Only for the demo, whose guides name it: what stands for the random part. */
  words?: string;
};

/** The values `$1` to `$3` of `visibleKey`. */
export const managedKeys = (principal: Principal) => [
  principal.workspaceId,
  principal.owner,
  projectsWith(principal, "admin"),
];

/** Adds an API key; only its digest is stored. Answers the secret this once. */
export async function createKey(
  tx: Transaction,
  clock: Clock,
  key: NewKey,
  actor: WorkspaceEvent["actor"],
): Promise<{ row: KeyRow; secret: string }> {
  const now = clock.now();
  const { workspaceId } = tx;
  const secret = `okno_${key.words ? secretIn(workspaceId, key.words) : mintSecret(workspaceId)}`;
  const id = newId(clock);
  const hint = secret.slice(-4);
  const { name, role, projectIds, scopes, expiresAt } = key;
  const ids = projectIds && [...projectIds];
  await tx.query(insert, [
    tx.workspaceId,
    id,
    name,
    digest(secret),
    hint,
    role,
    ids,
    [...scopes],
    actor.id,
    now,
    expiresAt,
  ]);
  await appendWorkspaceEvent(tx, {
    id: newId(clock),
    type: "key.created",
    projectId: null,
    actor,
    at: now,
    data: { key: toPublicId("key", id), role, scopes },
  });
  const row = { id, name, hint, role, project_ids: ids, scopes: [...scopes], created_at: now };
  return { row: { ...row, last_used_at: null, expires_at: expiresAt }, secret };
}

/** Keys in force that the caller may manage, newest first. */
export function listKeys(
  db: Queryable,
  principal: Principal,
  { now, beforeId, limit }: { now: Date; beforeId: string | undefined; limit: number },
): Promise<KeyRow[]> {
  return db.query<KeyRow>(list, [...managedKeys(principal), now, beforeId ?? null, limit]);
}

/** Ends a key at once; false when the caller has no such key. */
export async function revokeKey(
  tx: Transaction,
  clock: Clock,
  principal: Principal,
  id: string,
): Promise<boolean> {
  const done = await tx.query(revoke, [...managedKeys(principal), clock.now(), id]);
  if (done.length === 0) return false;
  await appendWorkspaceEvent(tx, {
    id: newId(clock),
    type: "key.revoked",
    projectId: null,
    actor: { kind: principal.kind, id: principal.id },
    at: clock.now(),
    data: { key: toPublicId("key", id) },
  });
  return true;
}

export function presentKey(row: KeyRow): Key {
  return {
    id: toPublicId("key", row.id),
    name: row.name,
    hint: row.hint,
    role: row.role,
    projects: row.project_ids?.map((id) => toPublicId("project", id)) ?? null,
    scopes: row.scopes,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
  };
}
