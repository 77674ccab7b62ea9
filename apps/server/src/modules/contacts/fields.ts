import {
  type BodyOf,
  type ContactField,
  contactFieldsPerProject,
  fromPublicId,
  type routes as Routes,
  routes,
  toPublicId,
} from "@okno/contract";
import { refuse } from "@okno/kit";
import { sqlState, statement, type Transaction } from "../../platform/database.ts";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import { type Principal, projectsWith, requireRole } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import { type ContactDeps, recordContact } from "./record.ts";

type Row = {
  id: string;
  project_id: string;
  kind: ContactField["kind"];
  name: string;
  choices: string[];
  place: number;
  archived_at: Date | null;
};
const columns = "id, project_id, kind, name, choices, place, archived_at";

// One range of the index a project.
const list = statement(
  "contact_fields.list",
  `select f.* from unnest($2::uuid[]) p (id) cross join lateral (
     select ${columns} from contact_fields where workspace_id = $1 and project_id = p.id order by place, id limit 1000
   ) f order by f.archived_at is not null, f.place, f.id`,
);
const find = statement(
  "contact_fields.find",
  `select ${columns} from contact_fields where workspace_id = $1 and project_id = any($2::uuid[]) and id = $3`,
);
// Changes of one project's fields go one after the other: only so do counting and places hold.
const lockProject = statement(
  "contact_fields.lock_project",
  "select 1 from projects where workspace_id = $1 and id = $2 for no key update",
);
const listOrder = statement(
  "contact_fields.list_order",
  "select id from contact_fields where workspace_id = $1 and project_id = $2 and archived_at is null order by place, id",
);
const insert = statement(
  "contact_fields.insert",
  `insert into contact_fields (workspace_id, id, project_id, kind, name, choices, place, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
const update = statement(
  "contact_fields.update",
  "update contact_fields set name = $3, choices = $4, archived_at = $5 where workspace_id = $1 and id = $2",
);
const arrange = statement(
  "contact_fields.arrange",
  `update contact_fields f set place = o.place from unnest($2::uuid[]) with ordinality as o (id, place)
   where f.workspace_id = $1 and f.id = o.id and f.place <> o.place`,
);

function present(row: Row): ContactField {
  return {
    id: toPublicId("contactField", row.id),
    project: toPublicId("project", row.project_id),
    kind: row.kind,
    name: row.name,
    choices: row.choices,
    archivedAt: row.archived_at?.toISOString() ?? null,
  };
}

async function unlessTaken(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (sqlState(error) === "23505") throw refuse("already_exists");
    throw error;
  }
}

async function orderOf(tx: Transaction, projectId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(listOrder, [tx.workspaceId, projectId]);
  return rows.map(({ id }) => id);
}

function requireRoom(order: readonly string[]): void {
  if (order.length >= contactFieldsPerProject)
    throw refuse("limit_reached", { limit: contactFieldsPerProject, of: "fields" });
}

type Fields = (typeof Routes)["contactFields"];

async function createField(
  deps: ContactDeps,
  tx: Transaction,
  principal: Principal,
  body: BodyOf<Fields["create"]>,
): Promise<ContactField> {
  const projectId = fromPublicId("project", body.project) ?? "";
  if (!principal.roles.has(projectId))
    throw refuse("unknown_reference", {}, [{ pointer: "/project", message: "no such project" }]);
  requireRole(principal, projectId, "admin");
  await tx.query(lockProject, [tx.workspaceId, projectId]);
  const order = await orderOf(tx, projectId);
  requireRoom(order);
  const { kind, name, choices } = body;
  const row: Row = {
    id: newId(deps.clock),
    project_id: projectId,
    kind,
    name,
    choices,
    place: order.length + 1,
    archived_at: null,
  };
  const values = [tx.workspaceId, row.id, projectId, kind, name, choices, row.place, deps.clock.now()];
  await unlessTaken(tx.query(insert, values));
  const data = { field: toPublicId("contactField", row.id), kind };
  await recordContact(deps, tx, principal, { type: "contact_field.added", projectId, data });
  return present(row);
}

/** The field for changing, behind its project's lock. @throws not_found, forbidden. */
async function administered(tx: Transaction, principal: Principal, publicId: string): Promise<Row> {
  const values = [
    tx.workspaceId,
    projectsWith(principal, "operator"),
    fromPublicId("contactField", publicId),
  ];
  const [seen] = await tx.query<Row>(find, values);
  if (!seen) throw refuse("not_found");
  requireRole(principal, seen.project_id, "admin");
  await tx.query(lockProject, [tx.workspaceId, seen.project_id]);
  const [row] = await tx.query<Row>(find, values);
  if (!row) throw refuse("not_found");
  return row;
}

async function updateField(
  deps: ContactDeps,
  tx: Transaction,
  principal: Principal,
  id: string,
  body: BodyOf<Fields["update"]>,
): Promise<ContactField> {
  const before = await administered(tx, principal, id);
  if (body.choices && before.kind !== "choice")
    throw refuse("invalid_request", {}, [{ pointer: "/choices", message: "only a choice has choices" }]);
  const restored = body.archived === false && before.archived_at !== null;
  const order = (await orderOf(tx, before.project_id)).filter((each) => each !== before.id);
  if (restored) requireRoom(order);
  const after: Row = {
    ...before,
    name: body.name ?? before.name,
    choices: body.choices ?? before.choices,
    archived_at: restored ? null : before.archived_at,
  };
  await unlessTaken(
    tx.query(update, [tx.workspaceId, before.id, after.name, after.choices, after.archived_at]),
  );
  if (body.place !== undefined || restored) {
    order.splice(body.place ?? order.length, 0, before.id);
    await tx.query(arrange, [tx.workspaceId, order]);
  }
  const data = { field: id, fields: Object.keys(body) };
  const projectId = before.project_id;
  await recordContact(deps, tx, principal, { type: "contact_field.changed", projectId, data });
  return present(after);
}

async function archiveField(
  deps: ContactDeps,
  tx: Transaction,
  principal: Principal,
  id: string,
): Promise<void> {
  const row = await administered(tx, principal, id);
  if (row.archived_at) return;
  const now = deps.clock.now();
  await tx.query(update, [tx.workspaceId, row.id, row.name, row.choices, now]);
  const projectId = row.project_id;
  await recordContact(deps, tx, principal, {
    type: "contact_field.archived",
    projectId,
    data: { field: id },
  });
}

export function contactFieldBindings(deps: ContactDeps): Binding[] {
  return bindTable(routes.contactFields, {
    list: read(async ({ principal, query }, db) => {
      const mine = projectsWith(principal, "operator");
      const wanted = query.project === undefined ? undefined : fromPublicId("project", query.project);
      const scope = query.project === undefined ? mine : mine.filter((id) => id === wanted);
      return { data: (await db.query<Row>(list, [principal.workspaceId, scope])).map(present) };
    }),
    create: command(({ principal, body }, tx) => createField(deps, tx, principal, body)),
    update: command(({ principal, params, body }, tx) => updateField(deps, tx, principal, params.id, body)),
    archive: command(({ principal, params }, tx) => archiveField(deps, tx, principal, params.id)),
  });
}
