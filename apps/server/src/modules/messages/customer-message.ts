import { toPublicId } from "@okno/contract";
import { runFlow } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import type { Transaction } from "../../platform/database.ts";
import { newId } from "../../platform/ids.ts";
import type { ActorRef } from "../journal/index.ts";
import {
  type FlowOf,
  type MessageRow,
  moved,
  previewOf,
  type TicketRow,
  writeChange,
} from "../tickets/index.ts";

export type CustomerMessage = {
  contactId: string | null;
  channelId: string | null;
  externalId: string | null;
  body: string;
  /** The ticket by whose conversation they came, where it was merged into this one. */
  originId?: string | undefined;
  /** Who brought the words: the contact itself, or a key that speaks for it. */
  actor: ActorRef;
};

/**
 * The customer's next words in a ticket whose row lock is held: they wait for an answer from now on, and a ticket that had left the
 * inbox comes back.
 */
export async function appendCustomerMessage(
  { clock, flowOf }: { clock: Clock; flowOf: FlowOf },
  tx: Transaction,
  ticket: TicketRow,
  message: CustomerMessage,
): Promise<MessageRow> {
  const now = clock.now();
  const { actor, body } = message;
  const row: MessageRow = {
    id: newId(clock),
    workspace_id: ticket.workspace_id,
    ticket_id: ticket.id,
    seq: ticket.seq + 1,
    direction: "in",
    author_kind: "contact",
    author_id: message.contactId,
    body,
    channel_id: message.channelId,
    external_id: message.externalId,
    origin_id: message.originId === ticket.id ? null : (message.originId ?? null),
    status: "received",
    created_at: now,
  };
  const facts = { assignee: ticket.assignee_id, actor: actor.id };
  const taken = runFlow(flowOf(ticket.kind), ticket.state, "customer_wrote", facts);
  const decided: TicketRow = {
    ...(taken.ok ? moved(ticket, taken, actor, now) : ticket),
    message_seq: row.seq,
    last_preview: previewOf(body),
    last_by: "customer",
    last_message_at: now,
    waiting_since: ticket.waiting_since ?? now,
  };
  const returned = ticket.phase !== "open" && decided.phase === "open";
  const happenings = [
    {
      type: "message.added" as const,
      actor,
      data: { message: toPublicId("message", row.id), from: "customer" },
    },
    ...(returned
      ? [{ type: "ticket.returned" as const, actor, data: { why: "reply", from: ticket.phase } }]
      : []),
  ];
  await writeChange(tx, ticket, decided, happenings, now, row);
  return row;
}
