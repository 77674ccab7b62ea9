import { toPublicId } from "@okno/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { visit } from "../../testing/chat-visitor.ts";
import { codeOf, startTestApp, type TestApp } from "../../testing/index.ts";
import { calls, heard, nextNumber, nextPerson, openChat, uuidOf } from "./fixtures/calls.ts";

let t: TestApp;
let keys: [string, string];

const { ticketOf, byKey, reply, merge, unmerge, get, said, snapshot } = calls(() => t);

beforeAll(async () => {
  t = await startTestApp();
  keys = [await openChat(t, "Сайт"), await openChat(t, "Магазин")];
});
afterAll(() => t.close());

const words = (who: string, n: number) => Array.from({ length: n }, (_, index) => `${who} ${index}`);

/** Two visitors of two chats who turn out to be one person. */
async function onePersonTwice() {
  const [site, shop] = [await visit(t.url, keys[0]), await visit(t.url, keys[1])];
  const name = `Человек ${nextNumber()}`;
  await site.say(`С сайта: ${name}`);
  await shop.say(`Из магазина: ${name}`);
  const { data } = await t.client.tickets.list({ query: { limit: 100 } });
  const find = (start: string) => data.find(({ subject }) => subject === `${start}: ${name}`);
  const [onSite, inShop] = [find("С сайта"), find("Из магазина")];
  if (!onSite?.contact || !inShop?.contact) throw new Error("the conversations were not opened");
  return { site, shop, onSite, inShop, contacts: [onSite.contact.id, inShop.contact.id] as const };
}

async function mergedPerson() {
  const person = await onePersonTwice();
  await t.client.contacts.merge({ params: { id: person.contacts[0] }, body: { into: person.contacts[1] } });
  return person;
}

test("messages that arrive by a chat and by the API while their ticket is merged and parted again and again are each in one ticket, once", async () => {
  const { site, shop, onSite, inShop } = await mergedPerson();
  const count = 10;
  const fromSite = words("сайт", count);
  const fromShop = words("магазин", count);
  const byApi = words("ключ", count);
  const each = async (bodies: string[], send: (body: string) => Promise<unknown>) => {
    for (const body of bodies) await send(body);
  };
  let going = true;
  const stir = async () => {
    while (going) {
      await merge(onSite.id, inShop.id);
      await unmerge(onSite.id);
    }
  };
  const stirring = stir();
  await Promise.all([
    each(fromSite, async (body) => expect((await site.say(body)).status).toBe(201)),
    each(fromShop, async (body) => expect((await shop.say(body)).status).toBe(201)),
    each(byApi, (body) => byKey(onSite.id, body)),
  ]);
  going = false;
  await stirring;
  const [onSiteSaid, inShopSaid] = [await said(onSite.id), await said(inShop.id)];
  // Parted, each has its own conversation, in the order in which it came.
  expect(onSiteSaid.filter((body) => body.startsWith("сайт"))).toEqual(fromSite);
  expect(onSiteSaid.filter((body) => body.startsWith("ключ"))).toEqual(byApi);
  expect(inShopSaid.filter((body) => body.startsWith("магазин"))).toEqual(fromShop);
  expect(onSiteSaid.length + inShopSaid.length).toBe(3 * count + 2);
  expect(await heard(shop)).toEqual([inShop.subject, ...fromShop]);
}, 30_000);

test("two merges of the same two tickets against each other: one wins, nothing is merged in a circle", async () => {
  const email = nextPerson();
  for (let round = 0; round < 5; round++) {
    const [a, b] = [await ticketOf(`раз ${round}`, email), await ticketOf(`два ${round}`, email)];
    const outcomes = await Promise.all([codeOf(merge(a.id, b.id)), codeOf(merge(b.id, a.id))]);
    expect(outcomes.sort()).toEqual(["accepted", "ticket_merged"]);
    const standing = [await get(a.id), await get(b.id)].filter(({ mergedInto }) => mergedInto === null);
    expect(standing).toHaveLength(1);
    expect((await said(standing[0]?.id ?? "")).sort()).toEqual([`два ${round}`, `раз ${round}`]);
  }
});

