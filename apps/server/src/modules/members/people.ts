import { type EventType, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { sqlState, statement, type Transaction, violatedConstraint } from "../../platform/database.ts";
import { newId } from "../../platform/ids.ts";
import { appendWorkspaceEvent, type WorkspaceEvent } from "../journal/index.ts";
import type { GrantRow } from "./person.ts";

// Changes of people in one workspace go one after the other: "the last owner" and "one person an address" stay true.
const lock = statement("members.lock_people", "select 1 from workspaces where id = $1 for no key update");
const insert = statement(
  "members.insert",
  `insert into members (workspace_id, id, name, email, password_hash, owner, locale, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
const insertGrants = statement(
  "members.insert_grants",
  `insert into grants (workspace_id, member_id, project_id, role)
   select $1, $2, project_id, role from unnest($3::uuid[], $4::text[]) as g (project_id, role)`,
);
const deleteGrants = statement(
  "members.delete_grants",
  "delete from grants where workspace_id = $1 and member_id = $2 and project_id = any($3::uuid[])",
);

export async function lockPeople(tx: Transaction): Promise<void> {
  await tx.query(lock, [tx.workspaceId]);
}

type Happening = {
  type: EventType;
  memberId: string;
  actor: WorkspaceEvent["actor"];
  projectId?: string;
  data?: Record<string, unknown>;
};

/** A journal event about a person. */
export async function recordPerson(
  tx: Transaction,
  clock: Clock,
  { type, memberId, actor, projectId, data }: Happening,
): Promise<void> {
  await appendWorkspaceEvent(tx, {
    id: newId(clock),
    type,
    projectId: projectId ?? null,
    actor,
    at: clock.now(),
    data: { member: toPublicId("member", memberId), ...data },
  });
}

export type NewMember = {
  name: string;
  email: string;
  owner: boolean;
  grants: readonly GrantRow[];
  locale: "ru" | "en";
  /** null: signs in after using a one-time link. */
  passwordHash: string | null;
};

/** Adds a member with grants and events. @throws already_exists when the workspace has a member with this address. */
export async function addMember(
  tx: Transaction,
  clock: Clock,
  member: NewMember,
  actor?: WorkspaceEvent["actor"],
): Promise<string> {
  const id = newId(clock);
  const { name, email, passwordHash, owner, locale, grants } = member;
  try {
    await tx.query(insert, [tx.workspaceId, id, name, email, passwordHash, owner, locale, clock.now()]);
  } catch (error) {
    if (sqlState(error) === "23505" && violatedConstraint(error) === "members_email")
      throw refuse("already_exists");
    throw error;
  }
  const by = actor ?? { kind: "member" as const, id };
  await recordPerson(tx, clock, { type: "member.added", memberId: id, actor: by, data: { owner } });
  await replaceGrants(tx, clock, { memberId: id, actor: by, before: [], after: grants });
  return id;
}

type GrantsChange = {
  memberId: string;
  actor: WorkspaceEvent["actor"];
  before: readonly GrantRow[];
  after: readonly GrantRow[];
};

/** Writes the difference, and an event in each project where the role became another. */
export async function replaceGrants(
  tx: Transaction,
  clock: Clock,
  { memberId, actor, before, after }: GrantsChange,
): Promise<void> {
  const was = new Map(before.map(({ project_id, role }) => [project_id, role]));
  const is = new Map(after.map(({ project_id, role }) => [project_id, role]));
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id));
  if (changed.length === 0) return;
  const kept = changed.filter((id) => is.has(id));
  await tx.query(deleteGrants, [tx.workspaceId, memberId, changed]);
  await tx.query(insertGrants, [tx.workspaceId, memberId, kept, kept.map((id) => is.get(id))]);
  for (const projectId of changed) {
    const data = { role: is.get(projectId) ?? null };
    await recordPerson(tx, clock, { type: "member.changed", memberId, actor, projectId, data });
  }
}
