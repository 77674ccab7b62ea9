import { type SearchHit, toPublicId } from "@okno/contract";
import { type Queryable, statement } from "../../platform/database.ts";
import type { TicketRow } from "../tickets/index.ts";
import { doubtfulWords, type Marks, snippetOf, spansOf } from "./marks.ts";
import { stemTexts } from "./stem.ts";
import { either, type Term } from "./terms.ts";

const hits = statement(
  "search.hits",
  "select ticket_id, id, kind, at, body from search_hits($1, $2::uuid[], $3::tsquery)",
);
const addresses = statement(
  "search.addresses",
  `select c.id, c.name, array(select i.value from identities i where i.workspace_id = $1 and i.contact_id = c.id
     and i.kind in ('email', 'phone') order by i.created_at, i.id limit 20) as addresses
   from contacts c where c.workspace_id = $1 and c.project_id = any($2::uuid[]) and c.id = any($3::uuid[])`,
);

type HitRow = {
  ticket_id: string;
  id: string;
  kind: "subject" | "message" | "note";
  at: Date;
  body: string | null;
};
type AddressRow = { id: string; name: string | null; addresses: string[] };
type Asked = { terms: readonly Term[]; marks: Marks; projectIds: readonly string[]; seesContacts: boolean };

const hitsATicket = 3;

type Stems = ReadonlyMap<string, readonly string[]>;

async function stemsOf(db: Queryable, texts: readonly string[], marks: Marks): Promise<Stems> {
  const words = [...new Set(texts.flatMap((text) => doubtfulWords(text, marks)))];
  const stemmed = await stemTexts(db, words);
  return new Map(words.map((each, index) => [each, (stemmed[index] ?? []).map(({ lexeme }) => lexeme)]));
}

function headHits(row: TicketRow, contact: AddressRow | undefined, marks: Marks, stems: Stems): SearchHit[] {
  const at = row.created_at.toISOString();
  const found: SearchHit[] = [];
  if (marks.numbers.includes(String(row.number)))
    found.push({ in: "number", message: null, at, snippet: [{ text: String(row.number), hit: true }] });
  const subject = spansOf(row.subject, marks, stems);
  if (subject.length > 0)
    found.push({ in: "subject", message: null, at, snippet: snippetOf(row.subject, subject) });
  const lines = contact ? [contact.name ?? "", ...contact.addresses] : [];
  const line = lines.find((each) => spansOf(each, marks, stems, true).length > 0);
  if (line !== undefined) {
    const spans = spansOf(line, marks, stems, true);
    found.push({ in: "contact", message: null, at, snippet: snippetOf(line, spans) });
  }
  return found;
}

function messageHit({ id, kind, at, body }: HitRow, marks: Marks, stems: Stems): SearchHit {
  const text = body ?? "";
  return {
    in: kind === "note" ? "note" : "message",
    message: toPublicId("message", id),
    at: at.toISOString(),
    snippet: snippetOf(text, spansOf(text, marks, stems)),
  };
}

/** Where in each of these tickets stands what was looked for. The tickets are the caller's to see. */
export async function listHits(
  db: Queryable,
  tickets: readonly TicketRow[],
  { terms, marks, projectIds, seesContacts }: Asked,
): Promise<Map<string, SearchHit[]>> {
  const [first] = tickets;
  const positive = terms.filter(({ negated }) => !negated);
  if (!first || positive.length === 0) return new Map();
  const workspaceId = first.workspace_id;
  const words = either(...positive.map((term) => term.words));
  const asksPeople = seesContacts && positive.some(({ people }) => people !== "");
  const contactIds = [...new Set(tickets.flatMap(({ contact_id }) => contact_id ?? []))];
  const [rows, contacts] = await Promise.all([
    words === "" ? [] : db.query<HitRow>(hits, [workspaceId, tickets.map(({ id }) => id), words]),
    asksPeople ? db.query<AddressRow>(addresses, [workspaceId, projectIds, contactIds]) : [],
  ]);
  const contactById = new Map(contacts.map((contact) => [contact.id, contact]));
  const texts = [
    ...rows.map(({ body }) => body ?? ""),
    ...tickets.map(({ subject }) => subject),
    ...contacts.flatMap(({ name, addresses: all }) => [name ?? "", ...all]),
  ];
  const stems = await stemsOf(db, texts, marks);
  const byTicket = Map.groupBy(
    rows.filter(({ kind }) => kind !== "subject"),
    (row) => row.ticket_id,
  );
  return new Map(
    tickets.map((ticket) => {
      const head = headHits(ticket, contactById.get(ticket.contact_id ?? ""), marks, stems);
      const said = (byTicket.get(ticket.id) ?? []).map((row) => messageHit(row, marks, stems));
      return [ticket.id, [...head, ...said].slice(0, hitsATicket)];
    }),
  );
}
