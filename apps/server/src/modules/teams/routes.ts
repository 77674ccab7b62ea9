import { fromPublicId, routes, type Team, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Transaction } from "../../platform/database.ts";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import { type Principal, projectsWith } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import {
  administeredProject,
  projectScope,
  recordSetting,
  requireAdministered,
  type SettingsDeps,
  unlessTaken,
} from "../settings/index.ts";
import {
  archiveTeam,
  insertTeam,
  listPeopleByIds,
  listTeams,
  lockTeam,
  setTeamMembers,
  type TeamRow,
  updateTeam,
} from "./queries.ts";

export type TeamDeps = Pick<SettingsDeps, "clock" | "catalogs" | "poke">;

function presentTeam({ id, project_id, name, hue, members }: TeamRow): Team {
  return {
    id: toPublicId("team", id),
    project: toPublicId("project", project_id),
    name,
    hue,
    members: members.map((member) => toPublicId("member", member)),
  };
}

/** @throws unknown_reference with a pointer to each who does not work in the project; who is in the team already may stay. */
async function checkPeople(
  tx: Transaction,
  { project_id, members: before }: Pick<TeamRow, "project_id" | "members">,
  members: readonly string[],
): Promise<string[]> {
  const ids = members.map((member) => fromPublicId("member", member) ?? "");
  const known = await listPeopleByIds(tx, project_id, ids);
  const wrong = ids.flatMap((id, index) =>
    known.has(id) || before.includes(id)
      ? []
      : [{ pointer: `/members/${index}`, message: "nobody with this id works in the project" }],
  );
  if (wrong.length > 0) throw refuse("unknown_reference", {}, wrong);
  return ids;
}

async function lockAdministered(tx: Transaction, principal: Principal, publicId: string): Promise<TeamRow> {
  const row = await lockTeam(tx, projectsWith(principal, "operator"), fromPublicId("team", publicId) ?? "");
  return requireAdministered(principal, row);
}

export function teamBindings(deps: TeamDeps): Binding[] {
  const { clock } = deps;
  return bindTable(routes.teams, {
    list: read(async ({ principal, query }, db) => {
      const scope = projectScope(principal, query.project, "operator");
      return { data: (await listTeams(db, principal.workspaceId, scope)).map(presentTeam) };
    }),
    create: command(async ({ principal, body }, tx) => {
      const projectId = administeredProject(principal, body.project);
      const members = await checkPeople(tx, { project_id: projectId, members: [] }, body.members);
      const row: TeamRow = {
        id: newId(clock),
        project_id: projectId,
        name: body.name,
        hue: body.hue,
        members,
      };
      await unlessTaken(insertTeam(tx, row, clock.now()));
      const data = { team: toPublicId("team", row.id) };
      await recordSetting(deps, tx, principal, { type: "team.added", projectId, data });
      return presentTeam(row);
    }),
    update: command(async ({ principal, params, body }, tx) => {
      const before = await lockAdministered(tx, principal, params.id);
      const members = body.members ? await checkPeople(tx, before, body.members) : before.members;
      const after = { ...before, name: body.name ?? before.name, hue: body.hue ?? before.hue, members };
      await unlessTaken(updateTeam(tx, after));
      if (body.members) await setTeamMembers(tx, before.id, members);
      const data = { team: params.id, fields: Object.keys(body) };
      await recordSetting(deps, tx, principal, { type: "team.changed", projectId: before.project_id, data });
      return presentTeam(after);
    }),
    archive: command(async ({ principal, params }, tx) => {
      const { id, project_id: projectId } = await lockAdministered(tx, principal, params.id);
      await archiveTeam(tx, id, clock.now());
      const data = { team: params.id };
      await recordSetting(deps, tx, principal, { type: "team.archived", projectId, data });
    }),
  });
}
