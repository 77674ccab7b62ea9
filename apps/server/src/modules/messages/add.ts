import { fromPublicId, type Message, type NewMessage, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import type { Transaction } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import {
  bindAttachments,
  type FlowOf,
  insertMessage,
  lockTicket,
  type MessageRow,
  moved,
  previewOf,
  step,
  type TicketRow,
  ticketScope,
  writeChange,
} from "../tickets/index.ts";
import { appendCustomerMessage } from "./customer-message.ts";
import { presentMessage } from "./present.ts";
import { findMessage, type ListedMessage, listNewer } from "./queries.ts";

export type AddDeps = {
  clock: Clock;
  flowOf: FlowOf;
  poke(): void;
};

// The guard speaks of messages and notes alone: a label set by a colleague does not make an answer wrong.
async function guard(tx: Transaction, ticket: TicketRow, seenSeq: number | undefined): Promise<void> {
  if (seenSeq === undefined || ticket.message_seq <= seenSeq) return;
  const newer = await tx.query<ListedMessage>(listNewer, [ticket.workspace_id, ticket.id, seenSeq]);
  throw refuse("ticket_moved_on", { messageSeq: ticket.message_seq, newer: newer.map(presentMessage) });
}

/** The ticket after our answer: the customer no longer waits, and whoever answers a ticket that nobody has, has it. */
function answered(
  ticket: TicketRow,
  body: string,
  { principal, deps, now }: { principal: Principal; deps: AddDeps; now: Date },
): TicketRow {
  const actor = { kind: principal.kind, id: principal.id };
  const taken = step(ticket, "answer", { flow: deps.flowOf(ticket.kind), actor, now });
  const takes = ticket.assignee_id === null && principal.kind === "member" && taken.phase === "open";
  return {
    ...moved(ticket, taken, actor, now),
    ...(takes && { assignee_id: principal.id, assignee_name: principal.name }),
    last_preview: previewOf(body),
    last_by: "us",
    last_message_at: now,
    waiting_since: null,
  };
}

/**
 * Adds an answer or a note.
 * @throws not_found, ticket_moved_on with what is newer, action_not_allowed, unknown_reference for attachments that are not the caller's.
 */
export async function addMessage(
  deps: AddDeps,
  tx: Transaction,
  principal: Principal,
  ticketId: string,
  input: NewMessage,
): Promise<Message> {
  const ticket = await lockTicket(tx, ticketScope(principal), fromPublicId("ticket", ticketId) ?? "");
  if (!ticket) throw refuse("not_found");
  if (input.from === "customer") return addForCustomer(deps, tx, principal, ticket, input);
  await guard(tx, ticket, input.seenSeq);
  const now = deps.clock.now();
  const note = input.visibility === "internal";
  const row: MessageRow = {
    id: newId(deps.clock),
    workspace_id: ticket.workspace_id,
    ticket_id: ticket.id,
    seq: ticket.seq + 1,
    direction: note ? "note" : "out",
    author_kind: principal.kind,
    author_id: principal.id,
    body: input.body,
    channel_id: note ? null : ticket.channel_id,
    external_id: null,
    status: "sent",
    created_at: now,
  };
  const after = note ? ticket : answered(ticket, input.body, { principal, deps, now });
  await insertMessage(tx, row);
  await bindFiles(tx, input, principal, row, ticket);
  const actor = { kind: principal.kind, id: principal.id };
  const data = {
    message: toPublicId("message", row.id),
    ...(after.assignee_id !== ticket.assignee_id && { claimed: true }),
  };
  const happenings = [{ type: note ? ("note.added" as const) : ("message.added" as const), actor, data }];
  await writeChange(tx, ticket, { ...after, message_seq: row.seq }, happenings, now);
  tx.afterCommit(deps.poke);
  return present(tx, row);
}

/** A key of an integrator hands in what the customer wrote on its side. People of the house cannot speak for the customer. */
async function addForCustomer(
  deps: AddDeps,
  tx: Transaction,
  principal: Principal,
  ticket: TicketRow,
  input: NewMessage,
): Promise<Message> {
  if (principal.kind !== "key") throw refuse("forbidden");
  if (input.visibility === "internal")
    throw refuse("invalid_request", {}, [
      { pointer: "/visibility", message: "the customer writes no notes" },
    ]);
  const row = await appendCustomerMessage(deps, tx, ticket, {
    contactId: ticket.contact_id,
    channelId: ticket.channel_id,
    externalId: null,
    body: input.body,
    actor: { kind: "key", id: principal.id },
  });
  await bindFiles(tx, input, principal, row, ticket);
  tx.afterCommit(deps.poke);
  return present(tx, row);
}

async function present(tx: Transaction, row: MessageRow): Promise<Message> {
  const [listed] = await tx.query<ListedMessage>(findMessage, [row.workspace_id, row.ticket_id, row.id]);
  if (!listed) throw new Error("a message just written was not found");
  return presentMessage(listed);
}

async function bindFiles(
  tx: Transaction,
  input: NewMessage,
  principal: Principal,
  row: MessageRow,
  ticket: TicketRow,
): Promise<void> {
  const ids = [...new Set(input.attachments)].map((id) => fromPublicId("attachment", id) ?? "");
  const bound = await bindAttachments(tx, ids, principal.id, {
    messageId: row.id,
    ticketId: ticket.id,
    projectId: ticket.project_id,
  });
  if (bound !== ids.length)
    throw refuse("unknown_reference", {}, [
      { pointer: "/attachments", message: "not uploaded by you, or used already" },
    ]);
}
