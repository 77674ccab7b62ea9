import { type AskedConfirmation, fromPublicId, type NewConfirmation, toPublicId } from "@okno/contract";
import { type ChannelServer, type ConfirmationSubject, type KindConfirmations, refuse } from "@okno/kit";
import { type Queryable, statement, type Transaction } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { digest, newId } from "../../platform/ids.ts";
import { normalizePhone } from "../contacts/index.ts";
import type { ActorRef } from "../journal/index.ts";
import { mintSecret } from "../members/index.ts";
import {
  type Happening,
  lockTicket,
  type ReplyRoute,
  replyRouteOf,
  requireStanding,
  type TicketRow,
  ticketScope,
  writeChange,
} from "../tickets/index.ts";
import { bodyOf, hashOf } from "./chain.ts";
import type { ConfirmationDeps } from "./deps.ts";
import { happened } from "./happenings.ts";
import { type Locale, messagesIn } from "./messages-to-customer.ts";
import type { IssueExtras } from "./port.ts";
import { presentConfirmation } from "./present.ts";
import { findAnyConfirmation } from "./queries.ts";
import { type Saying, sayInTicket } from "./say.ts";
import { mask } from "./secrets.ts";
import { addLink } from "./statements.ts";

const defaultMinutes = { link: 3 * 24 * 60, code: 30, approval: 7 * 24 * 60, api: 7 * 24 * 60 } as const;
/** An hour's demands in one ticket: nobody is flooded, and codes are not guessed by asking again. */
const hourlyDemands = 20;

const countRecent = statement(
  "confirmations.count_recent",
  `select count(*)::int as recent from (
     select 1 from confirmations where workspace_id = $1 and ticket_id = $2 and created_at > $3 limit ${hourlyDemands}) r`,
);
const findVersion = statement(
  "confirmations.find_version",
  `select subject_version, snapshot_hash, status from confirmations
   where workspace_id = $1 and ticket_id = $2 and purpose = $3 order by subject_version desc, (status = 'pending') desc limit 1`,
);
const findAddress = statement(
  "confirmations.find_address",
  `select i.id from identities i join contacts c on c.workspace_id = i.workspace_id and c.id = i.contact_id
   where i.workspace_id = $1 and i.contact_id = $2 and i.kind in ('email', 'phone') and i.value = any($3::text[])
   order by i.verified desc limit 1`,
);
const findLocale = statement(
  "confirmations.find_locale",
  "select locale from contacts where workspace_id = $1 and id = $2",
);

type Asking = {
  deps: ConfirmationDeps;
  tx: Transaction;
  principal: Principal;
  ticket: TicketRow;
  input: NewConfirmation;
  actor: ActorRef;
  now: Date;
  /** Where the customer reaches the page. */
  origin: string;
};

/** What is shown where people write it themselves: a new version unless the very same is pending already. */
async function writtenSubject({ tx, ticket, input }: Asking): Promise<ConfirmationSubject> {
  if (input.text === undefined)
    throw refuse("invalid_request", {}, [{ pointer: "/text", message: "say what is to be confirmed" }]);
  const snapshot = { text: input.text, ticket: ticket.number };
  type Latest = { subject_version: number; snapshot_hash: Buffer; status: string };
  const [latest] = await tx.query<Latest>(findVersion, [ticket.workspace_id, ticket.id, input.purpose]);
  const same = latest?.status === "pending" && latest.snapshot_hash.equals(hashOf(snapshot));
  return { version: same ? latest.subject_version : (latest?.subject_version ?? 0) + 1, snapshot };
}

async function subjectOf(asking: Asking, kind: KindConfirmations | undefined): Promise<ConfirmationSubject> {
  const { tx, ticket, input } = asking;
  if (kind?.mayAsk && !kind.mayAsk(input.purpose)) throw refuse("forbidden");
  return (await kind?.subject?.(tx, ticket.id, input.purpose)) ?? writtenSubject(asking);
}

/** @throws unknown_reference for an address that is not the contact's. */
async function identityOf({ tx, ticket, input }: Asking): Promise<string | null> {
  if (input.address === undefined) return null;
  const spellings = [input.address.toLowerCase(), normalizePhone(input.address)].filter(Boolean);
  const [found] = await tx.query<{ id: string }>(findAddress, [
    ticket.workspace_id,
    ticket.contact_id,
    spellings,
  ]);
  if (!found)
    throw refuse("unknown_reference", {}, [
      { pointer: "/address", message: "not an address of the contact" },
    ]);
  return found.id;
}

