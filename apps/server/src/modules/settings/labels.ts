import { type Label, routes, toPublicId } from "@okno/contract";
import { statement } from "../../platform/database.ts";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import { newId } from "../../platform/ids.ts";
import {
  administeredProject,
  projectScope,
  recordSetting,
  requireAdministered,
  type SettingsDeps,
  unlessTaken,
  uuidOf,
} from "./deps.ts";
import { enqueueReweigh } from "./reweigh.ts";

type Row = { id: string; project_id: string; name: string; hue: Label["hue"]; weight: number };
const columns = "id, project_id, name, hue, weight";

const list = statement(
  "labels.list",
  `select ${columns} from labels where workspace_id = $1 and project_id = any($2::uuid[]) order by weight desc, lower(name), id`,
);
const lock = statement(
  "labels.lock",
  `select ${columns} from labels where workspace_id = $1 and project_id = any($2::uuid[]) and id = $3 for update`,
);
const insert = statement(
  "labels.insert",
  "insert into labels (workspace_id, id, project_id, name, hue, weight, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
);
const update = statement(
  "labels.update",
  "update labels set hue = $3, weight = $4 where workspace_id = $1 and id = $2",
);

function presentLabel({ id, project_id, name, hue, weight }: Row): Label {
  return { id: toPublicId("label", id), project: toPublicId("project", project_id), name, hue, weight };
}

export function labelBindings(deps: SettingsDeps): Binding[] {
  const { clock } = deps;
  return bindTable(routes.labels, {
    list: read(async ({ principal, query }, db) => {
      const scope = projectScope(principal, query.project, "operator");
      return { data: (await db.query<Row>(list, [principal.workspaceId, scope])).map(presentLabel) };
    }),
    create: command(async ({ principal, body: { project, name, hue, weight } }, tx) => {
      const projectId = administeredProject(principal, project);
      const row: Row = { id: newId(clock), project_id: projectId, name, hue, weight };
      await unlessTaken(
        tx.query(insert, [tx.workspaceId, row.id, projectId, name, hue, weight, clock.now()]),
      );
      const data = { label: toPublicId("label", row.id), hue, weight };
      await recordSetting(deps, tx, principal, { type: "label.added", projectId, data });
      return presentLabel(row);
    }),
    update: command(async ({ principal, params, body }, tx) => {
      const scope = projectScope(principal, undefined, "operator");
      const [found] = await tx.query<Row>(lock, [tx.workspaceId, scope, uuidOf("label", params.id)]);
      const before = requireAdministered(principal, found);
      const after = { ...before, hue: body.hue ?? before.hue, weight: body.weight ?? before.weight };
      await tx.query(update, [tx.workspaceId, before.id, after.hue, after.weight]);
      if (after.weight !== before.weight) await enqueueReweigh(tx, clock, before);
      const data = { label: params.id, hue: after.hue, weight: after.weight };
      await recordSetting(deps, tx, principal, { type: "label.changed", projectId: before.project_id, data });
      return presentLabel(after);
    }),
  });
}
