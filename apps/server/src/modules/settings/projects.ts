import { type Project, routes, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import { type Queryable, sqlState, statement } from "../../platform/database.ts";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import { projectsWith, requireRole } from "../../platform/http/principal.ts";
import { addProject } from "../workspaces/index.ts";
import type { ProjectRow } from "./catalog.ts";
import { recordSetting, type SettingsDeps, unlessTaken, uuidOf } from "./deps.ts";

const columns = "id, name, locale, time_zone, accent, answer_soon_minutes, answer_late_minutes, created_at";
const list = statement(
  "projects.list",
  `select ${columns} from projects where workspace_id = $1 and id = any($2::uuid[]) order by created_at, id`,
);
const update = statement(
  "projects.update",
  `update projects set name = coalesce($3, name), locale = coalesce($4, locale), time_zone = coalesce($5, time_zone),
     accent = coalesce($6, accent), answer_soon_minutes = coalesce($7, answer_soon_minutes),
     answer_late_minutes = coalesce($8, answer_late_minutes) where workspace_id = $1 and id = $2 returning ${columns}`,
);

type Row = Omit<ProjectRow, "created_at"> & { created_at: Date };

function presentProject(row: Row): Project {
  return {
    id: toPublicId("project", row.id),
    name: row.name,
    locale: row.locale,
    timeZone: row.time_zone,
    accent: row.accent,
    answerSoonMinutes: row.answer_soon_minutes,
    answerLateMinutes: row.answer_late_minutes,
    createdAt: row.created_at.toISOString(),
  };
}

async function listProjects(db: Queryable, workspaceId: string, ids: readonly string[]): Promise<Project[]> {
  return (await db.query<Row>(list, [workspaceId, ids])).map(presentProject);
}

/** @throws invalid_request when "soon" would come after "late": the table's own rule. */
async function inOrder<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (sqlState(error) !== "23514") throw error;
    throw refuse("invalid_request", {}, [
      { pointer: "/answerLateMinutes", message: "must be more than answerSoonMinutes" },
    ]);
  }
}

export function projectBindings(deps: SettingsDeps): Binding[] {
  return bindTable(routes.projects, {
    list: read(async ({ principal }, db) => ({
      data: await listProjects(db, principal.workspaceId, projectsWith(principal, "operator")),
    })),
    create: command(async ({ principal, body }, tx) => {
      const id = await unlessTaken(addProject(tx, deps.clock, body));
      const project = toPublicId("project", id);
      await recordSetting(deps, tx, principal, { type: "project.added", projectId: id, data: { project } });
      tx.afterCommit(() => deps.accessChanged(tx.workspaceId));
      const [made] = await listProjects(tx, tx.workspaceId, [id]);
      if (!made) throw new Error("a project just written was not answered");
      return made;
    }),
    update: command(async ({ principal, params, body }, tx) => {
      const id = uuidOf("project", params.id);
      requireRole(principal, id, "admin");
      const { name, locale, timeZone, accent, answerSoonMinutes, answerLateMinutes } = body;
      const given = [name, locale, timeZone, accent, answerSoonMinutes, answerLateMinutes];
      const values = given.map((value) => value ?? null);
      const [row] = await inOrder(unlessTaken(tx.query<Row>(update, [tx.workspaceId, id, ...values])));
      if (!row) throw refuse("not_found");
      const data = { project: params.id, fields: Object.keys(body) };
      await recordSetting(deps, tx, principal, { type: "project.changed", projectId: id, data });
      return presentProject(row);
    }),
  });
}
