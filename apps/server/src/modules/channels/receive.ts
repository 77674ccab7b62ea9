import { cleanLine, cleanText, maxBodyLength } from "@okno/contract";
import type { ChannelInstance, ChannelManifest, Flow, InboundMessage, Received, StoredFile } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Database, statement, type Transaction, violatedConstraint } from "../../platform/database.ts";
import { newId } from "../../platform/ids.ts";
import { insertDrafts, scopeOf, type TicketDraft } from "../intake/index.ts";
import { appendCustomerMessage } from "../messages/index.ts";
import {
  type FlowOf,
  lockAnyTicket,
  lockStanding,
  type Numbers,
  nobodyId,
  type TicketRow,
} from "../tickets/index.ts";

export type ReceiveDeps = {
  db: Database;
  clock: Clock;
  numbers: Numbers;
  flowOf: FlowOf;
  inquiry: { id: string; flow: Flow };
  poke(): void;
};

const findByExternalId = statement(
  "channels.find_by_external_id",
  `select m.id as message_id, m.ticket_id, t.number from messages m join tickets t on t.workspace_id = m.workspace_id and t.id = m.ticket_id
   where m.workspace_id = $1 and m.channel_id = $2 and m.external_id = $3`,
);

// Takes the identity's row lock, whether it was there or not: all messages of one person by one channel pass here one by one,
// in whatever process they arrive.
const meet = statement(
  "channels.meet_identity",
  `with met as (
     insert into identities (workspace_id, id, project_id, contact_id, kind, scope, value, verified, created_at, last_seen_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
     on conflict (workspace_id, project_id, kind, scope, value, verified) do update set last_seen_at = excluded.last_seen_at
     returning id, contact_id
   ), made as (
     insert into contacts (workspace_id, id, project_id, name, locale, created_at)
     select $1, $4, $3, $10, $11, $9 from met where met.contact_id = $4 and $12::boolean
   )
   select id, contact_id from met`,
);

// An address that somebody has already stays theirs.
const addAddress = statement(
  "channels.add_address",
  `insert into identities (workspace_id, id, project_id, contact_id, kind, scope, value, verified, created_at, last_seen_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) on conflict do nothing`,
);
// Whose proved addresses these are: the customer may have written by mail before. Locked, so that no merge of contacts comes between
// the answer and what is written upon it.
const findHolder = statement(
  "channels.find_holder",
  `select i.contact_id from unnest($3::text[], $4::text[]) with ordinality as a (kind, value, ord)
   join identities i on i.workspace_id = $1 and i.project_id = $2 and i.kind = a.kind and i.scope = '${nobodyId}' and i.value = a.value
     and i.verified
   order by a.ord limit 1 for share of i`,
);
const nameContact = statement(
  "channels.name_contact",
  "update contacts set name = $3 where workspace_id = $1 and id = $2 and name is null",
);
const findLatest = statement(
  "channels.find_latest_ticket",
  `select t.id, t.merged_into from tickets t where t.workspace_id = $1 and t.identity_id in (
     select $2::uuid union all select j.id from identities j where j.workspace_id = $1 and j.joined_to = $2)
   order by t.id desc limit 1`,
);
const touchChannel = statement(
  "channels.touch",
  "update channels set last_message_at = $3 where workspace_id = $1 and id = $2 and (last_message_at is null or last_message_at < $3::timestamptz - interval '1 minute')",
);
const attach = statement(
  "channels.attach",
  `insert into attachments (workspace_id, id, project_id, message_id, ticket_id, uploaded_by, sha256, name, created_at)
   select $1, f.id, $2, $3, $4, $5, decode(f.sha256, 'hex'), f.name, $6 from json_to_recordset($7::json) as f (id uuid, sha256 text, name text)`,
);

const maxSubjectLength = 80;

