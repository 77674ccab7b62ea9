import type { EventType } from "@okno/contract";
import { refuse } from "@okno/kit";
import { type Transaction, violatedConstraint } from "../../platform/database.ts";
import type { ActorRef } from "../journal/index.ts";
import type { MessageRow } from "./message-row.ts";
import { countMove, moveLabels, writeTicket } from "./queries.ts";
import type { TicketRow } from "./row.ts";

/** What a decision adds to the history; `seq` is given when it is written. */
export type Happening = { type: EventType; actor: ActorRef; data: Record<string, unknown> };

/** Events that are told but do not move a ticket up in the lists. */
const quiet = new Set<EventType>([
  "ticket.followed",
  "ticket.unfollowed",
  "ticket.linked",
  "ticket.unlinked",
  "message.status_changed",
  "ticket.rated",
  "contact.identified",
  "confirmation.delivered",
  "confirmation.opened",
]);

/**
 * Writes a decided change: the row, its journal events and the counters, together, with the message that goes with it, if any. The caller holds the row lock and has set every
 * field but `seq` and `activity_at`.
 * @returns the row as it now stands.
 * @throws conversation_already_open when a done dialogue is brought back beside a newer open one.
 */
export async function writeChange(
  tx: Transaction,
  before: TicketRow,
  decided: TicketRow,
  happenings: readonly Happening[],
  now: Date,
  message?: MessageRow,
): Promise<TicketRow> {
  const loud = happenings.some((happening) => !quiet.has(happening.type));
  const after = {
    ...decided,
    // A decision may have taken further places, for messages that come along.
    seq: Math.max(decided.seq, before.seq + happenings.length),
    activity_at: loud ? now : before.activity_at,
  };
  const events = happenings.map((happening, index) => ({
    ...happening,
    ticketId: after.id,
    seq: before.seq + index + 1,
    at: now,
  }));
  try {
    // Sent together: one round trip.
    await Promise.all([
      writeTicket(tx, after, events, message),
      countMove(tx, before, after),
      moveLabels(tx, before, after),
    ]);
  } catch (error) {
    // The customer has gone on in a newer conversation of the same channel: a second open one cannot be.
    if (violatedConstraint(error) === "tickets_open_dialogue") throw refuse("conversation_already_open");
    throw error;
  }
  return after;
}