/** The contact's own language, where it is known. */
async function localeOf({ tx, ticket }: Asking): Promise<Locale | null> {
  if (!ticket.contact_id) return null;
  const [contact] = await tx.query<{ locale: string | null }>(findLocale, [
    ticket.workspace_id,
    ticket.contact_id,
  ]);
  const language = contact?.locale?.slice(0, 2);
  return language === "ru" || language === "en" ? language : null;
}

/** Whether a channel brings a secret to its customer alone: by sending, or by a page of theirs. What is fetched by keys reads the mask. */
function carries(server: ChannelServer | undefined): boolean {
  if (!server) return false;
  const { delivery } = server.manifest.capabilities;
  return delivery === "push" || (delivery === "pull" && (server.routes ?? []).length > 0);
}

/** The way of the conversation, where its channel has one. */
export async function deliveryRouteOf(
  { catalogs, channelTypes }: Pick<ConfirmationDeps, "catalogs" | "channelTypes">,
  tx: Queryable,
  ticket: TicketRow,
): Promise<ReplyRoute | undefined> {
  const route = await replyRouteOf(tx, ticket);
  const catalog = await catalogs.of(ticket.workspace_id);
  const channel = route.channelId ? catalog.channels.get(route.channelId) : undefined;
  return channel && !channel.disabled_at && carries(channelTypes.get(channel.type)) ? route : undefined;
}

/** @throws undeliverable where only the conversation will do, and it cannot. */
function chooseDelivery({ input, principal }: Asking, route: ReplyRoute | undefined) {
  const { method, delivery, secondFactor } = input;
  if (method !== "link" && method !== "code") return null;
  // A code in the hands of whoever takes the answer proves nothing: only a key may pass it on by ways of its own.
  const byHand = method === "link" || principal.kind === "key";
  if (delivery === "handed" && !byHand) throw refuse("undeliverable");
  if (secondFactor && !route) throw refuse("undeliverable");
  if (delivery !== "handed" && route) return "conversation";
  if (delivery === "conversation" || !byHand) throw refuse("undeliverable");
  return "handed";
}

type Prepared = { id: string; extras: IssueExtras; saying: Saying | undefined; secret: string | null };

/** The secret, its digest, and the message that carries it masked. */
async function prepare(
  asking: Asking,
  { id, subject, expiresAt }: { id: string; subject: ConfirmationSubject; expiresAt: Date },
): Promise<Prepared> {
  const { deps, tx, principal, ticket, input, actor, now, origin } = asking;
  const { method, secondFactor } = input;
  const secrets = deps.confirmationSecrets;
  if (method !== "link" && method !== "code") return { id, extras: {}, saying: undefined, secret: null };
  const route = await deliveryRouteOf(deps, tx, ticket);
  const delivery = chooseDelivery(asking, route);
  const [identityId, locale] = [await identityOf(asking), await localeOf(asking)];
  const contactId = ticket.contact_id;
  const secret = method === "link" ? mintSecret(ticket.workspace_id) : secrets.newCode();
  const bond = {
    confirmationId: id,
    contactId,
    identityId,
    purpose: input.purpose,
    subjectVersion: subject.version,
  };
  const carried = delivery === "conversation" && route;
  const extras: IssueExtras = {
    contactId,
    identityId,
    locale,
    delivery,
    codeRequired: method === "code" || secondFactor,
    ...(method === "link"
      ? { tokenHash: digest(secret) }
      : { codeHash: secrets.codeHash(secret, bond), codeExpiresAt: expiresAt }),
  };
  if (!carried) return { id, extras, saying: undefined, secret };
  const messageId = newId(deps.clock);
  const catalog = await deps.catalogs.of(ticket.workspace_id);
  const project = catalog.projects.get(ticket.project_id);
  const words = messagesIn(locale ?? project?.locale ?? "ru");
  const about = {
    number: ticket.number,
    project: project?.name ?? "",
    text: textOf(subject),
    minutes: Math.round((expiresAt.getTime() - now.getTime()) / 60_000),
  };
  const body = method === "link" ? words.link(about, `${origin}/c/${mask}`) : words.code(about);
  const sealed = secrets.sealer.seal(secret, id);
  const carriedBy =
    method === "link" ? { messageId, sealed } : { codeMessageId: messageId, codeSealed: sealed, messageId };
  return {
    id,
    extras: { ...extras, ...carriedBy },
    saying: {
      id: messageId,
      body,
      route: carried,
      actor,
      now,
      ...(principal.kind === "member" && { speaker: principal.name }),
    },
    secret: null,
  };
}

