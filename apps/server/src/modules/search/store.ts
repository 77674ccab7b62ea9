import { type Queryable, statement } from "../../platform/database.ts";
import { contactVector, searchableText, signsOf } from "./words.ts";

// Reading what is to be found, and writing it down. Always of the rows as they are now, so doing it twice or late changes nothing.

export type Key = { workspace: string; id: string };
export type MessageKey = { workspace: string; ticket: string; seq: number };

const loadSubjects = statement(
  "search.load_subjects",
  `select t.workspace_id, t.id as ticket_id, t.id, t.project_id, 'subject' as kind, t.created_at as at, t.number, t.subject as text
   from unnest($1::uuid[], $2::uuid[]) k (workspace_id, id) join tickets t on t.workspace_id = k.workspace_id and t.id = k.id`,
);
const messageColumns = `m.workspace_id, m.ticket_id, m.id, t.project_id, case m.direction when 'note' then 'note' else 'message' end as kind,
  m.created_at as at, m.seq, m.body as text`;
const loadMessages = statement(
  "search.load_messages",
  `select ${messageColumns} from unnest($1::uuid[], $2::uuid[], $3::int[]) k (workspace_id, ticket_id, seq)
   join messages m on m.workspace_id = k.workspace_id and m.ticket_id = k.ticket_id and m.seq = k.seq
   join tickets t on t.workspace_id = k.workspace_id and t.id = k.ticket_id`,
);
const loadMessagesAfter = statement(
  "search.load_messages_after",
  `select ${messageColumns} from tickets t join messages m on m.workspace_id = t.workspace_id and m.ticket_id = t.id
   where t.workspace_id = $1 and t.id = $2 and m.ticket_id = $2 and m.seq > $3 order by m.seq limit $4`,
);
const removeGone = statement(
  "search.remove_gone",
  `delete from search_entries e where e.workspace_id = $1 and e.ticket_id = $2
     and not exists (select from messages m where m.workspace_id = $1 and m.id = e.id and m.ticket_id = $2)
     and not exists (select from tickets t where t.workspace_id = $1 and t.id = $2 and e.id = $2)`,
);
const storeEntries = statement(
  "search.store_entries",
  `insert into search_entries as s (workspace_id, ticket_id, id, project_id, kind, at, vector)
   select workspace_id, ticket_id, id, project_id, kind, at, to_tsvector('russian', text) || array_to_tsvector(signs)
   from json_to_recordset($1::json)
     as r(workspace_id uuid, ticket_id uuid, id uuid, project_id uuid, kind text, at timestamptz, text text, signs text[])
   on conflict (workspace_id, ticket_id, id) do update
     set vector = excluded.vector, project_id = excluded.project_id, kind = excluded.kind, at = excluded.at
     where (s.vector, s.project_id, s.kind) is distinct from (excluded.vector, excluded.project_id, excluded.kind)`,
);

const loadContacts = statement(
  "search.load_contacts",
  `select c.workspace_id, c.id, c.project_id, c.name,
     (select coalesce(json_agg(json_build_object('kind', i.kind, 'value', i.value) order by i.id), '[]') from identities i
      where i.workspace_id = c.workspace_id and i.contact_id = c.id and i.kind in ('email', 'phone')) as identities
   from unnest($1::uuid[], $2::uuid[]) k (workspace_id, id) join contacts c on c.workspace_id = k.workspace_id and c.id = k.id
   where c.merged_into is null`,
);
const contactsOfTickets = statement(
  "search.contacts_of_tickets",
  `select distinct t.workspace_id as workspace, t.contact_id as id from unnest($1::uuid[], $2::uuid[]) k (workspace_id, id)
   join tickets t on t.workspace_id = k.workspace_id and t.id = k.id where t.contact_id is not null`,
);
const removeContacts = statement(
  "search.remove_contacts",
  `delete from search_contacts s using unnest($1::uuid[], $2::uuid[]) k (workspace_id, id)
   where s.workspace_id = k.workspace_id and s.contact_id = k.id
     and not exists (select from contacts c where c.workspace_id = k.workspace_id and c.id = k.id and c.merged_into is null)`,
);
const storeContacts = statement(
  "search.store_contacts",
  `insert into search_contacts as s (workspace_id, contact_id, project_id, vector)
   select workspace_id, id, project_id, to_tsvector('russian', text) || array_to_tsvector(signs)
   from json_to_recordset($1::json) as r(workspace_id uuid, id uuid, project_id uuid, text text, signs text[])
   on conflict (workspace_id, contact_id) do update set vector = excluded.vector, project_id = excluded.project_id
     where (s.vector, s.project_id) is distinct from (excluded.vector, excluded.project_id)`,
);

type EntryRow = {
  workspace_id: string;
  ticket_id: string;
  id: string;
  project_id: string;
  kind: "subject" | "message" | "note";
  at: Date;
  text: string;
  number?: number;
  seq?: number;
};
type ContactRow = {
  workspace_id: string;
  id: string;
  project_id: string;
  name: string | null;
  identities: { kind: string; value: string }[];
};

const columns = (keys: readonly Key[]) => [keys.map(({ workspace }) => workspace), keys.map(({ id }) => id)];

async function storeRows(tx: Queryable, rows: readonly EntryRow[]): Promise<void> {
  if (rows.length === 0) return;
  const entries = rows.map(({ number, seq: _seq, text, ...row }) => ({
    ...row,
    text: searchableText(text),
    signs: number === undefined ? signsOf(text) : [`#${number}`, ...signsOf(text)],
  }));
  await tx.query(storeEntries, [JSON.stringify(entries)]);
}

export async function indexSubjects(tx: Queryable, tickets: readonly Key[]): Promise<void> {
  if (tickets.length > 0) await storeRows(tx, await tx.query<EntryRow>(loadSubjects, columns(tickets)));
}

export async function indexMessages(tx: Queryable, messages: readonly MessageKey[]): Promise<void> {
  if (messages.length === 0) return;
  const values = [
    messages.map(({ workspace }) => workspace),
    messages.map(({ ticket }) => ticket),
    messages.map(({ seq }) => seq),
  ];
  await storeRows(tx, await tx.query<EntryRow>(loadMessages, values));
}

const messagesAtOnce = 500;

/** Everything of a ticket again: what went to another ticket or was removed is not found any more. */
export async function indexWholeTicket(tx: Queryable, { workspace, id }: Key): Promise<void> {
  await tx.query(removeGone, [workspace, id]);
  await indexSubjects(tx, [{ workspace, id }]);
  let seq = 0;
  for (;;) {
    const rows = await tx.query<EntryRow>(loadMessagesAfter, [workspace, id, seq, messagesAtOnce]);
    await storeRows(tx, rows);
    if (rows.length < messagesAtOnce) return;
    seq = rows.at(-1)?.seq ?? seq;
  }
}

export async function listContactsOf(tx: Queryable, tickets: readonly Key[]): Promise<Key[]> {
  return tickets.length > 0 ? tx.query<Key>(contactsOfTickets, columns(tickets)) : [];
}

export async function indexContacts(tx: Queryable, contacts: readonly Key[]): Promise<void> {
  if (contacts.length === 0) return;
  const rows = await tx.query<ContactRow>(loadContacts, columns(contacts));
  const vectors = rows.map((row) => ({
    workspace_id: row.workspace_id,
    id: row.id,
    project_id: row.project_id,
    ...contactVector(row),
  }));
  await tx.query(storeContacts, [JSON.stringify(vectors)]);
  if (rows.length < contacts.length) await tx.query(removeContacts, columns(contacts));
}
