import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../testing/index.ts";
import { startTestIndex, type TestIndex } from "../../testing/search-index.ts";

let t: TestApp;
let index: TestIndex;
let client: pg.Client;
beforeAll(async () => {
  t = await startTestApp();
  index = startTestIndex(t);
  client = new pg.Client(t.connection);
  await client.connect();
});
afterAll(async () => {
  await index.consumer.stop();
  await client.end();
  await t.close();
});

const create = (body: string, contact = {}) =>
  t.client.tickets.create({ body: { subject: "Вопрос", body, contact } });
const found = async (q: string) =>
  (await t.client.search.tickets({ query: { q } })).data.map(({ ticket }) => ticket.id);

/** Everything of the two tables, without what changes by the hour. */
async function stored(): Promise<unknown[]> {
  const { rows } = await client.query(
    `select ticket_id, id, kind, at, vector::text from search_entries union all
     select contact_id, contact_id, 'contact', null, vector::text from search_contacts order by 1, 2`,
  );
  return rows;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}

test("a message can be found soon after it was taken, without anybody's help", {
  timeout: 10_000,
}, async () => {
  const { id } = await create("самопоявится");
  await until(async () => (await found("самопоявится")).includes(id));
  await t.client.messages.add({ params: { id }, body: { body: "добавочное", visibility: "internal" } });
  await until(async () => (await found("добавочное")).includes(id));
});

test("indexing twice, from the first entry again, or after losing everything gives the same", async () => {
  for (let n = 0; n < 5; n++)
    await create(`повторное ${n}`, { name: `Повтор ${n}`, email: `again${n}@example.com` });
  await index.caughtUp();
  const before = await stored();
  expect(before.length).toBeGreaterThan(10);
  await client.query("update journal_consumers set position = 0 where name = 'search'");
  await index.caughtUp();
  expect(await stored()).toEqual(before);
  await client.query("truncate search_entries, search_contacts");
  await client.query("update journal_consumers set position = 0 where name = 'search'");
  await index.caughtUp();
  expect(await stored()).toEqual(before);
});

test("a batch that was lost with its process is done again, by another one", async () => {
  const second = await t.startSibling();
  const other = startTestIndex({ db: t.db, app: second.app });
  const { id } = await create("пережившее");
  await index.caughtUp();
  // As after a crash: what was written is gone, and so is the step of the cursor that went with it.
  await client.query("begin");
  await client.query(
    "delete from search_entries where ticket_id = (select ticket_id from search_entries where vector @@ '''пережившее''')",
  );
  await client.query("update journal_consumers set position = 0 where name = 'search'");
  await client.query("commit");
  await index.consumer.stop();
  await other.caughtUp();
  expect(await found("пережившее")).toEqual([id]);
  index = startTestIndex(t);
  await Promise.all([index.caughtUp(), other.caughtUp()]);
  await other.consumer.stop();
  await second.close();
});

test("a renaming is found by the new name alone, however it races with indexing", async () => {
  const ticket = await create("переименование", { name: "Старое Прозвище" });
  const params = { id: ticket.contact?.id ?? "" };
  await index.caughtUp();
  expect(await found("прозвище")).toEqual([ticket.id]);
  let { version } = await t.client.contacts.get({ params });
  const rename = async (name: string) => {
    version = (await t.client.contacts.update({ params, body: { name, version } })).version;
  };
  for (let n = 0; n < 10; n++) {
    const written = Promise.all([
      t.client.messages.add({
        params: { id: ticket.id },
        body: { body: `гонка ${n}`, visibility: "internal" },
      }),
      rename(n === 9 ? "Новое Наименование" : `Промежуточное Имя ${n}`),
    ]);
    await Promise.all([written, index.consumer.drain()]);
  }
  await index.caughtUp();
  expect(await found("от:наименование")).toEqual([ticket.id]);
  expect(await found("от:прозвище")).toEqual([]);
  expect(await found("от:промежуточное")).toEqual([]);
});

test("an address that came later, a new subject, a merged contact: the index follows", async () => {
  const first = await create("слияние", { name: "Мерджев Первый", email: "merge1@example.com" });
  const second = await create("слияние", { name: "Мерджев Второй" });
  const id = second.contact?.id ?? "";
  await t.client.contacts.addIdentity({ params: { id }, body: { kind: "phone", value: "+7 914 000-00-77" } });
  await t.client.actions.set({ params: { id: second.id }, body: { subject: "Переназванное" } });
  await index.caughtUp();
  expect(await found("89140000077")).toEqual([second.id]);
  expect(await found("переназванному")).toEqual([second.id]);
  await t.client.contacts.merge({ params: { id }, body: { into: first.contact?.id ?? "" } });
  await index.caughtUp();
  expect((await found("89140000077")).sort()).toEqual([first.id, second.id].sort());
  expect((await t.client.contacts.list({ query: { q: "мерджев" } })).data.map((each) => each.id)).toEqual([
    first.contact?.id,
  ]);
});

test("text that is no more is not found once an event tells of it", async () => {
  const { id } = await create("исчезающее");
  await index.caughtUp();
  const [row] = (
    await client.query("select workspace_id, ticket_id from search_entries where vector @@ '''исчеза'''")
  ).rows;
  await client.query("delete from messages where workspace_id = $1 and ticket_id = $2", [
    row.workspace_id,
    row.ticket_id,
  ]);
  // An event of a kind that this version does not know: everything of the ticket is looked at again.
  await client.query(
    `with told as (insert into ticket_events (workspace_id, ticket_id, seq, type, actor_kind, at, data)
       values ($1, $2, 1000, 'message.erased_by_tomorrow', 'system', now(), '{}'))
     insert into outbox (workspace_id, subject_id, seq) values ($1, $2, 1000)`,
    [row.workspace_id, row.ticket_id],
  );
  await index.caughtUp();
  expect(await found("исчезающее")).toEqual([]);
  expect(await found("вопрос")).toContain(id);
});
