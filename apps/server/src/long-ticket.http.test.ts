import { fromPublicId, type Message, toPublicId } from "@okno/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startNotifications } from "./modules/notifications/index.ts";
import { createLog } from "./platform/log.ts";
import { visit } from "./testing/chat-visitor.ts";
import { type Person, signUp, startTestApp, type TestApp } from "./testing/index.ts";
import { startTestIndex } from "./testing/search-index.ts";

// A conversation that has gone on for years: a chat of 5,000 messages in the hands of one operator.

const many = 5000;
let t: TestApp;
let anna: Person;
let long: string;
let index: ReturnType<typeof startTestIndex>;
let told: ReturnType<typeof startNotifications>;
let say: (words: string) => Promise<unknown>;

beforeAll(async () => {
  t = await startTestApp();
  anna = await signUp(t, { grants: { [t.project]: "operator" } });
  index = startTestIndex(t);
  told = startNotifications(
    { db: t.db, clock: t.clock, log: createLog("silent"), hub: t.app.core.hub },
    { written: async () => undefined, delivered: t.app.core.notifications.deliver },
  );
  const { publicKey } = await t.client.channels.create({
    body: { project: t.project, type: "webchat", name: "Чат" },
  });
  const open = async (words: string) => {
    const visitor = await visit(t.url, publicKey);
    await visitor.say(words);
    const { data } = await t.client.tickets.list({ query: { limit: 1 } });
    const id = data[0]?.id ?? "";
    await anna.client.actions.claim({ params: { id }, body: {} });
    return { id, visitor };
  };
  const { id, visitor } = await open("Долго");
  long = id;
  say = (words) => visitor.say(words);
  // As years of chat leave them: said, told to the operator, and read long ago but for the last ten.
  await t.db.system.query(
    {
      name: "test.years_of_chat",
      text: `with said as (
         insert into messages (workspace_id, id, ticket_id, seq, direction, author_kind, author_id, channel_id, body, status, created_at)
         select $1, gen_random_uuid(), $2, n, 'in', 'contact', m.author_id, m.channel_id,
           case n when 2500 then 'Синхрофазотрон сломался' else 'сообщение ' || n end,
           case when n > $3::int - 10 then 'received' else 'read' end, now()
         from generate_series(3, $3::int) n, (select * from messages where workspace_id = $1 and ticket_id = $2 and seq = 1) m
         returning seq
       ), happened as (
         insert into ticket_events (workspace_id, ticket_id, seq, type, actor_kind, at, data)
         select $1, $2, seq, 'message.added', 'system', now(), '{"from": "customer"}' from said
       ), raised as (update tickets set seq = $3, message_seq = $3 where workspace_id = $1 and id = $2)
       insert into outbox (workspace_id, subject_id, seq) select $1, $2, seq from said order by seq`,
    },
    [t.workspaceId, fromPublicId("ticket", long), many],
  );
  t.app.core.poke();
  await index.caughtUp();
  await told.drain();
}, 60_000);
afterAll(async () => {
  await told.stop();
  await index.consumer.stop();
  await t.close();
});

const messages = (id: string, cursor?: string) =>
  t.client.messages.list({ params: { id }, query: { limit: 50, ...(cursor && { cursor }) } });

/** Where each row lies: a rewritten row lies elsewhere. */
async function places(table: "messages" | "notifications"): Promise<Set<string>> {
  const query = {
    name: `test.places_${table}`,
    text: `select id || ' ' || ctid::text as place from ${table} where workspace_id = $1 and ticket_id = $2`,
  };
  const rows = await t.db.system.query<{ place: string }>(query, [
    t.workspaceId,
    fromPublicId("ticket", long),
  ]);
  return new Set(rows.map(({ place }) => place));
}

test("it comes in pages of fifty, and scrolling up shows every message once, in order", async () => {
  const seen: Message[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await messages(long, cursor);
    expect(page.data.length).toBeLessThanOrEqual(50);
    seen.push(...page.data);
    if (!page.nextCursor) break;
    cursor = page.nextCursor;
  }
  expect(seen).toHaveLength(many - 1);
  expect(seen.map(({ seq }) => seq)).toEqual([...seen.map(({ seq }) => seq)].sort((a, b) => b - a));
});

test("search finds one word in the middle of it", async () => {
  const { data } = await anna.client.search.tickets({ query: { q: "синхрофазотроны" } });
  expect(data.map(({ ticket }) => ticket.id)).toEqual([long]);
  expect(data[0]?.hits[0]?.in).toBe("message");
});

test("reading writes what is unread and nothing else, neither messages nor news", async () => {
  const before = await places("messages");
  const first = await anna.client.readMarks.mark({ params: { id: long }, body: { upTo: many } });
  expect(first.marked, "the first one and the last ten").toBe(11);
  const after = await places("messages");
  expect([...after].filter((place) => !before.has(place))).toHaveLength(11);
  await anna.client.notifications.read({ body: { ticket: long } });

  await say("И ещё одно");
  await index.caughtUp();
  await told.drain();
  const [messagesBefore, newsBefore] = [await places("messages"), await places("notifications")];
  const { seq } = await t.client.tickets.get({ params: { id: long } });
  expect((await anna.client.readMarks.mark({ params: { id: long }, body: { upTo: seq } })).marked).toBe(1);
  await anna.client.notifications.read({ body: { ticket: long } });
  const rewritten = async (table: "messages" | "notifications", known: Set<string>) =>
    [...(await places(table))].filter((place) => !known.has(place)).length;
  expect(await rewritten("messages", messagesBefore)).toBe(1);
  expect(await rewritten("notifications", newsBefore)).toBe(1);
  expect((await anna.client.readMarks.mark({ params: { id: long }, body: { upTo: seq } })).marked).toBe(0);
});

test("a message in the middle is split off alone and merged back to its place", async () => {
  const middle = {
    name: "test.middle",
    text: "select id, body from messages where workspace_id = $1 and ticket_id = $2 and seq = 2500",
  };
  const [message] = await t.db.system.query<{ id: string; body: string }>(middle, [
    t.workspaceId,
    fromPublicId("ticket", long),
  ]);
  const order = async () =>
    (
      await t.db.system.query<{ body: string }>(
        {
          name: "test.order",
          text: "select body from messages where workspace_id = $1 and ticket_id = $2 order by seq",
        },
        [t.workspaceId, fromPublicId("ticket", long)],
      )
    ).map(({ body }) => body);
  const before = await order();
  const split = await t.client.merging.split({
    params: { id: long, message: toPublicId("message", message?.id ?? "") },
    body: { subject: "Синхрофазотрон", following: false },
  });
  expect(await order()).toEqual(before.filter((body) => body !== message?.body));
  await index.caughtUp();
  const found = await t.client.search.tickets({ query: { q: "синхрофазотрон" } });
  expect(found.data.map(({ ticket }) => ticket.id)).toEqual([split.id]);
  await t.client.merging.merge({ params: { id: split.id }, body: { into: long } });
  expect(await order()).toEqual(before);
});