/** The first words stand for a subject where the channel has none. */
export function subjectOf(message: InboundMessage): string {
  const given = cleanLine(message.subject ?? "").slice(0, 300);
  if (given) return given;
  const words = cleanLine(message.body);
  return [...words].length <= maxSubjectLength
    ? words || "—"
    : `${[...words].slice(0, maxSubjectLength - 1).join("")}…`;
}

export type Met = { id: string; contact_id: string };
type Arrival = { channel: ChannelInstance; manifest: ChannelManifest; message: InboundMessage; now: Date };
type Person = Pick<InboundMessage, "from" | "claims">;

/** The contact who is proved to have one of these addresses. */
async function holderOf(tx: Transaction, projectId: string, person: Person): Promise<string | undefined> {
  const proved = (person.claims ?? []).filter(({ verified }) => verified);
  if (proved.length === 0) return undefined;
  const [holder] = await tx.query<{ contact_id: string }>(findHolder, [
    tx.workspaceId,
    projectId,
    proved.map(({ kind }) => kind),
    proved.map(({ value }) => value),
  ]);
  return holder?.contact_id;
}

/**
 * The identity of somebody who writes by a channel, with its row lock. A new one belongs to whoever is proved to have one of its
 * addresses, else to `contactId`, else to a new contact.
 */
export async function meetIdentity(
  tx: Transaction,
  clock: Clock,
  channel: ChannelInstance,
  { person, contactId }: { person: Person; contactId?: string },
): Promise<Met> {
  const { from } = person;
  const now = clock.now();
  const name = from.name ? cleanLine(from.name).slice(0, 200) || null : null;
  const known = (await holderOf(tx, channel.project.id, person)) ?? contactId;
  const [met] = await tx.query<Met>(meet, [
    tx.workspaceId,
    newId(clock),
    channel.project.id,
    known ?? newId(clock),
    from.kind,
    scopeOf(from, channel.id),
    from.value,
    from.verified,
    now,
    name,
    from.locale ?? null,
    known === undefined,
  ]);
  if (!met) throw new Error("the identity upsert answered nothing");
  if (name) await tx.query(nameContact, [tx.workspaceId, met.contact_id, name]);
  for (const claim of person.claims ?? []) {
    await tx.query(addAddress, [
      tx.workspaceId,
      newId(clock),
      channel.project.id,
      met.contact_id,
      claim.kind,
      scopeOf(claim, channel.id),
      claim.value,
      claim.verified,
      now,
    ]);
  }
  return met;
}

function continues(ticket: TicketRow, { manifest, now }: Arrival): boolean {
  if (ticket.phase !== "done" || !ticket.completed_at) return true;
  return now.getTime() - ticket.completed_at.getTime() < manifest.capabilities.reopenWithinHours * 3_600_000;
}

/** A body may be empty where files speak for themselves. */
function bodyOf(message: InboundMessage): string {
  return cleanText(message.body).slice(0, maxBodyLength);
}

async function openTicket(
  deps: ReceiveDeps,
  tx: Transaction,
  number: number,
  { channel, manifest, message }: Arrival,
): Promise<{ id: string; messageId: string }> {
  const draft: TicketDraft = {
    workspaceId: tx.workspaceId,
    projectId: channel.project.id,
    kind: deps.inquiry.id,
    flow: deps.inquiry.flow,
    subject: subjectOf(message),
    body: bodyOf(message),
    topicId: message.topicId ?? null,
    priority: 2,
    labels: [],
    weight: 0,
    channel: { id: channel.id, type: manifest.type, dialogue: manifest.capabilities.dialogue },
    externalId: message.externalId,
    contact: {
      name: message.from.name ?? null,
      locale: message.from.locale ?? null,
      identities: [message.from],
    },
    actor: { kind: "contact", id: null },
  };
  const [made] = await insertDrafts(tx, [draft], [number], deps.clock);
  if (!made) throw new Error("a ticket just written was not answered");
  return { id: made.ticket.id, messageId: made.messageId };
}

