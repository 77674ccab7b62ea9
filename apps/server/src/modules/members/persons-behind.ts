import { type Queryable, statement } from "../../platform/database.ts";
import { partyOfKey } from "./authenticate.ts";

const behind = statement(
  "members.persons_behind",
  `select k.id, ${partyOfKey} as party from api_keys k where k.workspace_id = $1 and k.id = any($2::uuid[])`,
);
const countMembers = statement(
  "members.count_given",
  "select count(*)::int as found from members where workspace_id = $1 and id = any($2::uuid[])",
);

/** Who stands behind members and keys: for a key its `party`, for anybody else the id itself. */
export async function personsBehind(
  db: Queryable,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query<{ id: string; party: string }>(behind, [workspaceId, [...ids]]);
  const known = new Map(rows.map(({ id, party }) => [id, party]));
  return new Map(ids.map((id) => [id, known.get(id) ?? id]));
}

/** Whether all of these are members of the workspace. */
export async function areMembers(
  db: Queryable,
  workspaceId: string,
  ids: readonly string[],
): Promise<boolean> {
  const [row] = await db.query<{ found: number }>(countMembers, [workspaceId, [...ids]]);
  return row?.found === new Set(ids).size;
}
