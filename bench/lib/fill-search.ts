import pg from "pg";
import { indexContacts, indexMessages, indexSubjects } from "../../apps/server/src/modules/search/store.ts";
import type { Queryable } from "../../apps/server/src/platform/database.ts";
import type { BenchServer } from "./server.ts";

/** What is asked for, and how often it stands in the filled messages. */
export const asked = {
  /** In more than a third of all messages, in every form. */
  common: ["заказ", "заказы", "заказу", "доставка", "доставки"],
  /** In one message of a hundred. */
  middling: Array.from({ length: 20 }, (_, n) => n)
    .filter((n) => n >= 10 && n % 5 !== 1)
    .map((n) => `сотая${letters(n)}`),
  /** In some forty of a million messages each. */
  rare: Array.from({ length: 200 }, (_, n) => `редкое${letters(10_000 + n * 61)}`),
  /** A contact's, and in the texts of some of their messages. */
  phones: Array.from({ length: 200 }, (_, n) => phone(n * 50)),
};

function letters(number: number): string {
  return [...String(number)].map((digit) => "абвгдежзик"[Number(digit)]).join("");
}

function phone(number: number): string {
  const digits = String(1_000_000 + number * 5);
  return `8 (916) ${digits.slice(0, 3)}-${digits.slice(3, 5)}-${digits.slice(5)}`;
}

const spell = (expression: string) => `translate((${expression})::text, '0123456789', 'абвгдежзик')`;

// Four more messages a ticket, of some twenty-five words each: few words stand everywhere, most hardly anywhere, as in any language.
const addMessages = `
  insert into messages (workspace_id, id, ticket_id, seq, direction, author_kind, author_id, body, channel_id, status, created_at)
  select t.workspace_id, md5('search ' || t.number || ' ' || s)::uuid, t.id, s, case s % 2 when 0 then 'out' else 'in' end,
    case s % 2 when 0 then 'system' else 'contact' end, case s % 2 when 0 then null else t.contact_id end,
    (select string_agg('слово' || ${spell("floor(power(random(), 3) * 20000)::int")}, ' ') from generate_series(1, 18 + (s + t.number) % 10))
      || case when (s + t.number) % 4 = 0 then ' Заказ' else ' Пишу ещё раз' end
      || case when (s + t.number) % 3 = 0 then ' ждёт доставки.' else '.' end
      || ' редкое' || ${spell("mod(abs(t.number) * 7919 + s * 104729, 25000)")}
      || case when mod(abs(t.number) * 31 + s, 5) = 0 then ' сотая' || ${spell("mod(abs(t.number) * 17 + s * 13, 20)")} else '' end
      || case when mod(abs(t.number), 40) = s then ' звоните 8 916 ' || (1000000 + abs(t.number) - mod(abs(t.number), 5)) else '' end,
    t.channel_id, 'received', t.created_at + s * interval '1 second'
  from tickets t cross join generate_series(2, 5) s where t.number between -$2::int and -$1::int`;

const addPhones = `
  insert into identities (workspace_id, id, project_id, contact_id, kind, scope, value, verified, created_at, last_seen_at)
  select workspace_id, md5('phone ' || id)::uuid, project_id, contact_id, 'phone', scope,
    '+7916' || (1000000 + substring(value from 'fill-(\\d+)@')::int), true, now(), now()
  from identities where kind = 'email' and value like 'fill-%'`;

const batch = 10_000;

/** Five messages a ticket instead of one, and everything in the search tables as the indexer would write it. */
export async function fillSearch(
  postgres: BenchServer["postgres"],
  tickets: number,
  say: (text: string) => void,
): Promise<void> {
  const client = new pg.Client(postgres);
  await client.connect();
  try {
    await client.query("set synchronous_commit = off; set enable_hashjoin = off; set enable_mergejoin = off");
    const { rows } = await client.query("select 1 from search_entries where kind = 'message' limit 1");
    const done = await client.query("select 1 from journal_consumers where name = 'search-filled'");
    if (done.rows.length > 0) return;
    await passOver(client, ["search"]);
    if (rows.length > 0) await client.query("truncate search_entries, search_contacts");
    await client.query("delete from messages where seq > 1; delete from identities where kind = 'phone'");
    await client.query("drop index search_entries_words");
    await client.query(addPhones);
    for (let from = 1; from <= tickets; from += batch) {
      const to = Math.min(tickets, from + batch - 1);
      await client.query(addMessages, [from, to]);
      await indexRange(client, from, to);
      say(`written ${to} of ${tickets} tickets with their messages`);
    }
    await client.query(
      "create index search_entries_words on search_entries using gin (vector) with (gin_pending_list_limit = 512)",
    );
    await passOver(client, ["search-filled"]);
    await client.query("vacuum analyze");
    await client.query("checkpoint");
  } finally {
    await client.end();
  }
}

/** The server's own indexer has nothing left to do of what is filled in here. */
async function passOver(client: pg.Client, names: readonly string[]): Promise<void> {
  await client.query(
    `insert into journal_consumers (name, position) select name, (select max(position) from journal) from unnest($1::text[]) name
     on conflict (name) do update set position = excluded.position`,
    [names],
  );
}

async function indexRange(client: pg.Client, from: number, to: number): Promise<void> {
  const tx: Queryable = {
    async query<Row extends object>({ text }: { text: string }, values: readonly unknown[] = []) {
      return (await client.query<Row>({ text, values: values as unknown[] })).rows;
    },
  };
  const found = await client.query<{ workspace: string; id: string; contact: string }>(
    "select workspace_id as workspace, id, contact_id as contact from tickets where number between -$2::int and -$1::int",
    [from, to],
  );
  await indexSubjects(tx, found.rows);
  const contacts = new Map(found.rows.map(({ workspace, contact }) => [contact, { workspace, id: contact }]));
  await indexContacts(tx, [...contacts.values()]);
  for (let seq = 1; seq <= 5; seq++) {
    const keys = found.rows.map(({ workspace, id }) => ({ workspace, ticket: id, seq }));
    await indexMessages(tx, keys);
  }
}
