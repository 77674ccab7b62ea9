import { fromPublicId } from "@okno/contract";
import type { Queryable } from "../../platform/database.ts";
import type { ConsumerDefinition, JournalRow } from "../journal/index.ts";
import {
  indexContacts,
  indexMessages,
  indexSubjects,
  indexWholeTicket,
  type Key,
  listContactsOf,
  type MessageKey,
} from "./store.ts";

// Moves of a ticket that leave its texts and its customer as they were. An event that stands neither here nor below may have done
// anything to them, so everything of the ticket is read again: a kind of event of tomorrow is at worst slow, never forgotten.
const quiet = new Set([
  "ticket.claimed",
  "ticket.assigned",
  "ticket.transferred",
  "ticket.completed",
  "ticket.postponed",
  "ticket.returned",
  "ticket.reopened",
  "message.status_changed",
  "payout.processing",
  "payout.doubted",
  "payout.resumed",
  "payout.paid",
  "payout.failed",
  "payout.cancelled",
  "payout.contradicted",
]);
/** After these the subject is another; a payout is opened with nothing but one. */
const subjectChanges = new Set(["ticket.created", "ticket.changed", "payout.created"]);
const writes = new Set(["ticket.created", "message.added", "note.added"]);

/** What a batch of the journal makes old. */
type Work = {
  subjects: Map<string, Key>;
  messages: Map<string, MessageKey>;
  /** Tickets in which somebody has written: their customer may be new, or have a new address. */
  spoken: Map<string, Key>;
  whole: Map<string, Key>;
  contacts: Map<string, Key>;
};

function add(keys: Map<string, Key>, workspace: string, id: string | undefined): void {
  if (id) keys.set(`${workspace} ${id}`, { workspace, id });
}

/** The ids of one kind that an event names, wherever it names them. */
function namedIn(data: Record<string, unknown>, kind: "ticket" | "contact"): (string | undefined)[] {
  const prefix = kind === "ticket" ? "tkt" : "con";
  const ids = JSON.stringify(data).match(new RegExp(`${prefix}_[0-9a-z]{26}`, "gu")) ?? [];
  return ids.map((id) => fromPublicId(kind, id));
}

function note(work: Work, { workspace_id: workspace, ticket_id: ticket, seq, type, data }: JournalRow): void {
  if (type.startsWith("contact."))
    for (const id of namedIn(data, "contact")) add(work.contacts, workspace, id);
  if (ticket === null) return;
  if (subjectChanges.has(type)) add(work.subjects, workspace, ticket);
  // A message has the seq of the event that came with it, whatever that is called: a hand-over brings a note.
  work.messages.set(`${workspace} ${ticket} ${seq}`, { workspace, ticket, seq });
  if (writes.has(type)) add(work.spoken, workspace, ticket);
  if (quiet.has(type) || writes.has(type) || subjectChanges.has(type)) return;
  for (const id of [ticket, ...namedIn(data, "ticket")]) add(work.whole, workspace, id);
}

async function handle(tx: Queryable, rows: readonly JournalRow[]): Promise<void> {
  const work: Work = {
    subjects: new Map(),
    messages: new Map(),
    spoken: new Map(),
    whole: new Map(),
    contacts: new Map(),
  };
  for (const row of rows) note(work, row);
  await indexSubjects(tx, [...work.subjects.values()]);
  await indexMessages(tx, [...work.messages.values()]);
  for (const key of work.whole.values()) await indexWholeTicket(tx, key);
  for (const { workspace, id } of await listContactsOf(tx, [...work.spoken.values(), ...work.whole.values()]))
    add(work.contacts, workspace, id);
  await indexContacts(tx, [...work.contacts.values()]);
}

/** Keeps what is searchable as it is written: an installation that gains search begins with the journal's first entry. */
export const searchIndexer: ConsumerDefinition = { name: "search", from: "beginning", handle };
