import { type Condition, fromPublicId, routes, toPublicId, type View, viewsPerPerson } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import type { Database, Queryable, Transaction } from "../../platform/database.ts";
import { type Binding, bindTable, command, own, read } from "../../platform/http/binding.ts";
import { type Principal, projectsWith } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import { appendWorkspaceEvent } from "../journal/index.ts";
import type { Catalog, Catalogs } from "../settings/index.ts";
import { countMatching, readerOf, type Scope, type ViewOfList } from "../tickets/index.ts";
import type { ViewCounts } from "./counts.ts";
import { mayEditView, requireEditor } from "./policy.ts";
import {
  type Arrangement,
  countViewsBeside,
  findView,
  getArrangement,
  insertView,
  listViews,
  lockView,
  setViewDeleted,
  storeViewArrangement,
  updateView,
  type ViewRow,
  type ViewScope,
} from "./queries.ts";
import { loadPeople, type People, problemsOf, unknownIn } from "./references.ts";

export type ViewDeps = { db: Database; clock: Clock; catalogs: Catalogs; counts: ViewCounts; poke(): void };

const scopeOf = (principal: Principal): ViewScope => ({
  workspaceId: principal.workspaceId,
  projectIds: projectsWith(principal, "operator"),
  me: principal.id,
});
const ticketsOf = ({ workspaceId, projectIds }: ViewScope): Scope => ({ workspaceId, projectIds });
const uuidOf = (publicId: string) => fromPublicId("view", publicId) ?? "";

type Shown = { principal: Principal; catalog: Catalog; people: People; arrangement: Arrangement };

function presentView(row: ViewRow, { principal, catalog, people, arrangement }: Shown): View {
  return {
    id: toPublicId("view", row.id),
    name: row.name,
    icon: row.icon,
    hue: row.hue,
    shared: row.owner_id === null,
    project: row.project_id && toPublicId("project", row.project_id),
    condition: row.condition,
    sort: row.sort,
    version: row.version,
    mayEdit: mayEditView(principal, row, catalog),
    hidden: arrangement.hidden.includes(row.id),
    problems: problemsOf(row.condition, { catalog, people }),
  };
}

/** In the reader's own order; views they have not placed come after, by name. */
function arranged(rows: readonly ViewRow[], { ordered }: Arrangement): ViewRow[] {
  const place = new Map(ordered.map((id, index) => [id, index]));
  return [...rows].sort((a, b) => (place.get(a.id) ?? ordered.length) - (place.get(b.id) ?? ordered.length));
}

async function presentAll(
  { catalogs }: Pick<ViewDeps, "catalogs">,
  db: Queryable,
  principal: Principal,
  rows: readonly ViewRow[],
): Promise<View[]> {
  const scope = scopeOf(principal);
  const conditions = rows.map(({ condition }) => condition);
  const [catalog, people, arrangement] = await Promise.all([
    catalogs.of(principal.workspaceId),
    loadPeople(db, principal.workspaceId, conditions),
    getArrangement(db, scope),
  ]);
  return arranged(rows, arrangement).map((row) =>
    presentView(row, { principal, catalog, people, arrangement }),
  );
}

async function presentOne(deps: ViewDeps, db: Queryable, principal: Principal, row: ViewRow): Promise<View> {
  const [view] = await presentAll(deps, db, principal, [row]);
  if (!view) throw new Error("a view was not presented");
  return view;
}

/** @throws unknown_reference with a pointer to every name of something that never was */
async function checkReferences(
  { catalogs }: ViewDeps,
  db: Queryable,
  workspaceId: string,
  condition: Condition,
  before?: Condition,
): Promise<void> {
  const [catalog, people] = await Promise.all([
    catalogs.of(workspaceId),
    loadPeople(db, workspaceId, [condition]),
  ]);
  const unknown = unknownIn(condition, { catalog, people }, before);
  if (unknown.length > 0) throw refuse("unknown_reference", {}, unknown);
}

/** @throws limit_reached */
async function checkRoom(tx: Transaction, row: Pick<ViewRow, "owner_id" | "project_id">): Promise<void> {
  if ((await countViewsBeside(tx, row)) >= viewsPerPerson)
    throw refuse("limit_reached", { limit: viewsPerPerson, of: "views" });
}

type Told = "view.added" | "view.changed" | "view.deleted" | "view.restored";

/** Shared views are everybody's business: told to those who see them. Personal ones are nobody else's. */
async function tell(deps: ViewDeps, tx: Transaction, principal: Principal, type: Told, row: ViewRow) {
  const { owner_id, project_id: projectId } = row;
  const data = { view: toPublicId("view", row.id), ...(owner_id && { personal: true }) };
  await appendWorkspaceEvent(tx, {
    id: newId(deps.clock),
    type,
    projectId,
    actor: { kind: principal.kind, id: principal.id },
    at: deps.clock.now(),
    data,
  });
  tx.afterCommit(deps.poke);
}

/** The place of a new view. @throws unknown_reference for a project the caller does not see, forbidden where it may not share */
function placeOf(
  principal: Principal,
  { shared, project }: { shared: boolean; project: string | null },
  catalog: Catalog,
): Pick<ViewRow, "owner_id" | "project_id"> {
  if (!shared) return { owner_id: principal.id, project_id: null };
  const project_id = project && (fromPublicId("project", project) ?? "");
  if (project_id !== null && !principal.roles.has(project_id))
    throw refuse("unknown_reference", {}, [{ pointer: "/project", message: "no such project" }]);
  const place = { owner_id: null, project_id };
  requireEditor(principal, place, catalog);
  return place;
}

