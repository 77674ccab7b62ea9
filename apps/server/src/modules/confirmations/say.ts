import { toPublicId } from "@okno/contract";
import { runFlow } from "@okno/kit";
import type { Transaction } from "../../platform/database.ts";
import type { ActorRef } from "../journal/index.ts";
import {
  type Happening,
  type MessageRow,
  moved,
  previewOf,
  type ReplyRoute,
  type TicketRow,
  writeChange,
} from "../tickets/index.ts";
import type { ConfirmationDeps } from "./deps.ts";

export type Saying = {
  id: string;
  body: string;
  route: ReplyRoute;
  actor: ActorRef;
  /** The name of a member who speaks: a ticket that nobody has is theirs then. */
  speaker?: string;
  now: Date;
};

/** A message of ours in the ticket's conversation. It is not held: what it carries is good from now on. */
export function messageOf(ticket: TicketRow, { id, body, route, actor, now }: Saying): MessageRow {
  return {
    id,
    workspace_id: ticket.workspace_id,
    ticket_id: ticket.id,
    seq: ticket.seq + 1,
    direction: "out",
    author_kind: actor.kind,
    author_id: actor.id,
    body,
    channel_id: route.channelId,
    recipient_id: route.identityId,
    origin_id: route.originId,
    external_id: null,
    status: "sent",
    created_at: now,
  };
}

/** The ticket after words of ours: the customer no longer waits, and whoever speaks in a ticket that nobody has, has it. */
function spoken(
  flowOf: ConfirmationDeps["flowOf"],
  ticket: TicketRow,
  { body, actor, speaker, now }: Saying,
): TicketRow {
  const facts = { assignee: ticket.assignee_id, actor: actor.id };
  const taken = runFlow(flowOf(ticket.kind), ticket.state, "answer", facts);
  const after = taken.ok ? moved(ticket, taken, actor, now) : ticket;
  const takes = speaker !== undefined && after.assignee_id === null && after.phase === "open";
  return {
    ...after,
    ...(takes && { assignee_id: actor.id, assignee_name: speaker }),
    last_preview: previewOf(body),
    last_by: "us",
    last_message_at: now,
    waiting_since: null,
  };
}

/** Says it, with what happened beside, under the ticket's row lock. @returns the ticket as it now stands. */
export async function sayInTicket(
  { flowOf }: Pick<ConfirmationDeps, "flowOf">,
  tx: Transaction,
  ticket: TicketRow,
  saying: Saying,
  beside: readonly Happening[],
): Promise<TicketRow> {
  const row = messageOf(ticket, saying);
  const after = { ...spoken(flowOf, ticket, saying), message_seq: row.seq };
  const claimed = after.assignee_id !== ticket.assignee_id;
  const said: Happening = {
    type: "message.added",
    actor: saying.actor,
    data: { message: toPublicId("message", row.id), ...(claimed && { claimed: true }) },
  };
  return writeChange(tx, ticket, after, [said, ...beside], saying.now, row);
}
