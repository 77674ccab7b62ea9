import { fromPublicId, type NewTicket, type Ticket, toPublicId } from "@okno/contract";
import { type ChannelServer, refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Database, type Transaction, violatedConstraint } from "../../platform/database.ts";
import { claimKey, type IdempotencyKey, storeAnswer } from "../../platform/http/idempotency.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import { lockContact } from "../contacts/index.ts";
import { appendTicketEvents } from "../journal/index.ts";
import { holdFirstWords, preferredHoldSeconds } from "../messages/index.ts";
import type { Catalogs } from "../settings/index.ts";
import {
  actOnTicket,
  bindAttachments,
  type FlowOf,
  findTicket,
  insertMessage,
  type Numbers,
  presentTicket,
  previewOf,
  type TicketRow,
  ticketScope,
} from "../tickets/index.ts";
import type { TicketDraft } from "./draft.ts";
import * as sql from "./opening-queries.ts";

export type OpenDeps = {
  db: Database;
  clock: Clock;
  numbers: Numbers;
  catalogs: Catalogs;
  flowOf: FlowOf;
  channelTypes: ReadonlyMap<string, ChannelServer>;
  poke(): void;
};

/** What says more than "a customer wrote": such a ticket is opened by itself, not in a batch. */
export function isOpenedByItself(body: NewTicket): boolean {
  return (
    body.opening !== "customer" ||
    body.contact.id !== undefined ||
    body.assignee !== undefined ||
    body.completed
  );
}

const wrong = (code: "invalid_request" | "unknown_reference", pointer: string, message: string) =>
  refuse(code, {}, [{ pointer, message }]);

/** @throws invalid_request for what does not go together. */
function requireSense(principal: Principal, body: NewTicket): void {
  if (body.assignee && principal.kind !== "member")
    throw wrong("invalid_request", "/assignee", "a key keeps no tickets");
  if (body.channel && body.opening !== "us")
    throw wrong("invalid_request", "/channel", "only our own words leave by a channel");
}

type Opening = {
  deps: OpenDeps;
  tx: Transaction;
  principal: Principal;
  draft: TicketDraft;
  body: NewTicket;
  now: Date;
};
type Who = { contactId: string | null; identityId: string | null };

/** The contact named by its id, with its row lock, so that no merge comes between. */
async function namedContact({ tx, principal, draft }: Opening, publicId: string): Promise<Who> {
  const contact = await lockContact(tx, principal, publicId);
  if (contact?.project_id !== draft.projectId)
    throw wrong("unknown_reference", "/contact/id", "the project has no such contact");
  return { contactId: contact.id, identityId: null };
}

/** The contact with the first of the given addresses, found or made; the others are added where they are still nobody's. */
async function describedContact({ deps, tx, draft, body, now }: Opening): Promise<Who> {
  const { name, identities } = draft.contact;
  const seen = body.opening === "customer" ? now : new Date(0);
  const [first, ...others] = identities;
  if (!first) {
    if (!name) return { contactId: null, identityId: null };
    const contactId = newId(deps.clock);
    await tx.query(sql.insertNamed, [tx.workspaceId, contactId, draft.projectId, name, now]);
    return { contactId, identityId: null };
  }
  const values = (contactId: string, { kind, value, verified }: typeof first) =>
    [
      tx.workspaceId,
      newId(deps.clock),
      draft.projectId,
      contactId,
      kind,
      value,
      verified,
      now,
      seen,
    ] as const;
  const [met] = await tx.query<{ id: string; contact_id: string }>(sql.meetAddress, [
    ...values(newId(deps.clock), first),
    name,
  ]);
  if (!met) throw new Error("the identity upsert answered nothing");
  for (const other of others) await tx.query(sql.addAddress, values(met.contact_id, other));
  return { contactId: met.contact_id, identityId: met.id };
}

type Way = { channelId: string | null; dialogueWith: string | null };

/** By which channel the first words go, and to whom there. @throws unknown_reference, conversation_already_open with the ticket. */
async function wayOf({ deps, tx, draft, body }: Opening, contactId: string | null): Promise<Way> {
  if (body.opening === "note") return { channelId: null, dialogueWith: null };
  if (!body.channel) return { channelId: draft.channel?.id ?? null, dialogueWith: null };
  const catalog = await deps.catalogs.of(tx.workspaceId);
  const channel = catalog.channels.get(fromPublicId("channel", body.channel) ?? "");
  if (channel?.project_id !== draft.projectId || channel.disabled_at)
    throw wrong("unknown_reference", "/channel", "the project has no such open channel");
  const dialogue = deps.channelTypes.get(channel.type)?.manifest.capabilities.dialogue ?? false;
  if (!dialogue) return { channelId: channel.id, dialogueWith: null };
  const [identity] = await tx.query<{ id: string }>(sql.findIdentityOf, [
    tx.workspaceId,
    contactId,
    channel.id,
  ]);
  if (!identity)
    throw wrong("unknown_reference", "/channel", "the contact has never written by this channel");
  const [open] = await tx.query<{ id: string }>(sql.findOpenDialogue, [
    tx.workspaceId,
    channel.id,
    identity.id,
  ]);
  if (open) throw refuse("conversation_already_open", { ticket: toPublicId("ticket", open.id) });
  return { channelId: channel.id, dialogueWith: identity.id };
}

const directions = { customer: "in", us: "out", note: "note" } as const;

