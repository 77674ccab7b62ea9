import { fromPublicId, type Message, type NewMessage, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import type { Transaction } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import { enqueueJob } from "../../platform/jobs.ts";
import { clearSentDraft } from "../drafts/index.ts";
import { addFollowers } from "../followers/index.ts";
import {
  bindAttachments,
  decideComplete,
  decidePostpone,
  type FlowOf,
  type Happening,
  lockStanding,
  lockTicket,
  type MessageRow,
  moved,
  previewOf,
  type ReplyRoute,
  replyRouteOf,
  requireStanding,
  step,
  type TicketRow,
  ticketScope,
  writeChange,
} from "../tickets/index.ts";
import { appendCustomerMessage } from "./customer-message.ts";
import { preferredHoldSeconds } from "./hold.ts";
import { type Mentioned, resolveMentions } from "./mentions.ts";
import { presentMessage } from "./present.ts";
import { findMessage, type ListedMessage, listNewer } from "./queries.ts";
import { releaseAt } from "./release.ts";
import { standingOf, type Undo } from "./standing.ts";

export type AddDeps = {
  clock: Clock;
  flowOf: FlowOf;
  poke(): void;
};

type Adding = { deps: AddDeps; tx: Transaction; principal: Principal; input: NewMessage; now: Date };

/** How long this author's replies are held; asked in the same round trip as the ticket's lock. */
async function holdSecondsOf({ tx, principal, input }: Adding): Promise<number> {
  if (input.visibility === "internal" || input.from === "customer") return 0;
  return input.holdSeconds ?? preferredHoldSeconds(tx, principal);
}

// The guard speaks of messages and notes alone: a label set by a colleague does not make an answer wrong.
async function guard(tx: Transaction, ticket: TicketRow, seenSeq: number | undefined): Promise<void> {
  if (seenSeq === undefined || ticket.message_seq <= seenSeq) return;
  const newer = await tx.query<ListedMessage>(listNewer, [ticket.workspace_id, ticket.id, seenSeq]);
  throw refuse("ticket_moved_on", { messageSeq: ticket.message_seq, newer: newer.map(presentMessage) });
}

/** The ticket after our answer: the customer no longer waits, and whoever answers a ticket that nobody has, has it. */
function answered(ticket: TicketRow, { deps, principal, input, now }: Adding): TicketRow {
  const actor = { kind: principal.kind, id: principal.id };
  const taken = step(ticket, "answer", { flow: deps.flowOf(ticket.kind), actor, now });
  const takes = ticket.assignee_id === null && principal.kind === "member" && taken.phase === "open";
  return {
    ...moved(ticket, taken, actor, now),
    ...(takes && { assignee_id: principal.id, assignee_name: principal.name }),
    last_preview: previewOf(input.body),
    last_by: "us",
    last_message_at: now,
    waiting_since: null,
  };
}

/** What the author wants done with the ticket once it is said. @throws action_not_allowed, invalid_request. */
function followed(ticket: TicketRow, { deps, principal, input, now }: Adding) {
  if (!input.andThen) return { after: ticket, happenings: [] };
  const actor = { kind: principal.kind, id: principal.id };
  const moment = { flow: deps.flowOf(ticket.kind), actor, now };
  if (input.andThen.action === "complete") return decideComplete(ticket, input.andThen, moment);
  return decidePostpone(ticket, input.andThen, moment);
}

function rowOf({ deps, principal, input, now, ticket, holdSeconds, route }: Saying): MessageRow {
  const note = input.visibility === "internal";
  return {
    id: newId(deps.clock),
    workspace_id: ticket.workspace_id,
    ticket_id: ticket.id,
    seq: ticket.seq + 1,
    direction: note ? "note" : "out",
    author_kind: principal.kind,
    author_id: principal.id,
    body: input.body,
    channel_id: note ? null : route.channelId,
    recipient_id: note ? null : route.identityId,
    origin_id: note ? null : route.originId,
    external_id: null,
    status: holdSeconds > 0 ? "queued" : "sent",
    held_until: holdSeconds > 0 ? new Date(now.getTime() + holdSeconds * 1000) : null,
    created_at: now,
  };
}

function happeningsOf(row: MessageRow, { principal }: Adding, claimed: boolean): Happening[] {
  const data = {
    message: toPublicId("message", row.id),
    ...(claimed && { claimed: true }),
    ...(row.held_until && { heldUntil: row.held_until.toISOString() }),
    ...(row.mentions && row.mentions.length > 0 && { mentions: row.mentions.map((mention) => mention.id) }),
  };
  const type = row.direction === "note" ? "note.added" : "message.added";
  return [{ type, actor: { kind: principal.kind, id: principal.id }, data }];
}

/** What must come about later because of it: the release of a held reply, the waking of a postponed ticket. */
function jobsOf({ tx }: Adding, row: MessageRow, before: TicketRow, after: TicketRow): Promise<void>[] {
  const due = after.due_at && after.due_at.getTime() !== before.due_at?.getTime() ? after.due_at : undefined;
  const wake = { name: "ticket.wake", workspaceId: before.workspace_id, payload: { ticketId: before.id } };
  return [
    ...(row.held_until ? [releaseAt(tx, row.id, row.held_until)] : []),
    ...(due ? [enqueueJob(tx, { ...wake, runAt: due })] : []),
  ];
}

type Saying = Adding & {
  ticket: TicketRow;
  holdSeconds: number;
  route: ReplyRoute;
  mentioned: Mentioned;
  told: Happening[];
};

/** Writes one message of ours with all that follows from it: sent together, one round trip. */
async function say(saying: Saying): Promise<MessageRow> {
  const { tx, principal, input, now, ticket, mentioned } = saying;
  const note = input.visibility === "internal";
  const spoken = note ? ticket : answered(ticket, saying);
  const { after, happenings } = followed(spoken, saying);
  const row: MessageRow = { ...rowOf(saying), mentions: mentioned.mentions };
  const undo: Undo = { before: standingOf(ticket), after: standingOf(after) };
  const claimed = spoken.assignee_id !== ticket.assignee_id;
  const attachments = input.attachments.map((id) => fromPublicId("attachment", id) ?? "");
  const mode = note ? "note" : "reply";
  const told = [...happeningsOf(row, saying, claimed), ...happenings, ...saying.told];
  const written: MessageRow = { ...row, ...(row.held_until && { undo }) };
  await Promise.all([
    // Before its files, which name it.
    writeChange(tx, ticket, { ...after, message_seq: row.seq }, told, now, written),
    bindFiles(tx, attachments, principal, {
      messageId: row.id,
      ticketId: ticket.id,
      projectId: ticket.project_id,
    }),
    ...jobsOf(saying, row, ticket, after),
    ...(principal.kind === "member"
      ? [clearSentDraft(tx, principal.id, { ticketId: ticket.id, mode, body: input.body, attachments }, now)]
      : []),
  ]);
  return row;
}

/**
 * Adds an answer or a note, and what the author wants done with the ticket after it. A person's reply is held for some seconds.
 * @throws not_found, ticket_merged, ticket_moved_on with what is newer, action_not_allowed, unknown_reference for attachments that are not the caller's
 * and for mentions of strangers.
 */
export async function addMessage(
  deps: AddDeps,
  tx: Transaction,
  principal: Principal,
  ticketId: string,
  input: NewMessage,
): Promise<Message> {
  const adding: Adding = { deps, tx, principal, input, now: deps.clock.now() };
  const [ticket, holdSeconds] = await Promise.all([
    lockTicket(tx, ticketScope(principal), fromPublicId("ticket", ticketId) ?? ""),
    holdSecondsOf(adding),
  ]);
  if (!ticket) throw refuse("not_found");
  if (input.from === "customer") return addForCustomer(adding, ticket);
  await requireStanding(tx, ticket);
  await guard(tx, ticket, input.seenSeq);
  const route = await replyRouteOf(tx, ticket);
  const mentioned = await resolveMentions(tx, ticket, input);
  const actor = { kind: principal.kind, id: principal.id };
  // Whoever is named wants to know how it goes on.
  const told = await addFollowers(tx, ticket, { memberIds: mentioned.people, actor, now: adding.now });
  const row = await say({ ...adding, ticket, holdSeconds, route, mentioned, told });
  tx.afterCommit(deps.poke);
  return present(adding, row);
}

/** A key of an integrator hands in what the customer wrote on its side. People of the house cannot speak for the customer. */
async function addForCustomer({ deps, tx, principal, input }: Adding, named: TicketRow): Promise<Message> {
  if (principal.kind !== "key") throw refuse("forbidden");
  if (input.visibility === "internal")
    throw refuse("invalid_request", {}, [
      { pointer: "/visibility", message: "the customer writes no notes" },
    ]);
  if (input.andThen || input.mentions.length > 0)
    throw refuse("invalid_request", {}, [
      { pointer: input.andThen ? "/andThen" : "/mentions", message: "is not the customer's to say" },
    ]);
  // The integrator knows the ticket it opened; its words go wherever that one has gone.
  const ticket = named.merged_into ? await lockStanding(tx, named.workspace_id, named.id) : named;
  if (!ticket) throw refuse("not_found");
  const row = await appendCustomerMessage(deps, tx, ticket, {
    contactId: ticket.contact_id,
    channelId: named.channel_id,
    originId: named.id,
    externalId: null,
    body: input.body,
    actor: { kind: "key", id: principal.id },
  });
  const attachments = input.attachments.map((id) => fromPublicId("attachment", id) ?? "");
  await bindFiles(tx, attachments, principal, {
    messageId: row.id,
    ticketId: ticket.id,
    projectId: ticket.project_id,
  });
  tx.afterCommit(deps.poke);
  return presentStored(tx, row);
}

/** Our own words without files need no reading back: everything of them is known. */
async function present({ tx, principal, input }: Adding, row: MessageRow): Promise<Message> {
  if (input.attachments.length > 0) return presentStored(tx, row);
  const mentions = row.mentions ? [...row.mentions] : null;
  const held = row.held_until ?? null;
  return presentMessage({ ...row, author_name: principal.name, attachments: [], mentions, held_until: held });
}

async function presentStored(tx: Transaction, row: MessageRow): Promise<Message> {
  const [listed] = await tx.query<ListedMessage>(findMessage, [row.workspace_id, row.ticket_id, row.id]);
  if (!listed) throw new Error("a message just written was not found");
  return presentMessage(listed);
}

async function bindFiles(
  tx: Transaction,
  attachments: readonly string[],
  principal: Principal,
  target: { messageId: string; ticketId: string; projectId: string },
): Promise<void> {
  const ids = [...new Set(attachments)];
  const bound = await bindAttachments(tx, ids, principal.id, target);
  if (bound !== ids.length)
    throw refuse("unknown_reference", {}, [
      { pointer: "/attachments", message: "not uploaded by you, or used already" },
    ]);
}
