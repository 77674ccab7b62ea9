import { type Me, type Member, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import { type Queryable, statement } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";

export type GrantRow = { project_id: string; role: Member["grants"][number]["role"] };
export type PersonRow = {
  id: string;
  name: string;
  email: string;
  owner: boolean;
  has_password: boolean;
  locale: Me["preferences"]["locale"];
  theme: Me["preferences"]["theme"];
  density: Me["preferences"]["density"];
  undo_send_seconds: Me["preferences"]["undoSendSeconds"];
  signature: string;
  created_at: Date;
  last_seen_at: Date | null;
  disabled_at: Date | null;
  availability: Member["availability"]["status"];
  availability_until: Date | null;
  grants: GrantRow[];
};

const columns = `m.id, m.name, m.email, m.owner, m.password_hash is not null as has_password, m.locale, m.theme, m.density, m.undo_send_seconds, m.signature, m.created_at,
  m.last_seen_at, m.disabled_at, m.availability, m.availability_until,
  (select coalesce(json_agg(json_build_object('project_id', g.project_id, 'role', g.role) order by g.project_id), '[]')
   from grants g where g.workspace_id = $1 and g.member_id = m.id) as grants`;

// The one predicate of members: everyone for an owner; else oneself, the owners, and who shares a project with the caller.
const visible = `m.workspace_id = $1 and ($2 or m.id = $3 or m.owner or exists (
  select from grants v where v.workspace_id = $1 and v.member_id = m.id and v.project_id = any($4::uuid[])))`;

const find = statement("members.find", `select ${columns} from members m where ${visible} and m.id = $5`);
const list = statement(
  "members.list",
  `select ${columns} from members m where ${visible} and ($5::uuid is null or m.id > $5) order by m.id limit $6`,
);
const findMe = statement(
  "members.find_me",
  `select ${columns}, w.name as workspace_name, w.demo from members m join workspaces w on w.id = m.workspace_id
   where m.workspace_id = $1 and m.id = $2`,
);

const scopeOf = (principal: Principal) => [
  principal.workspaceId,
  principal.owner,
  principal.id,
  [...principal.roles.keys()],
];

export async function findPerson(
  db: Queryable,
  principal: Principal,
  id: string,
): Promise<PersonRow | undefined> {
  const [row] = await db.query<PersonRow>(find, [...scopeOf(principal), id]);
  return row;
}

/** @throws not_found, also for somebody the caller may not see. */
export async function getPerson(db: Queryable, principal: Principal, id: string): Promise<PersonRow> {
  const row = await findPerson(db, principal, id);
  if (!row) throw refuse("not_found");
  return row;
}

/** Visible members after an id, oldest first. */
export function listPeople(
  db: Queryable,
  principal: Principal,
  afterId: string | undefined,
  limit: number,
): Promise<PersonRow[]> {
  return db.query<PersonRow>(list, [...scopeOf(principal), afterId ?? null, limit]);
}

function statusOf(row: PersonRow): Member["status"] {
  if (row.disabled_at) return "disabled";
  return row.has_password ? "active" : "invited";
}

/** A member with the grants that the caller may know of. */
export function presentPerson(row: PersonRow, principal: Principal): Member {
  const seen = row.grants.filter((grant) => principal.owner || principal.roles.has(grant.project_id));
  return presentWith(row, seen);
}

function presentWith(row: PersonRow, grants: readonly GrantRow[]): Member {
  return {
    id: toPublicId("member", row.id),
    name: row.name,
    email: row.email,
    owner: row.owner,
    grants: grants.map(({ project_id, role }) => ({ project: toPublicId("project", project_id), role })),
    status: statusOf(row),
    availability: { status: row.availability, until: row.availability_until?.toISOString() ?? null },
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  };
}

/** What the signed-in person sees of themselves. */
export async function getMe(
  db: Queryable,
  { workspaceId, memberId, sessionId }: { workspaceId: string; memberId: string; sessionId: string },
): Promise<Me> {
  const [row] = await db.query<PersonRow & { workspace_name: string; demo: boolean }>(findMe, [
    workspaceId,
    memberId,
  ]);
  if (!row) throw refuse("unauthenticated");
  const { locale, theme, density, undo_send_seconds, signature } = row;
  return {
    workspace: { id: toPublicId("workspace", workspaceId), name: row.workspace_name },
    member: presentWith(row, row.grants),
    preferences: { locale, theme, density, undoSendSeconds: undo_send_seconds, signature },
    session: toPublicId("session", sessionId),
    demo: row.demo,
  };
}