/** The words of a subject; what a kind shows without words is on the page alone. */
export function textOf({ snapshot }: ConfirmationSubject): string {
  const { text } = snapshot as { text?: unknown };
  return typeof text === "string" ? text : "";
}

/** Writes the demand, the message that carries it, and their events. */
async function write(asking: Asking, prepared: Prepared, subject: ConfirmationSubject, expiresAt: Date) {
  const { deps, tx, ticket, input, actor, now } = asking;
  const { method, purpose, needed } = input;
  const { id, extras, saying } = prepared;
  const demand = { id, ticketId: ticket.id, projectId: ticket.project_id, method, purpose, subject };
  const asked = { ...demand, expiresAt, actor, now, needed: method === "approval" ? needed : 1 };
  const { happenings } = await deps.confirmations.issue(tx, asked, extras);
  if (extras.delivery) {
    const facts = { by: extras.delivery, ...(saying && { message: toPublicId("message", saying.id) }) };
    await tx.query(addLink, [
      tx.workspaceId,
      id,
      "delivered",
      actor.kind,
      actor.id,
      now,
      bodyOf({ kind: "delivered", actor, at: now, facts }),
      null,
      null,
    ]);
  }
  const told = {
    id,
    method,
    purpose,
    subjectVersion: subject.version,
    snapshotHash: hashOf(subject.snapshot),
  };
  const delivered: Happening[] = saying
    ? [happened("confirmation.delivered", actor, told, { message: toPublicId("message", saying.id) })]
    : [];
  if (saying) await sayInTicket(deps, tx, ticket, saying, [...happenings, ...delivered]);
  else await writeChange(tx, ticket, ticket, happenings, now);
}

/**
 * Asks for a confirmation. A link or code goes out by the ticket's conversation, masked for members; where it cannot, a link is handed to
 * whoever asked, once.
 * @throws not_found, ticket_merged, undeliverable, unknown_reference, limit_reached, forbidden for a purpose that is the kind's own.
 */
export async function askForConfirmation(
  deps: ConfirmationDeps,
  tx: Transaction,
  principal: Principal,
  call: { ticket: string; input: NewConfirmation; origin: string },
): Promise<AskedConfirmation> {
  const now = deps.clock.now();
  const ticket = await lockTicket(tx, ticketScope(principal), fromPublicId("ticket", call.ticket) ?? "");
  if (!ticket) throw refuse("not_found");
  await requireStanding(tx, ticket);
  const hourAgo = new Date(now.getTime() - 3_600_000);
  const [counted] = await tx.query<{ recent: number }>(countRecent, [
    ticket.workspace_id,
    ticket.id,
    hourAgo,
  ]);
  if (counted && counted.recent >= hourlyDemands) throw refuse("limit_reached", { limit: hourlyDemands });
  const { input, origin } = call;
  const actor = { kind: principal.kind, id: principal.id };
  const asking: Asking = { deps, tx, principal, ticket, input, actor, now, origin };
  const subject = await subjectOf(asking, deps.kindConfirmations(ticket.kind));
  const minutes = input.expiresInMinutes ?? defaultMinutes[input.method];
  const expiresAt = new Date(now.getTime() + minutes * 60_000);
  const prepared = await prepare(asking, { id: newId(deps.clock), subject, expiresAt });
  await write(asking, prepared, subject, expiresAt);
  tx.afterCommit(deps.poke);
  const row = await findAnyConfirmation(tx, tx.workspaceId, prepared.id, deps.confirmations.ruling());
  if (!row) throw new Error("a confirmation just asked for was not found");
  const { secret } = prepared;
  return {
    confirmation: presentConfirmation(row),
    url: input.method === "link" && secret !== null ? `${origin}/c/${secret}` : null,
    code: input.method === "code" ? secret : null,
  };
}
