import { type Follower, maxFollowersPerTicket, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import { type Queryable, statement, type Transaction } from "../../platform/database.ts";
import type { ActorRef } from "../journal/index.ts";
import type { Happening, TicketRow } from "../tickets/index.ts";

type FollowerRow = { member_id: string; name: string; followed_at: Date };

const list = statement(
  "followers.list",
  `select f.member_id, m.name, f.followed_at
   from ticket_followers f join members m on m.workspace_id = f.workspace_id and m.id = f.member_id
   where f.workspace_id = $1 and f.ticket_id = $2 order by f.followed_at, f.member_id`,
);
// Somebody who works in the ticket's project and is not disabled, and does not follow it yet.
const insert = statement(
  "followers.insert",
  `insert into ticket_followers (workspace_id, ticket_id, member_id, followed_at)
   select $1, $2, m.id, $5 from members m
   where m.workspace_id = $1 and m.id = any($4::uuid[]) and m.disabled_at is null
     and (m.owner or exists (select from grants g where g.workspace_id = $1 and g.member_id = m.id and g.project_id = $3))
   on conflict do nothing returning member_id`,
);
const remove = statement(
  "followers.remove",
  "delete from ticket_followers where workspace_id = $1 and ticket_id = $2 and member_id = $3 returning member_id",
);
const count = statement(
  "followers.count",
  "select count(*)::int as followers from ticket_followers where workspace_id = $1 and ticket_id = $2",
);

/** Who follows a ticket, in the order they began. The caller has found the ticket in its scope. */
export async function listFollowers(
  db: Queryable,
  workspaceId: string,
  ticketId: string,
): Promise<Follower[]> {
  const rows = await db.query<FollowerRow>(list, [workspaceId, ticketId]);
  return rows.map(({ member_id, name, followed_at }) => ({
    member: toPublicId("member", member_id),
    name,
    followedAt: followed_at.toISOString(),
  }));
}

type ToFollow = { memberIds: readonly string[]; actor: ActorRef; now: Date };

/**
 * Lets members follow a ticket that the caller has locked: those who work in its project and do not follow it yet; the others are passed
 * over. Answers what is to be told, for the caller to write with its own change (`writeChange`).
 * @throws limit_reached
 */
export async function addFollowers(
  tx: Transaction,
  ticket: TicketRow,
  { memberIds, actor, now }: ToFollow,
): Promise<Happening[]> {
  if (memberIds.length === 0) return [];
  const values = [ticket.workspace_id, ticket.id, ticket.project_id, memberIds, now];
  const added = await tx.query<{ member_id: string }>(insert, values);
  if (added.length === 0) return [];
  const [row] = await tx.query<{ followers: number }>(count, [ticket.workspace_id, ticket.id]);
  if ((row?.followers ?? 0) > maxFollowersPerTicket)
    throw refuse("limit_reached", { max: maxFollowersPerTicket });
  return added.map(({ member_id }) => ({
    type: "ticket.followed",
    actor,
    data: { member: toPublicId("member", member_id) },
  }));
}

/** Lets a member no longer follow a ticket that the caller has locked; answers what is to be told. */
export async function removeFollower(
  tx: Transaction,
  ticket: TicketRow,
  { memberId, actor }: { memberId: string; actor: ActorRef },
): Promise<Happening[]> {
  const gone = await tx.query(remove, [ticket.workspace_id, ticket.id, memberId]);
  if (gone.length === 0) return [];
  return [{ type: "ticket.unfollowed", actor, data: { member: toPublicId("member", memberId) } }];
}
