import type { KindTickets, LockedTicket, NewKindTicket } from "@okno/kit";
import { type Queryable, statement, type Transaction } from "../../platform/database.ts";
import { eventsValue, storingEvents } from "../journal/index.ts";
import {
  type FlowOf,
  listHistory,
  lockAnyTicket,
  lockTicket,
  moved,
  type Numbers,
  nobodyId,
  step,
  type TicketRow,
  writeChange,
} from "../tickets/index.ts";

const storing = storingEvents("$1", "$12");
// A ticket without a customer's words: row, history, outbox and counter in one statement.
const insert = statement(
  "kinds.insert_ticket",
  `with made as (
     insert into tickets (workspace_id, id, project_id, kind, number, state, phase, subject, seq, message_seq, created_at, activity_at,
       completed_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $10, case when $7 = 'done' then $10::timestamptz end
   ), counted as (
     insert into inbox_deltas (workspace_id, id, project_id, phase, assignee_id, team_id, change)
     values ($1, gen_random_uuid(), $3, $7, $11, $11, 1)
   ), ${storing.parts} ${storing.end}`,
);

async function open(tx: Queryable & { workspaceId: string }, ticket: NewKindTicket): Promise<void> {
  const events = ticket.happenings.map((happening, index) => ({
    ...happening,
    ticketId: ticket.id,
    seq: index + 1,
    at: ticket.now,
  }));
  await tx.query(insert, [
    tx.workspaceId,
    ticket.id,
    ticket.projectId,
    ticket.kind,
    ticket.number,
    ticket.state,
    ticket.phase,
    ticket.subject,
    events.length,
    ticket.now,
    nobodyId,
    eventsValue(events),
  ]);
}

async function lock(
  tx: Transaction,
  ticketId: string,
  projectIds: readonly string[] | null,
): Promise<LockedTicket | undefined> {
  if (projectIds === null) return lockAnyTicket(tx, tx.workspaceId, ticketId);
  return lockTicket(tx, { workspaceId: tx.workspaceId, projectIds }, ticketId);
}

/** Tickets as kinds reach them. */
export function createKindTickets({
  numbers,
  flowOf,
  poke,
}: {
  numbers: Numbers;
  flowOf: FlowOf;
  poke(): void;
}): KindTickets {
  return {
    async takeNumber(workspaceId) {
      const [number] = await numbers.take(workspaceId, 1);
      if (number === undefined) throw new Error("no number was leased");
      return number;
    },
    async open(tx, ticket) {
      await open(tx, ticket);
      tx.afterCommit(poke);
    },
    lock,
    async move(tx, locked, { action, actor, happenings, outcome, now }) {
      const ticket = locked as TicketRow;
      const taken = step(ticket, action, { flow: flowOf(ticket.kind), actor, now });
      const after = moved(ticket, taken, actor, now);
      await writeChange(tx, ticket, outcome === undefined ? after : { ...after, outcome }, happenings, now);
      tx.afterCommit(poke);
    },
    history: listHistory,
    async note(tx, locked, happenings, now) {
      const ticket = locked as TicketRow;
      await writeChange(tx, ticket, ticket, happenings, now);
      tx.afterCommit(poke);
    },
  };
}
