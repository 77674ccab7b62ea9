import type { Condition, View } from "@okno/contract";
import { type Queryable, statement, type Transaction } from "../../platform/database.ts";

export type ViewRow = {
  id: string;
  /** Null: of the whole workspace, or personal. */
  project_id: string | null;
  /** Whose personal view; null: shared. */
  owner_id: string | null;
  name: string;
  icon: View["icon"];
  hue: View["hue"];
  condition: Condition;
  sort: View["sort"];
  version: number;
};

/** Who looks: personal views are seen by their owner, shared ones by those who work in their project. */
export type ViewScope = { workspaceId: string; projectIds: readonly string[]; me: string };

const columns = "id, project_id, owner_id, name, icon, hue, condition, sort, version";
// The one predicate of views.
const visible = `workspace_id = $1 and (owner_id = $3 or (owner_id is null and (project_id is null or project_id = any($2::uuid[]))))`;

// Two ranges, each of an index of its own.
const list = statement(
  "views.list",
  `select ${columns} from views where workspace_id = $1 and owner_id = $3 and deleted_at is null
   union all
   select ${columns} from views where workspace_id = $1 and owner_id is null and (project_id is null or project_id = any($2::uuid[]))
     and deleted_at is null
   order by name, id`,
);
const find = statement(
  "views.find",
  `select ${columns} from views where ${visible} and id = $4 and deleted_at is null`,
);
const lock = statement("views.lock", `select 1 from views where ${visible} and id = $4 for update`);
const findDeleted = statement(
  "views.find_deleted",
  `select ${columns} from views where ${visible} and id = $4 and deleted_at is not null`,
);
const insert = statement(
  "views.insert",
  `insert into views (workspace_id, id, project_id, owner_id, name, icon, hue, condition, sort, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);
const update = statement(
  "views.update",
  `update views set name = $3, icon = $4, hue = $5, condition = $6, sort = $7, version = version + 1 where workspace_id = $1 and id = $2`,
);
const setDeleted = statement(
  "views.set_deleted",
  "update views set deleted_at = $3 where workspace_id = $1 and id = $2",
);
const countPersonal = statement(
  "views.count_personal",
  "select count(*)::int as views from views where workspace_id = $1 and owner_id = $2 and deleted_at is null",
);
const countShared = statement(
  "views.count_shared",
  `select count(*)::int as views from views where workspace_id = $1 and owner_id is null and project_id is not distinct from $2
     and deleted_at is null`,
);
const purge = statement("views.purge", "delete from views where deleted_at < $1");

export async function listViews(db: Queryable, scope: ViewScope): Promise<ViewRow[]> {
  return db.query<ViewRow>(list, [scope.workspaceId, scope.projectIds, scope.me]);
}

export async function findView(db: Queryable, scope: ViewScope, id: string): Promise<ViewRow | undefined> {
  const [row] = await db.query<ViewRow>(find, [scope.workspaceId, scope.projectIds, scope.me, id]);
  return row;
}

/** With its row lock: as it stands once the lock is held. */
export async function lockView(
  tx: Transaction,
  scope: ViewScope,
  id: string,
  state: "kept" | "deleted",
): Promise<ViewRow | undefined> {
  const values = [scope.workspaceId, scope.projectIds, scope.me, id];
  const [, [row]] = await Promise.all([
    tx.query(lock, values),
    tx.query<ViewRow>(state === "kept" ? find : findDeleted, values),
  ]);
  return row;
}

export async function insertView(tx: Transaction, row: ViewRow, now: Date): Promise<void> {
  const { id, project_id, owner_id, name, icon, hue, condition, sort } = row;
  const json = JSON.stringify(condition);
  await tx.query(insert, [tx.workspaceId, id, project_id, owner_id, name, icon, hue, json, sort, now]);
}

export async function updateView(tx: Transaction, row: ViewRow): Promise<void> {
  const { id, name, icon, hue, condition, sort } = row;
  await tx.query(update, [tx.workspaceId, id, name, icon, hue, JSON.stringify(condition), sort]);
}

export async function setViewDeleted(tx: Transaction, id: string, at: Date | null): Promise<void> {
  await tx.query(setDeleted, [tx.workspaceId, id, at]);
}

/** How many there are where this one belongs. */
export async function countViewsBeside(
  tx: Transaction,
  { owner_id, project_id }: Pick<ViewRow, "owner_id" | "project_id">,
): Promise<number> {
  const [row] = owner_id
    ? await tx.query<{ views: number }>(countPersonal, [tx.workspaceId, owner_id])
    : await tx.query<{ views: number }>(countShared, [tx.workspaceId, project_id]);
  return row?.views ?? 0;
}

/** Deleted views are kept for a while, so that deleting can be undone. */
export async function purgeViews(db: Queryable, before: Date): Promise<void> {
  await db.query(purge, [before]);
}

export type Arrangement = { ordered: readonly string[]; hidden: readonly string[] };

const findArrangement = statement(
  "views.find_arrangement",
  "select ordered, hidden from view_arrangements where workspace_id = $1 and member_id = $2",
);
const storeArrangement = statement(
  "views.store_arrangement",
  `insert into view_arrangements (workspace_id, member_id, ordered, hidden) values ($1, $2, $3, $4)
   on conflict (workspace_id, member_id) do update set ordered = excluded.ordered, hidden = excluded.hidden`,
);

export async function getArrangement(
  db: Queryable,
  { workspaceId, me }: Pick<ViewScope, "workspaceId" | "me">,
): Promise<Arrangement> {
  const [row] = await db.query<Arrangement>(findArrangement, [workspaceId, me]);
  return row ?? { ordered: [], hidden: [] };
}

export async function storeViewArrangement(
  tx: Transaction,
  me: string,
  { ordered, hidden }: Arrangement,
): Promise<void> {
  await tx.query(storeArrangement, [tx.workspaceId, me, ordered, hidden]);
}
