import { fromPublicId, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Transaction } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import { appendTicketEvents } from "../journal/index.ts";
import { linkUntold } from "../links/index.ts";
import {
  lockTicket,
  nobodyId,
  requireStanding,
  type TicketRow,
  ticketScope,
  updateTicket,
  writeChange,
} from "../tickets/index.ts";
import { summed } from "./decide.ts";
import type { MergingDeps } from "./deps.ts";
import * as sql from "./queries.ts";

export type SplitInput = { ticketId: string; messageId: string; subject: string; following: boolean };

/** The ticket, locked, and what leaves it. @throws not_found, ticket_merged, action_not_allowed. */
async function parted(
  tx: Transaction,
  principal: Principal,
  { ticketId, messageId, following }: SplitInput,
): Promise<{ ticket: TicketRow; messages: sql.Movable[] }> {
  const ticket = await lockTicket(tx, ticketScope(principal), fromPublicId("ticket", ticketId) ?? "");
  if (!ticket) throw refuse("not_found");
  await requireStanding(tx, ticket);
  const all = await tx.query<sql.Movable>(sql.listAll, [tx.workspaceId, ticket.id]);
  const at = all.findIndex(({ id }) => id === fromPublicId("message", messageId));
  if (at === -1) throw refuse("not_found");
  const messages = all.slice(at, following ? undefined : at + 1);
  // Something must remain that the customer said or was told: a ticket is not emptied, it is merged.
  if (!all.some((message) => message.direction !== "note" && !messages.includes(message)))
    throw refuse("action_not_allowed", { action: "split", state: ticket.state });
  return { ticket, messages };
}

async function sumOf(tx: Transaction, ticketId: string): Promise<sql.Sum | undefined> {
  const [sum] = await tx.query<sql.Sum>(sql.sumUp, [tx.workspaceId, ticketId]);
  return sum;
}

/**
 * A message, and those after it if asked, becomes a ticket of its own. For the customer nothing changes: both tickets are parts of one
 * conversation, answers in either come there, and what is written next comes into the first. Merging it back undoes it.
 * @throws not_found, ticket_merged, action_not_allowed when nothing would remain.
 */
export async function splitTicket(
  deps: MergingDeps,
  tx: Transaction,
  principal: Principal,
  input: SplitInput,
): Promise<TicketRow> {
  const { ticket, messages } = await parted(tx, principal, input);
  const now = deps.clock.now();
  const actor = { kind: principal.kind, id: principal.id } as const;
  const [number = 0] = await deps.numbers.take(tx.workspaceId, 1);
  const flow = deps.flowOf(ticket.kind);
  const id = newId(deps.clock);
  await tx.query(sql.insertTicket, [
    tx.workspaceId,
    ticket.id,
    id,
    number,
    flow.initial,
    flow.states[flow.initial]?.phase ?? "open",
    input.subject,
    now,
    nobodyId,
  ]);
  const places = messages.map((message, index) => ({ id: message.id, seq: index + 1 }));
  await sql.moveMessages(tx, { from: ticket.id, to: id, places });
  await tx.query(sql.insertSplit, [
    tx.workspaceId,
    id,
    ticket.id,
    messages.map((each) => each.id),
    messages.map((each) => each.seq),
    now,
  ]);
  const left = await writeChange(
    tx,
    ticket,
    withWaiting(summed(ticket, await sumOf(tx, ticket.id)), ticket),
    [
      {
        type: "ticket.split",
        actor,
        data: { into: toPublicId("ticket", id), number, messages: messages.length },
      },
    ],
    now,
  );
  const made = await lockTicket(tx, ticketScope(principal), id);
  if (!made) throw new Error("a ticket just split was not found");
  const written: TicketRow = {
    ...summed(made, await sumOf(tx, id)),
    conversations: [...new Set(messages.map(({ conversation }) => conversation))],
    seq: messages.length,
    message_seq: messages.length,
  };
  await updateTicket(tx, written);
  await appendTicketEvents(tx, [
    {
      ticketId: id,
      seq: 1,
      type: "ticket.created",
      actor,
      at: now,
      data: {
        message: toPublicId("message", messages[0]?.id ?? ""),
        channel: ticket.channel_id && toPublicId("channel", ticket.channel_id),
        splitFrom: toPublicId("ticket", left.id),
        number: left.number,
      },
    },
  ]);
  await linkUntold(tx, { ticket: written, other: left }, "related", now);
  tx.afterCommit(deps.poke);
  return written;
}

/** Whoever was not waiting before does not wait now. */
const withWaiting = (after: TicketRow, before: TicketRow): TicketRow => ({
  ...after,
  waiting_since: before.waiting_since === null ? null : after.waiting_since,
});
