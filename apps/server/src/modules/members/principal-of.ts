import type { Role, Scope } from "@okno/contract";
import { type Queryable, statement } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { adminKeyId, partyOfKey, rolesOfMember } from "./authenticate.ts";

type Row = { name: string; owner: boolean; roles: [string, Role][]; scopes: Scope[] | null; party: string };

const ofMember = statement(
  "members.principal_of_member",
  `select m.name, m.owner, ${rolesOfMember} as roles, null as scopes, m.id as party
   from members m where m.workspace_id = $1 and m.id = $2 and m.disabled_at is null`,
);
const ofKey = statement(
  "members.principal_of_key",
  `select k.name, k.role = 'owner' as owner, to_json(k.scopes) as scopes, ${partyOfKey} as party,
     (select coalesce(json_agg(json_build_array(p.id, k.role) order by p.created_at, p.id), '[]') from projects p
      where p.workspace_id = $1 and (k.project_ids is null or p.id = any(k.project_ids))) as roles
   from api_keys k where k.workspace_id = $1 and k.id = $2 and k.revoked_at is null and (k.expires_at is null or k.expires_at > $3)`,
);
const ofEverything = statement(
  "members.principal_of_admin_key",
  `select 'OKNO_ADMIN_API_KEY' as name, true as owner, null as scopes, '${adminKeyId}' as party,
     (select coalesce(json_agg(json_build_array(p.id, 'owner') order by p.created_at, p.id), '[]') from projects p where p.workspace_id = $1) as roles`,
);

/**
 * Somebody's rights as they are now, for work that goes on after their call; undefined when they have none any more: a disabled member, a
 * revoked key.
 */
export async function principalOf(
  db: Queryable,
  workspaceId: string,
  { kind, id }: Pick<Principal, "kind" | "id">,
  now: Date,
): Promise<Principal | undefined> {
  const [query, values] =
    kind === "member"
      ? [ofMember, [workspaceId, id]]
      : id === adminKeyId
        ? [ofEverything, [workspaceId]]
        : [ofKey, [workspaceId, id, now]];
  const [row] = await db.query<Row>(query as typeof ofMember, values as unknown[]);
  if (!row) return undefined;
  const { name, owner, roles, scopes, party } = row;
  return {
    kind,
    id,
    workspaceId,
    name,
    owner,
    roles: new Map(roles),
    scopes: scopes === null ? "all" : new Set(scopes),
    sessionId: null,
    party,
    mustSign: false,
    unlimited: false,
  };
}
