import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Database, type Queryable, statement, type Transaction } from "../../platform/database.ts";
import { digest, newId } from "../../platform/ids.ts";
import { mintSecret, workspaceOfSecret } from "./authenticate.ts";

const dayMs = 86_400_000;
const memberLinkDays = 3;
const firstOwnerLinkDays = 7;

const dropUnused = statement(
  "links.drop_unused",
  "delete from one_time_links where workspace_id = $1 and member_id is not distinct from $2 and used_at is null",
);
const insert = statement(
  "links.insert",
  "insert into one_time_links (workspace_id, id, token_hash, member_id, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)",
);
// A link for the first owner is worth nothing once there is one; a disabled member's link neither.
const good = `l.workspace_id = $1 and l.token_hash = $2 and l.used_at is null and l.expires_at > $3
  and case when l.member_id is null
    then not exists (select from members o where o.workspace_id = $1 and o.owner and o.password_hash is not null)
    else exists (select from members m where m.workspace_id = $1 and m.id = l.member_id and m.disabled_at is null) end`;
const find = statement(
  "links.find",
  `select l.member_id, w.name as workspace_name, m.name, m.email from one_time_links l join workspaces w on w.id = l.workspace_id
   left join members m on m.workspace_id = l.workspace_id and m.id = l.member_id where ${good}`,
);
// The row lock decides between uses at the same moment: the second one finds it used.
const use = statement(
  "links.use",
  `update one_time_links l set used_at = $3 where ${good} returning l.member_id`,
);

export type LinkRow = {
  member_id: string | null;
  workspace_name: string;
  name: string | null;
  email: string | null;
};
export type NewLink = { token: string; expiresAt: Date };

/** A new one-time link; the earlier unused ones for the same person stop working. `memberId` null: for the first owner. */
export async function createLink(tx: Transaction, clock: Clock, memberId: string | null): Promise<NewLink> {
  const now = clock.now();
  const token = mintSecret(tx.workspaceId);
  const days = memberId === null ? firstOwnerLinkDays : memberLinkDays;
  const expiresAt = new Date(now.getTime() + days * dayMs);
  await dropLinks(tx, memberId);
  await tx.query(insert, [tx.workspaceId, newId(clock), digest(token), memberId, now, expiresAt]);
  return { token, expiresAt };
}

export async function dropLinks(tx: Transaction, memberId: string | null): Promise<void> {
  await tx.query(dropUnused, [tx.workspaceId, memberId]);
}

const findOwner = statement(
  "links.find_owner",
  "select 1 from members where workspace_id = $1 and owner and password_hash is not null limit 1",
);

/** Has the workspace an owner who can sign in? */
export async function hasOwner(db: Queryable, workspaceId: string): Promise<boolean> {
  return (await db.query(findOwner, [workspaceId])).length > 0;
}

/** The link that makes its first user the owner of a workspace that has none. */
export function createFirstOwnerLink(db: Database, clock: Clock, workspaceId: string): Promise<NewLink> {
  return db.transaction(workspaceId, (tx) => createLink(tx, clock, null));
}

/** The address to hand over. The token stands in the fragment: browsers send it to no server, and no referrer has it. */
export function linkUrl(base: string, token: string): string {
  return `${base}/welcome#${token}`;
}

/** @throws link_expired for everything that is no link in force. */
export function workspaceOfLink(token: string): string {
  const workspaceId = workspaceOfSecret(token);
  if (!workspaceId) throw refuse("link_expired");
  return workspaceId;
}

/** @throws link_expired */
export async function getLink(
  db: Queryable,
  workspaceId: string,
  token: string,
  now: Date,
): Promise<LinkRow> {
  const [row] = await db.query<LinkRow>(find, [workspaceId, digest(token), now]);
  if (!row) throw refuse("link_expired");
  return row;
}

/** Takes the link: of several at the same moment one succeeds. @throws link_expired */
export async function takeLink(
  tx: Transaction,
  token: string,
  now: Date,
): Promise<{ memberId: string | null }> {
  const [row] = await tx.query<{ member_id: string | null }>(use, [tx.workspaceId, digest(token), now]);
  if (!row) throw refuse("link_expired");
  return { memberId: row.member_id };
}