test("a merge and its undo leave both tickets exactly as they were, labels, order and all", async () => {
  const email = nextPerson();
  const label = `важно ${nextNumber()}`;
  await t.client.labels.create({ body: { project: t.project, name: label, weight: 40 } });
  const source = await ticketOf("Где заказ", email);
  const survivor = await ticketOf("Где мой заказ", email);
  await reply(source.id, "Смотрим");
  await byKey(source.id, "Жду");
  await t.client.messages.add({
    params: { id: source.id },
    body: { body: "склад молчит", visibility: "internal" },
  });
  await reply(survivor.id, "Уже едет");
  await t.client.actions.set({
    params: { id: source.id },
    body: { labels: [label], priority: "high" },
  });
  await t.client.actions.postpone({
    params: { id: source.id },
    body: { until: new Date(t.clock.now().getTime() + 3_600_000).toISOString() },
  });
  const before = await snapshot(source.id, survivor.id);

  const merged = await merge(source.id, survivor.id);
  expect(merged.source).toMatchObject({
    phase: "done",
    mergedInto: survivor.id,
    actions: [],
    waitingSince: null,
  });
  expect(merged.survivor).toMatchObject({ labels: [label], phase: "open", mergedInto: null });
  expect(await said(source.id)).toEqual([]);
  expect(await said(survivor.id)).toEqual([
    "Где мой заказ",
    "Уже едет",
    "Где заказ",
    "Смотрим",
    "Жду",
    "склад молчит",
  ]);
  // Repeating changes nothing.
  expect((await merge(source.id, survivor.id)).survivor.seq).toBe(merged.survivor.seq);

  await unmerge(source.id);
  expect(await snapshot(source.id, survivor.id)).toEqual(before);
  expect(await codeOf(unmerge(source.id))).toBe("action_not_allowed");
});

test("what an open matter needs does not vanish in a settled ticket: merging brings it back, and undo settles it again", async () => {
  const email = nextPerson();
  const [open, settled] = [await ticketOf("Ещё вопрос", email), await ticketOf("Вопрос", email)];
  await t.client.actions.complete({ params: { id: settled.id }, body: { outcome: "решено" } });
  const before = await snapshot(open.id, settled.id);
  const { survivor } = await merge(open.id, settled.id);
  expect(survivor).toMatchObject({ phase: "open", waitingSince: open.waitingSince });
  await unmerge(open.id);
  expect(await snapshot(open.id, settled.id)).toEqual(before);
});

test("what is written meanwhile is not lost by the undo: it goes back with its conversation, the rest stays", async () => {
  const { site, shop, onSite, inShop } = await mergedPerson();
  await merge(onSite.id, inShop.id);
  await site.say("Ещё с сайта");
  await reply(inShop.id, "Ответ сайту");
  await shop.say("Ещё из магазина");
  await reply(inShop.id, "Ответ магазину");
  await t.client.messages.add({
    params: { id: inShop.id },
    body: { body: "для своих", visibility: "internal" },
  });
  await site.say("И ещё с сайта");
  expect(await codeOf(merge(inShop.id, onSite.id))).toBe("ticket_merged");

  const { source, survivor } = await unmerge(onSite.id);
  expect(await said(onSite.id)).toEqual([onSite.subject, "Ещё с сайта", "Ответ сайту", "И ещё с сайта"]);
  expect(await said(inShop.id)).toEqual([inShop.subject, "Ещё из магазина", "Ответ магазину", "для своих"]);
  expect(source).toMatchObject({ phase: "open", lastMessage: { preview: "И ещё с сайта", by: "customer" } });
  expect(source.waitingSince).not.toBeNull();
  expect(survivor).toMatchObject({
    lastMessage: { preview: "Ответ магазину", by: "us" },
    waitingSince: null,
  });
});

test("two visitors never see one another's words, merged, parted or split; answers go where the customer wrote last", async () => {
  const { site, shop, onSite, inShop } = await mergedPerson();
  await merge(onSite.id, inShop.id);
  await site.say("С сайта снова");
  const toSite = await reply(inShop.id, "Ответ на сайт");
  await shop.say("Из магазина снова");
  const toShop = await reply(inShop.id, "Ответ в магазин");
  expect([toSite.channel, toShop.channel]).toEqual([onSite.channel, inShop.channel]);
  const seenOnSite = [onSite.subject, "С сайта снова", "Ответ на сайт"];
  const seenInShop = [inShop.subject, "Из магазина снова", "Ответ в магазин"];
  expect(await heard(site)).toEqual(seenOnSite);
  expect(await heard(shop)).toEqual(seenInShop);
  const { data } = await t.client.messages.list({ params: { id: inShop.id } });
  expect(new Set(data.map(({ ticket }) => ticket))).toEqual(new Set([inShop.id]));

  // Reading by one marks nothing of the other's.
  const [last] = (await site.messages()).slice(-1);
  await site.post("seen", { upTo: last?.id, status: "read" });
  const status = (body: string) => data.find((message) => message.body === body)?.id ?? "";
  const read = async (body: string) =>
    (await t.client.messages.get({ params: { id: inShop.id, message: status(body) } })).status;
  expect([await read("Ответ на сайт"), await read("Ответ в магазин")]).toEqual(["read", "sent"]);

  await unmerge(onSite.id);
  expect(await heard(site)).toEqual(seenOnSite);
  expect(await heard(shop)).toEqual(seenInShop);
});

