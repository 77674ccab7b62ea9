import { runFlow } from "@okno/kit";
import { type Queryable, statement, type Transaction } from "../../platform/database.ts";
import type { ActorRef } from "../journal/index.ts";
import { type Happening, moved, type TicketRow, writeChange } from "../tickets/index.ts";
import type { ConfirmationDeps } from "./deps.ts";
import type { ConfirmationRow } from "./queries.ts";

const findOpenDialogue = statement(
  "confirmations.find_open_dialogue",
  `select id from tickets where workspace_id = $1 and channel_id = $2 and identity_id = $3 and phase <> 'done' and id <> $4 limit 1`,
);

/** The conversation the customer has gone on in, where this settled ticket's is not the open one. */
export async function openDialogueBeside(tx: Queryable, ticket: TicketRow): Promise<string | undefined> {
  if (ticket.phase !== "done" || !ticket.identity_id) return undefined;
  const values = [ticket.workspace_id, ticket.channel_id, ticket.identity_id, ticket.id];
  const [open] = await tx.query<{ id: string }>(findOpenDialogue, values);
  return open?.id;
}

export type Settlement = {
  row: ConfirmationRow;
  /** Absent while more people must say yes. */
  status: "confirmed" | "refused" | "expired" | undefined;
  happenings: readonly Happening[];
  actor: ActorRef;
  now: Date;
};

// A ticket that waits for an answer has it now; a settled matter that the customer says no to is not settled.
function comesBack(ticket: TicketRow, { status, actor }: Settlement): boolean {
  if (status === undefined) return false;
  if (ticket.phase === "waiting") return ticket.waiting_for === "reply";
  return ticket.phase === "done" && status === "refused" && actor.kind === "contact";
}

async function returned(
  { flowOf }: Pick<ConfirmationDeps, "flowOf">,
  tx: Queryable,
  ticket: TicketRow,
  settlement: Settlement,
): Promise<{ after: TicketRow; told: Happening[] }> {
  const { actor, now, status } = settlement;
  const facts = { assignee: ticket.assignee_id, actor: actor.id };
  const taken = runFlow(flowOf(ticket.kind), ticket.state, "customer_wrote", facts);
  const back = comesBack(ticket, settlement) && taken.ok && !(await openDialogueBeside(tx, ticket));
  const refused = status === "refused" && actor.kind === "contact";
  const waits = refused ? { waiting_since: ticket.waiting_since ?? now } : {};
  if (!back) return { after: ticket, told: [] };
  const data = { why: status === "expired" ? "time" : "reply", from: ticket.phase };
  return {
    after: { ...moved(ticket, taken, actor, now), ...waits },
    told: [{ type: "ticket.returned", actor, data }],
  };
}

/** Writes what an answer, or the end of its time, means for the ticket, whose row lock is held; a kind then moves its own state on. */
export async function writeSettlement(
  deps: ConfirmationDeps,
  tx: Transaction,
  ticket: TicketRow,
  settlement: Settlement,
): Promise<TicketRow> {
  const { row, status, happenings, actor, now } = settlement;
  const settled = deps.kindConfirmations(ticket.kind)?.settled;
  const { after, told } = settled
    ? { after: ticket, told: [] }
    : await returned(deps, tx, ticket, settlement);
  const written = await writeChange(tx, ticket, after, [...happenings, ...told], now);
  if (settled && status)
    await settled(tx, {
      confirmationId: row.id,
      ticketId: row.ticket_id,
      purpose: row.purpose,
      method: row.method,
      status,
      actor,
      now,
    });
  tx.afterCommit(deps.poke);
  return written;
}
