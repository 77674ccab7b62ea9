import { toPublicId, type Webhook, type WebhookError } from "@okno/contract";
import { refuse } from "@okno/kit";
import { type Queryable, statement } from "../../platform/database.ts";
import { type Principal, projectsWith } from "../../platform/http/principal.ts";

// The one predicate of endpoints: those of the projects the caller administers; for an owner also those of the whole workspace.
const visible = "w.workspace_id = $1 and (w.project_id = any($2::uuid[]) or $3::boolean)";
const columns = `w.id, w.project_id, w.url, w.description, w.events, w.created_at, w.disabled_at, w.disabled_why, w.paused_at,
  w.failing_since, w.throttled_until, w.last_at, w.last_status, w.last_error,
  (select coalesce(json_agg(json_build_object('hint', s.hint, 'created_at', s.created_at, 'expires_at', s.expires_at)
     order by s.created_at desc), '[]') from webhook_secrets s
   where s.workspace_id = w.workspace_id and s.webhook_id = w.id and (s.expires_at is null or s.expires_at > $4)) as secrets`;

const list = statement(
  "webhooks.list",
  `select ${columns} from webhooks w where ${visible} order by w.created_at, w.id`,
);
const find = statement("webhooks.find", `select ${columns} from webhooks w where ${visible} and w.id = $5`);
const lock = statement("webhooks.lock", `select 1 from webhooks w where ${visible} and w.id = $4 for update`);
const count = statement(
  "webhooks.count",
  "select count(*)::int as n from webhooks where workspace_id = $1 and project_id is not distinct from $2::uuid",
);
const insert = statement(
  "webhooks.insert",
  `insert into webhooks (workspace_id, id, project_id, url, description, events, created_kind, created_by, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);
const update = statement(
  "webhooks.update",
  `update webhooks set url = $3, description = $4, events = $5, disabled_at = $6, disabled_why = $7, paused_at = $8, failing_since = $9,
     throttled_until = $10 where workspace_id = $1 and id = $2`,
);
const remove = statement("webhooks.delete", "delete from webhooks where workspace_id = $1 and id = $2");

type SecretRow = { hint: string; created_at: string; expires_at: string | null };

export type EndpointRow = {
  id: string;
  project_id: string | null;
  url: string;
  description: string;
  events: string[];
  created_at: Date;
  disabled_at: Date | null;
  disabled_why: "hand" | "gone" | null;
  paused_at: Date | null;
  failing_since: Date | null;
  throttled_until: Date | null;
  last_at: Date | null;
  last_status: number | null;
  last_error: WebhookError | null;
  secrets: SecretRow[];
};

const scopeOf = (principal: Principal): unknown[] => [
  principal.workspaceId,
  projectsWith(principal, "admin"),
  principal.owner,
];

export async function listEndpoints(db: Queryable, principal: Principal, now: Date): Promise<EndpointRow[]> {
  return db.query<EndpointRow>(list, [...scopeOf(principal), now]);
}

/** @throws not_found */
export async function getEndpoint(
  db: Queryable,
  principal: Principal,
  id: string | undefined,
  now: Date,
): Promise<EndpointRow> {
  const [row] = await db.query<EndpointRow>(find, [...scopeOf(principal), now, id]);
  if (!row) throw refuse("not_found");
  return row;
}

/** Takes the endpoint's row lock. @throws not_found */
export async function lockEndpoint(
  tx: Queryable,
  principal: Principal,
  id: string | undefined,
  now: Date,
): Promise<EndpointRow> {
  await tx.query(lock, [...scopeOf(principal), id]);
  return getEndpoint(tx, principal, id, now);
}

export async function countEndpoints(
  tx: Queryable,
  workspaceId: string,
  projectId: string | null,
): Promise<number> {
  const [row] = await tx.query<{ n: number }>(count, [workspaceId, projectId]);
  return row?.n ?? 0;
}

export type NewEndpoint = Pick<EndpointRow, "id" | "project_id" | "url" | "description" | "events"> & {
  actor: { kind: "member" | "key"; id: string };
  now: Date;
};

export async function insertEndpoint(tx: Queryable, workspaceId: string, made: NewEndpoint): Promise<void> {
  const { id, project_id, url, description, events, actor, now } = made;
  await tx.query(insert, [workspaceId, id, project_id, url, description, events, actor.kind, actor.id, now]);
}

export async function updateEndpoint(tx: Queryable, workspaceId: string, row: EndpointRow): Promise<void> {
  await tx.query(update, [
    workspaceId,
    row.id,
    row.url,
    row.description,
    row.events,
    row.disabled_at,
    row.disabled_why,
    row.paused_at,
    row.failing_since,
    row.throttled_until,
  ]);
}

export async function deleteEndpoint(tx: Queryable, workspaceId: string, id: string): Promise<void> {
  await tx.query(remove, [workspaceId, id]);
}

const iso = (at: Date | null) => at?.toISOString() ?? null;

function stateOf(row: EndpointRow): Pick<Webhook, "state" | "why"> {
  if (row.disabled_at) return { state: "disabled", why: row.disabled_why };
  return row.paused_at ? { state: "paused", why: "failing" } : { state: "active", why: null };
}

export function presentEndpoint(row: EndpointRow, now: Date): Webhook {
  const { last_at: at, last_status: status, last_error: error } = row;
  return {
    id: toPublicId("webhook", row.id),
    project: row.project_id && toPublicId("project", row.project_id),
    url: row.url,
    description: row.description,
    events: row.events,
    ...stateOf(row),
    failingSince: iso(row.failing_since),
    throttledUntil: row.throttled_until && row.throttled_until > now ? iso(row.throttled_until) : null,
    last: at && {
      at: at.toISOString(),
      status,
      error,
      ok: status !== null && status >= 200 && status <= 299,
    },
    secrets: row.secrets.map(({ hint, created_at, expires_at }) => ({
      hint,
      createdAt: new Date(created_at).toISOString(),
      expiresAt: expires_at && new Date(expires_at).toISOString(),
    })),
    createdAt: row.created_at.toISOString(),
  };
}
