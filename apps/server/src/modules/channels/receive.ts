import { cleanLine, cleanText, maxBodyLength } from "@okno/contract";
import type { ChannelInstance, ChannelManifest, Flow, InboundMessage, Received, StoredFile } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Database, statement, type Transaction, violatedConstraint } from "../../platform/database.ts";
import { newId } from "../../platform/ids.ts";
import { insertDrafts, scopeOf, type TicketDraft } from "../intake/index.ts";
import { appendCustomerMessage } from "../messages/index.ts";
import { type FlowOf, lockAnyTicket, type Numbers, type TicketRow } from "../tickets/index.ts";

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
     select $1, $4, $3, $10, $11, $9 from met where met.contact_id = $4
   )
   select id, contact_id from met`,
);

const claimAddress = statement(
  "channels.claim_address",
  `insert into identities (workspace_id, id, project_id, contact_id, kind, scope, value, verified, created_at, last_seen_at)
   values ($1, $2, $3, $4, $5, $6, $7, false, $8, $8) on conflict do nothing`,
);
const nameContact = statement(
  "channels.name_contact",
  "update contacts set name = $3 where workspace_id = $1 and id = $2 and name is null",
);
const findLatest = statement(
  "channels.find_latest_ticket",
  "select id from tickets where workspace_id = $1 and identity_id = $2 order by id desc limit 1",
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

type Met = { id: string; contact_id: string };
type Arrival = { channel: ChannelInstance; manifest: ChannelManifest; message: InboundMessage; now: Date };

async function meetIdentity(tx: Transaction, clock: Clock, { channel, message, now }: Arrival): Promise<Met> {
  const { from } = message;
  const name = from.name ? cleanLine(from.name).slice(0, 200) || null : null;
  const scope = scopeOf(from, channel.id);
  const values = [
    tx.workspaceId,
    newId(clock),
    channel.project.id,
    newId(clock),
    from.kind,
    scope,
    from.value,
    from.verified,
    now,
    name,
    from.locale ?? null,
  ];
  const [met] = await tx.query<Met>(meet, values);
  if (!met) throw new Error("the identity upsert answered nothing");
  if (name) await tx.query(nameContact, [tx.workspaceId, met.contact_id, name]);
  for (const claim of message.claims ?? []) {
    await tx.query(claimAddress, [
      tx.workspaceId,
      newId(clock),
      channel.project.id,
      met.contact_id,
      claim.kind,
      scopeOf(claim, channel.id),
      claim.value,
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

async function apply(
  deps: ReceiveDeps,
  tx: Transaction,
  arrival: Arrival,
  takeNumber: () => Promise<number>,
): Promise<Received> {
  const { channel, manifest, message } = arrival;
  const met = await meetIdentity(tx, deps.clock, arrival);
  // Only now, behind the identity's lock, does "not here yet" mean that nobody is writing it at this moment.
  const [known] = await tx.query<{ message_id: string; ticket_id: string; number: number }>(
    findByExternalId,
    [tx.workspaceId, channel.id, message.externalId],
  );
  if (known)
    return { ticketId: known.ticket_id, messageId: known.message_id, number: known.number, duplicate: true };
  const [latest] = manifest.capabilities.dialogue
    ? await tx.query<{ id: string }>(findLatest, [tx.workspaceId, met.id])
    : [];
  const ticket = latest && (await lockAnyTicket(tx, tx.workspaceId, latest.id));
  const target = { contactId: met.contact_id, projectId: channel.project.id };
  if (ticket && continues(ticket, arrival)) {
    const row = await appendCustomerMessage(deps, tx, ticket, {
      contactId: met.contact_id,
      channelId: channel.id,
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