/** For lists of tickets: a view the caller may use. @throws not_found */
export async function viewOfList(db: Queryable, principal: Principal, publicId: string): Promise<ViewOfList> {
  const row = await findView(db, scopeOf(principal), uuidOf(publicId));
  if (!row) throw refuse("not_found");
  // A project's view shows that project: whoever shares it sees the same.
  const within: Condition[] = row.project_id
    ? [{ field: "project", op: "is", value: [toPublicId("project", row.project_id)] }]
    : [];
  return { condition: { all: [...within, row.condition] }, sort: row.sort };
}

function conditionWithin(row: ViewRow): Condition {
  if (row.project_id === null) return row.condition;
  const project = toPublicId("project", row.project_id);
  return { all: [{ field: "project", op: "is", value: [project] }, row.condition] };
}

async function lockEditable(
  deps: ViewDeps,
  tx: Transaction,
  principal: Principal,
  publicId: string,
  state: "kept" | "deleted" = "kept",
): Promise<ViewRow> {
  const row = await lockView(tx, scopeOf(principal), uuidOf(publicId), state);
  if (!row) throw refuse("not_found");
  requireEditor(principal, row, await deps.catalogs.of(principal.workspaceId));
  return row;
}

export function viewBindings(deps: ViewDeps): Binding[] {
  const { db: database, clock, catalogs, counts } = deps;
  const reader = async (principal: Principal) =>
    readerOf(await catalogs.of(principal.workspaceId), principal.id, clock.now());
  return bindTable(routes.views, {
    list: read(async ({ principal }, db) => ({
      data: await presentAll(deps, db, principal, await listViews(db, scopeOf(principal))),
    })),
    // Takes its connections one by one, as it counts: what is kept needs none.
    counts: own(async ({ principal }) => {
      const scope = scopeOf(principal);
      const rows = await listViews(database.in(principal.workspaceId), scope);
      const views = rows.map((row) => ({ ...row, condition: conditionWithin(row) }));
      const found = await counts.of(ticketsOf(scope), await reader(principal), views);
      return {
        data: rows.map(({ id }) => ({
          view: toPublicId("view", id),
          ...(found.get(id) ?? { count: 0, more: false }),
        })),
      };
    }),
    count: read(async ({ principal, body }, db) =>
      countMatching(db, ticketsOf(scopeOf(principal)), body.condition, await reader(principal)),
    ),
    get: read(async ({ principal, params }, db) => {
      const row = await findView(db, scopeOf(principal), uuidOf(params.id));
      if (!row) throw refuse("not_found");
      return presentOne(deps, db, principal, row);
    }),
    create: command(async ({ principal, body }, tx) => {
      const { name, icon, hue, condition, sort } = body;
      const place = placeOf(principal, body, await catalogs.of(principal.workspaceId));
      if (place.owner_id !== null && principal.kind !== "member") throw refuse("forbidden");
      await checkReferences(deps, tx, tx.workspaceId, condition);
      await checkRoom(tx, place);
      const row: ViewRow = { id: newId(clock), ...place, name, icon, hue, condition, sort, version: 1 };
      await insertView(tx, row, clock.now());
      await tell(deps, tx, principal, "view.added", row);
      return presentOne(deps, tx, principal, row);
    }),
    update: command(async ({ principal, params, body }, tx) => {
      const before = await lockEditable(deps, tx, principal, params.id);
      if (body.version !== undefined && body.version !== before.version) throw refuse("version_conflict");
      if (body.condition) await checkReferences(deps, tx, tx.workspaceId, body.condition, before.condition);
      const { version: _, ...change } = Object.fromEntries(
        Object.entries(body).filter(([, value]) => value !== undefined),
      ) as Partial<ViewRow>;
      const after: ViewRow = { ...before, ...change, version: before.version + 1 };
      await updateView(tx, after);
      await tell(deps, tx, principal, "view.changed", after);
      return presentOne(deps, tx, principal, after);
    }),
    delete: command(async ({ principal, params }, tx) => {
      const row = await lockEditable(deps, tx, principal, params.id);
      await setViewDeleted(tx, row.id, clock.now());
      await tell(deps, tx, principal, "view.deleted", row);
    }),
    restore: command(async ({ principal, params }, tx) => {
      const row = await lockEditable(deps, tx, principal, params.id, "deleted");
      await checkRoom(tx, row);
      await setViewDeleted(tx, row.id, null);
      await tell(deps, tx, principal, "view.restored", row);
      return presentOne(deps, tx, principal, row);
    }),
    arrange: command(async ({ principal, body }, tx) => {
      if (principal.kind !== "member") throw refuse("forbidden");
      const rows = await listViews(tx, scopeOf(principal));
      const seen = new Set(rows.map(({ id }) => id));
      const known = (ids: readonly string[]) => [...new Set(ids.map(uuidOf))].filter((id) => seen.has(id));
      await storeViewArrangement(tx, principal.id, {
        ordered: known(body.order),
        hidden: known(body.hidden),
      });
      return { data: await presentAll(deps, tx, principal, rows) };
    }),
  });
}
