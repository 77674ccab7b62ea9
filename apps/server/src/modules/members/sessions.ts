import { type Session, toPublicId } from "@okno/contract";
import type { Clock } from "../../platform/clock.ts";
import { type Queryable, statement, type Transaction } from "../../platform/database.ts";
import type { Peer } from "../../platform/http/binding.ts";
import { digest, newId } from "../../platform/ids.ts";
import { appendWorkspaceEvent, type WorkspaceEvent } from "../journal/index.ts";
import { mintSecret, sessionExpiry } from "./authenticate.ts";

const insert = statement(
  "sessions.insert",
  `insert into sessions (workspace_id, id, member_id, token_hash, user_agent, address, created_at, last_seen_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $7, $8)`,
);
const seen = statement(
  "sessions.member_seen",
  "update members set last_seen_at = $3 where workspace_id = $1 and id = $2",
);
const dropExpired = statement(
  "sessions.drop_expired",
  "delete from sessions where workspace_id = $1 and member_id = $2 and expires_at <= $3",
);
const list = statement(
  "sessions.list",
  `select id, user_agent, address, created_at, last_seen_at, expires_at from sessions
   where workspace_id = $1 and member_id = $2 and expires_at > $3 order by last_seen_at desc, id desc`,
);
const end = statement(
  "sessions.end",
  `delete from sessions where workspace_id = $1 and member_id = $2 and ($3::uuid is null or id = $3) and ($4::uuid is null or id <> $4)
   returning id`,
);

type SessionRow = {
  id: string;
  user_agent: string;
  address: string;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
};

/** Starts a session; only its digest is stored. Answers the secret for the cookie. */
export async function startSession(
  tx: Transaction,
  clock: Clock,
  { memberId, peer }: { memberId: string; peer: Peer },
): Promise<{ id: string; secret: string }> {
  const now = clock.now();
  const id = newId(clock);
  const secret = mintSecret(tx.workspaceId);
  await tx.query(dropExpired, [tx.workspaceId, memberId, now]);
  await tx.query(insert, [
    tx.workspaceId,
    id,
    memberId,
    digest(secret),
    peer.userAgent,
    peer.address,
    now,
    sessionExpiry(now),
  ]);
  await tx.query(seen, [tx.workspaceId, memberId, now]);
  await appendWorkspaceEvent(tx, {
    id: newId(clock),
    type: "session.started",
    projectId: null,
    actor: { kind: "member", id: memberId },
    at: now,
    data: { member: toPublicId("member", memberId), session: toPublicId("session", id) },
  });
  return { id, secret };
}

/** Which of a member's sessions to end: all, one, or all but one. */
export type Which = { only?: string; except?: string };

/** Ends sessions at once, with an event for each: open streams look at their access again. Answers how many ended. */
export async function endSessions(
  tx: Transaction,
  clock: Clock,
  memberId: string,
  actor: WorkspaceEvent["actor"],
  { only, except }: Which = {},
): Promise<number> {
  const ended = await tx.query<{ id: string }>(end, [tx.workspaceId, memberId, only ?? null, except ?? null]);
  for (const { id } of ended) {
    await appendWorkspaceEvent(tx, {
      id: newId(clock),
      type: "session.ended",
      projectId: null,
      actor,
      at: clock.now(),
      data: { member: toPublicId("member", memberId), session: toPublicId("session", id) },
    });
  }
  return ended.length;
}

/** A member's sessions in force, the latest used first. */
export async function listSessions(
  db: Queryable,
  clock: Clock,
  { workspaceId, memberId, currentId }: { workspaceId: string; memberId: string; currentId: string | null },
): Promise<Session[]> {
  const rows = await db.query<SessionRow>(list, [workspaceId, memberId, clock.now()]);
  return rows.map((row) => ({
    id: toPublicId("session", row.id),
    current: row.id === currentId,
    userAgent: row.user_agent,
    address: row.address,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }));
}
