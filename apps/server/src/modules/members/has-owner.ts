import { type Queryable, statement } from "../../platform/database.ts";

const find = statement(
  "members.has_owner",
  "select 1 from members where workspace_id = $1 and owner and disabled_at is null limit 1",
);

/** Has the workspace somebody who can let others in? */
export async function hasOwner(db: Queryable, workspaceId: string): Promise<boolean> {
  return (await db.query(find, [workspaceId])).length > 0;
}
