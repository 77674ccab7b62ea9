import { toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import { type Queryable, statement } from "../../platform/database.ts";
import { lockAnyTicket } from "./queries.ts";
import type { TicketRow } from "./row.ts";

// A merged ticket may lie in one that was merged later. There are no circles: only a standing ticket takes another in.
const findStanding = statement(
  "tickets.find_standing",
  `with recursive chain as (
     select id, number, merged_into from tickets where workspace_id = $1 and id = $2
     union all select n.id, n.number, n.merged_into from chain join tickets n on n.workspace_id = $1 and n.id = chain.merged_into
   ) select id, number from chain where merged_into is null`,
);

export type StandingTicket = { id: string; number: number };

/** The ticket that stands for an id: itself, or the one that took it in, however many merges lie between. */
async function findStandingTicket(
  db: Queryable,
  workspaceId: string,
  id: string,
): Promise<StandingTicket | undefined> {
  const [row] = await db.query<StandingTicket>(findStanding, [workspaceId, id]);
  return row;
}

/**
 * Locks the ticket that stands for an id: whatever is merged or parted meanwhile, what is written under this lock lies where the
 * conversation really goes on.
 */
export async function lockStanding(
  tx: Queryable,
  workspaceId: string,
  id: string,
): Promise<TicketRow | undefined> {
  for (;;) {
    const standing = await findStandingTicket(tx, workspaceId, id);
    const ticket = standing && (await lockAnyTicket(tx, workspaceId, standing.id));
    if (!ticket) return undefined;
    // While we waited for the lock another merge may have gone by, or its undo; under the lock none can.
    if ((await findStandingTicket(tx, workspaceId, id))?.id === ticket.id) return ticket;
  }
}

/** @throws ticket_merged, naming the ticket that has it now. */
export async function requireStanding(tx: Queryable, ticket: TicketRow): Promise<void> {
  if (ticket.merged_into === null) return;
  const standing = await findStandingTicket(tx, ticket.workspace_id, ticket.id);
  throw refuse("ticket_merged", {
    ticket: standing ? { id: toPublicId("ticket", standing.id), number: standing.number } : null,
  });
}