async function attachFiles(
  deps: ReceiveDeps,
  tx: Transaction,
  files: readonly StoredFile[],
  target: { messageId: string; ticketId: string; contactId: string; projectId: string },
): Promise<void> {
  if (files.length === 0) return;
  const rows = files.map(({ sha256, name }) => ({ id: newId(deps.clock), sha256, name }));
  await tx.query(attach, [
    tx.workspaceId,
    target.projectId,
    target.messageId,
    target.ticketId,
    target.contactId,
    deps.clock.now(),
    JSON.stringify(rows),
  ]);
}

type Latest = { id: string; merged_into: string | null };

/** Where a conversation goes on: in its own ticket, or in the one that took it in. */
async function lockCurrent(tx: Transaction, { id, merged_into }: Latest): Promise<TicketRow | undefined> {
  if (merged_into === null) {
    const ticket = await lockAnyTicket(tx, tx.workspaceId, id);
    if (ticket?.merged_into === null) return ticket;
  }
  return lockStanding(tx, tx.workspaceId, id);
}

async function apply(
  deps: ReceiveDeps,
  tx: Transaction,
  arrival: Arrival,
  takeNumber: () => Promise<number>,
): Promise<Received> {
  const { channel, manifest, message } = arrival;
  const met = await meetIdentity(tx, deps.clock, channel, { person: message });
  // Only now, behind the identity's lock, does "not here yet" mean that nobody is writing it at this moment.
  const [known] = await tx.query<{ message_id: string; ticket_id: string; number: number }>(
    findByExternalId,
    [tx.workspaceId, channel.id, message.externalId],
  );
  if (known)
    return { ticketId: known.ticket_id, messageId: known.message_id, number: known.number, duplicate: true };
  const [latest] = manifest.capabilities.dialogue
    ? await tx.query<Latest>(findLatest, [tx.workspaceId, met.id])
    : [];
  const ticket = latest && (await lockCurrent(tx, latest));
  const target = { contactId: met.contact_id, projectId: channel.project.id };
  if (ticket && continues(ticket, arrival)) {
    const row = await appendCustomerMessage(deps, tx, ticket, {
      contactId: met.contact_id,
      channelId: channel.id,
      originId: latest.id,
      externalId: message.externalId,
      body: bodyOf(message),
      actor: { kind: "contact", id: met.contact_id },
    });
    await attachFiles(deps, tx, message.attachments ?? [], {
      ...target,
      messageId: row.id,
      ticketId: ticket.id,
    });
    return { ticketId: ticket.id, messageId: row.id, number: ticket.number, duplicate: false };
  }
  const number = await takeNumber();
  const made = await openTicket(deps, tx, number, arrival);
  await attachFiles(deps, tx, message.attachments ?? [], {
    ...target,
    messageId: made.messageId,
    ticketId: made.id,
  });
  return { ticketId: made.id, messageId: made.messageId, number, duplicate: false };
}

/**
 * Applies one inbound message: a new ticket, or the next message of an open conversation. Repeating it changes nothing and answers
 * the same ids; two first messages at the same moment, in any two processes, meet in one contact and one ticket.
 */
export async function receiveMessage(
  deps: ReceiveDeps,
  channel: ChannelInstance,
  manifest: ChannelManifest,
  message: InboundMessage,
): Promise<Received> {
  const arrival = { channel, manifest, message, now: deps.clock.now() };
  let number: number | undefined;
  const takeNumber = async () => {
    number ??= (await deps.numbers.take(channel.workspaceId, 1))[0];
    return number ?? 0;
  };
  const once = () =>
    deps.db.transaction(channel.workspaceId, async (tx) => {
      const received = await apply(deps, tx, arrival, takeNumber);
      await tx.query(touchChannel, [tx.workspaceId, channel.id, arrival.now]);
      tx.afterCommit(deps.poke);
      return received;
    });
  try {
    return await once();
  } catch (error) {
    // The same message under another identity, at the same moment: the first to commit has it.
    if (violatedConstraint(error) !== "messages_external") throw error;
    return await once();
  }
}