test("a visitor's stream tells of an answer given in the ticket that took theirs in", async () => {
  const { site, onSite, inShop } = await mergedPerson();
  await merge(onSite.id, inShop.id);
  await site.say("Вы тут?");
  const gone = new AbortController();
  const events = site.events(gone.signal);
  const hear = async () => {
    for await (const { data } of events)
      if (data.messages?.some(({ body }) => body === "Мы тут")) return true;
    return false;
  };
  const hearing = hear();
  await reply(inShop.id, "Мы тут");
  expect(await hearing).toBe(true);
  gone.abort();
});

test("tickets of different contacts are refused, and so are strange ones, oneself, and a chain's middle", async () => {
  const { onSite, inShop } = await onePersonTwice();
  expect(await codeOf(merge(onSite.id, inShop.id))).toBe("different_contacts");
  const other = await t.client.projects.create({ body: { name: `Проект ${nextNumber()}` } });
  const abroad = await t.client.tickets.create({ body: { subject: "там", body: "…", project: other.id } });
  expect(await codeOf(merge(abroad.id, onSite.id))).toBe("unknown_reference");
  expect(await codeOf(merge(onSite.id, onSite.id))).toBe("invalid_request");
  expect(await codeOf(merge(onSite.id, toPublicId("ticket", crypto.randomUUID())))).toBe("unknown_reference");

  const email = nextPerson();
  const [a, b, c] = [await ticketOf("a", email), await ticketOf("b", email), await ticketOf("c", email)];
  await merge(a.id, b.id);
  expect(await codeOf(merge(c.id, a.id))).toBe("ticket_merged");
  expect(await codeOf(merge(b.id, a.id))).toBe("ticket_merged");
  await merge(b.id, c.id);
  expect(await said(c.id)).toEqual(["c", "b", "a"]);
  // The later merge has to be undone first.
  expect(await codeOf(unmerge(a.id))).toBe("ticket_merged");
  await byKey(a.id, "ещё к a");
  expect(await said(c.id)).toEqual(["c", "b", "a", "ещё к a"]);
  await unmerge(b.id);
  expect(await said(b.id)).toEqual(["b", "a", "ещё к a"]);
  await unmerge(a.id);
  expect([await said(a.id), await said(b.id), await said(c.id)]).toEqual([["a", "ещё к a"], ["b"], ["c"]]);
});

test("a colleague's answer to a ticket that was merged away is refused and says where it went", async () => {
  const email = nextPerson();
  const [a, b, c] = [await ticketOf("a", email), await ticketOf("b", email), await ticketOf("c", email)];
  await merge(a.id, b.id);
  await merge(b.id, c.id);
  const details = (call: Promise<unknown>) =>
    call.then(
      () => "accepted",
      (error) => [error.code, error.problem?.details],
    );
  const refusal = ["ticket_merged", { ticket: { id: c.id, number: c.number } }];
  expect(await details(reply(a.id, "Ответ"))).toEqual(refusal);
  expect(await details(t.client.actions.complete({ params: { id: a.id }, body: {} }))).toEqual(refusal);
  expect(await said(c.id)).toEqual(["c", "b", "a"]);
});

test("5,000 messages move in one go, and back to their old places", async () => {
  const email = nextPerson();
  const [long, short] = [await ticketOf("длинная", email), await ticketOf("короткая", email)];
  await t.db.system.query(
    {
      name: "test.fill_messages",
      text: `with added as (
         insert into messages (workspace_id, id, ticket_id, seq, direction, author_kind, body, status, created_at)
         select $1, gen_random_uuid(), $2, n, 'in', 'contact', 'сообщение ' || n, 'received', now() from generate_series(2, 5000) n)
       update tickets set seq = 5000, message_seq = 5000 where workspace_id = $1 and id = $2`,
    },
    [t.workspaceId, uuidOf(long.id)],
  );
  const before = await snapshot(long.id, short.id);
  const merged = await merge(long.id, short.id);
  expect(merged.survivor.messageSeq).toBe(5002);
  await unmerge(long.id);
  expect(await snapshot(long.id, short.id)).toEqual(before);
}, 30_000);
