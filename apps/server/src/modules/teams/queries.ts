import type { Team } from "@okno/contract";
import { type Queryable, statement, type Transaction } from "../../platform/database.ts";

export type TeamRow = { id: string; project_id: string; name: string; hue: Team["hue"]; members: string[] };

const columns = `t.id, t.project_id, t.name, t.hue,
  array(select m.member_id from team_members m where m.workspace_id = t.workspace_id and m.team_id = t.id order by m.member_id) as members`;
const inScope = "t.workspace_id = $1 and t.project_id = any($2::uuid[]) and t.archived_at is null";

const list = statement(
  "teams.list",
  `select ${columns} from teams t where ${inScope} order by lower(t.name), t.id`,
);
const lock = statement(
  "teams.lock",
  `select ${columns} from teams t where ${inScope} and t.id = $3 for update of t`,
);
const insert = statement(
  "teams.insert",
  "insert into teams (workspace_id, id, project_id, name, hue, created_at) values ($1, $2, $3, $4, $5, $6)",
);
const update = statement(
  "teams.update",
  "update teams set name = $3, hue = $4 where workspace_id = $1 and id = $2",
);
const archive = statement(
  "teams.archive",
  "update teams set archived_at = $3 where workspace_id = $1 and id = $2",
);
// Whoever stays keeps their row.
const setMembers = statement(
  "teams.set_members",
  `with gone as (delete from team_members where workspace_id = $1 and team_id = $2 and not member_id = any($3::uuid[]))
   insert into team_members (workspace_id, team_id, member_id) select $1, $2, m from unnest($3::uuid[]) as m on conflict do nothing`,
);
// People of the project, as for an assignment.
const findPeople = statement(
  "teams.find_people",
  `select m.id from members m where m.workspace_id = $1 and m.id = any($2::uuid[]) and m.disabled_at is null
     and (m.owner or exists (select from grants g where g.workspace_id = $1 and g.member_id = m.id and g.project_id = $3))`,
);

export async function listTeams(
  db: Queryable,
  workspaceId: string,
  projectIds: readonly string[],
): Promise<TeamRow[]> {
  return db.query<TeamRow>(list, [workspaceId, projectIds]);
}

export async function lockTeam(
  tx: Transaction,
  projectIds: readonly string[],
  id: string,
): Promise<TeamRow | undefined> {
  const [row] = await tx.query<TeamRow>(lock, [tx.workspaceId, projectIds, id]);
  return row;
}

export async function insertTeam(tx: Transaction, row: TeamRow, now: Date): Promise<void> {
  await tx.query(insert, [tx.workspaceId, row.id, row.project_id, row.name, row.hue, now]);
  await setTeamMembers(tx, row.id, row.members);
}

export async function updateTeam(tx: Transaction, { id, name, hue }: TeamRow): Promise<void> {
  await tx.query(update, [tx.workspaceId, id, name, hue]);
}

export async function setTeamMembers(tx: Transaction, id: string, members: readonly string[]): Promise<void> {
  await tx.query(setMembers, [tx.workspaceId, id, members]);
}

export async function archiveTeam(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.query(archive, [tx.workspaceId, id, now]);
}

/** Which of these people work in the project. */
export async function listPeopleByIds(
  tx: Transaction,
  projectId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(findPeople, [tx.workspaceId, ids, projectId]);
  return new Set(rows.map((row) => row.id));
}