async function insertTicket(
  { tx, draft, body, now }: Opening,
  ticket: { id: string; number: number },
  { who, way }: { who: Who; way: Way },
): Promise<void> {
  const state = draft.flow.states[draft.flow.initial];
  if (!state) throw new Error("the flow has no initial state");
  const theirs = body.opening === "customer";
  try {
    await tx.query(sql.insertOpened, [
      tx.workspaceId,
      ticket.id,
      draft.projectId,
      draft.kind,
      ticket.number,
      draft.flow.initial,
      state.phase,
      draft.subject,
      draft.topicId,
      draft.priority,
      draft.labels,
      draft.weight,
      who.contactId,
      way.channelId,
      way.dialogueWith,
      way.dialogueWith ?? who.identityId,
      previewOf(draft.body),
      theirs ? "customer" : "us",
      now,
      theirs ? now : null,
    ]);
  } catch (error) {
    if (violatedConstraint(error) === "tickets_open_dialogue") throw refuse("conversation_already_open");
    throw error;
  }
}

async function insertWords(
  { deps, tx, principal, draft, body, now }: Opening,
  ticketId: string,
  { who, way, until }: { who: Who; way: Way; until: Date | undefined },
): Promise<string> {
  const theirs = body.opening === "customer";
  const messageId = newId(deps.clock);
  await insertMessage(tx, {
    id: messageId,
    workspace_id: tx.workspaceId,
    ticket_id: ticketId,
    seq: 1,
    direction: directions[body.opening],
    author_kind: theirs ? "contact" : principal.kind,
    author_id: theirs ? who.contactId : principal.id,
    body: draft.body,
    channel_id: way.channelId,
    recipient_id: body.opening === "us" ? way.dialogueWith : null,
    external_id: null,
    status: theirs ? "received" : "sent",
    created_at: now,
  });
  const ids = [...new Set(body.attachments)].map((id) => fromPublicId("attachment", id) ?? "");
  const target = { messageId, ticketId, projectId: draft.projectId };
  if ((await bindAttachments(tx, ids, principal.id, target)) !== ids.length)
    throw wrong("unknown_reference", "/attachments", "not uploaded by you, or used already");
  const data = {
    message: toPublicId("message", messageId),
    channel: way.channelId && toPublicId("channel", way.channelId),
    opening: body.opening,
    ...(until && { heldUntil: until.toISOString() }),
  };
  await appendTicketEvents(tx, [
    { ticketId, seq: 1, type: "ticket.created", actor: draft.actor, at: now, data },
  ]);
  return messageId;
}

/** Until when our first words can be taken back, like any reply; notes and the customer's own words are not held. */
async function heldUntil({ tx, principal, body, now }: Opening): Promise<Date | undefined> {
  const seconds = body.opening === "us" ? await preferredHoldSeconds(tx, principal) : 0;
  return seconds > 0 ? new Date(now.getTime() + seconds * 1000) : undefined;
}

/** The steps that follow in the same transaction, each with its own event: kept by its author. */
async function keep({ deps, tx, principal, body }: Opening, publicId: string): Promise<void> {
  if (body.assignee) await actOnTicket(deps, tx, principal, publicId, "claim", {});
}

/** Then settled or waiting for the reply. */
async function settle({ deps, tx, principal, body }: Opening, publicId: string): Promise<void> {
  if (body.completed) await actOnTicket(deps, tx, principal, publicId, "complete", {});
  else if (body.opening === "us")
    await actOnTicket(deps, tx, principal, publicId, "postpone", { untilReply: true });
}

async function openInside(opening: Opening, number: number): Promise<TicketRow> {
  const { deps, tx, body } = opening;
  const id = newId(deps.clock);
  const who = body.contact.id
    ? await namedContact(opening, body.contact.id)
    : await describedContact(opening);
  const way = await wayOf(opening, who.contactId);
  await insertTicket(opening, { id, number }, { who, way });
  const until = await heldUntil(opening);
  const messageId = await insertWords(opening, id, { who, way, until });
  await keep(opening, toPublicId("ticket", id));
  const before = until && (await written(opening, id));
  await settle(opening, toPublicId("ticket", id));
  const after = await written(opening, id);
  if (until && before) await holdFirstWords(tx, { messageId, until, before, after });
  return after;
}

async function written({ tx, principal }: Opening, id: string): Promise<TicketRow> {
  const row = await findTicket(tx, ticketScope(principal), id);
  if (!row) throw new Error("a ticket just written was not found");
  return row;
}

/**
 * Opens one ticket in a transaction of its own: by our first words, as a note, for a known contact, kept or settled at once.
 * @throws invalid_request, unknown_reference, conversation_already_open, idempotency_mismatch.
 */
export async function openTicket(
  deps: OpenDeps,
  call: { principal: Principal; body: NewTicket; idempotency: IdempotencyKey | undefined },
  draft: TicketDraft,
): Promise<Ticket> {
  const { principal, body, idempotency } = call;
  requireSense(principal, body);
  const [number] = await deps.numbers.take(principal.workspaceId, 1);
  const key = { workspaceId: principal.workspaceId, principalId: principal.id };
  return deps.db.transaction(principal.workspaceId, async (tx) => {
    const now = deps.clock.now();
    const stored = idempotency && (await claimKey(tx, key, idempotency, now));
    if (stored) return stored.response as Ticket;
    const row = await openInside({ deps, tx, principal, draft, body, now }, number ?? 0);
    const ticket = presentTicket(row, draft.flow, principal.id);
    if (idempotency) await storeAnswer(tx, key, idempotency.key, { status: 201, response: ticket });
    tx.afterCommit(deps.poke);
    return ticket;
  });
}
