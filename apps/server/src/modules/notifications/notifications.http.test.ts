import type { Notification } from "@okno/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "../../platform/log.ts";
import { openStream } from "../../testing/index.ts";
import { type Person, signUp } from "../../testing/people.ts";
import { startTestApp, type TestApp } from "../../testing/test-app.ts";
import { cookieOf } from "../../testing/world.ts";
import type { Consumer } from "../journal/index.ts";
import { tell } from "./consume.ts";
import { startNotifications } from "./index.ts";

let t: TestApp;
let anna: Person;
let boris: Person;
let told: Consumer;

beforeAll(async () => {
  t = await startTestApp();
  anna = await signUp(t, { grants: { [t.project]: "operator" } });
  boris = await signUp(t, { grants: { [t.project]: "operator" } });
  const { db, clock, app } = t;
  told = startNotifications(
    { db, clock, log: createLog("silent"), hub: app.core.hub },
    { written: async () => undefined, delivered: app.core.notifications.deliver },
  );
});
afterAll(async () => {
  await told.stop();
  await t.close();
});

/** What somebody has been told once the journal has come as far as this ticket's newest event. */
async function news(person: Person, ticket: string): Promise<Notification[]> {
  const { seq } = await t.client.tickets.get({ params: { id: ticket } });
  await expect
    .poll(
      async () => {
        const events = await t.client.events.list({ query: { limit: 500 } });
        return events.data.some((event) => event.ticket === ticket && event.seq === seq);
      },
      { timeout: 10_000 },
    )
    .toBe(true);
  await told.drain();
  const { data } = await person.client.notifications.list();
  return data.filter((each) => each.ticket?.id === ticket);
}

async function ticketOf(person: Person): Promise<string> {
  const { id } = await t.client.tickets.create({
    body: { subject: "Где заказ", body: "Жду", contact: { name: "Ольга" } },
  });
  await person.client.actions.claim({ params: { id }, body: {} });
  return id;
}

test("the customer's answer is told to the assignee alone, and is read when the ticket is opened", async () => {
  const id = await ticketOf(anna);
  const key = { params: { id }, body: { body: "Так где же?", from: "customer" as const } };
  await t.client.messages.add(key);
  const [first, ...rest] = await news(anna, id);
  expect(rest).toEqual([]);
  expect(first).toMatchObject({ kind: "reply", ticket: { id, subject: "Где заказ" }, readAt: null });
  expect(await news(boris, id)).toEqual([]);
  const before = (await anna.client.notifications.counts()).unread;
  await anna.client.notifications.read({ body: { ticket: id } });
  expect((await news(anna, id))[0]?.readAt).not.toBeNull();
  expect((await anna.client.notifications.counts()).unread).toBe(before - 1);
});

test("a handed-over ticket is told to the receiver, not to the giver", async () => {
  const id = await ticketOf(anna);
  await anna.client.actions.transfer({ params: { id }, body: { member: boris.member.id, note: "Посмотри" } });
  const heard = await news(boris, id);
  expect(heard.map((each) => each.kind)).toContain("assigned");
  expect(heard[0]?.actor.name).toBe(anna.member.name);
  expect(await news(anna, id)).toEqual([]);
});

test("a batch that is worked off twice tells once", async () => {
  const id = await ticketOf(anna);
  await t.client.messages.add({ params: { id }, body: { body: "Ау", from: "customer" } });
  expect(await news(anna, id)).toHaveLength(1);
  const rows = await t.db.system.query<Parameters<typeof tell>[2][number]>({
    name: "test.rows",
    text: `select 1 as position, e.workspace_id, e.ticket_id, e.seq, t.project_id, null as identity_id, e.type, e.actor_kind, e.actor_id,
      null as actor_name, e.at, e.data from ticket_events e join tickets t on t.workspace_id = e.workspace_id and t.id = e.ticket_id`,
  });
  const again = await t.db.background.transaction((tx) => tell(tx, t.clock, rows));
  expect(again.filter((each) => each.memberId === anna.member.id)).toEqual([]);
  expect(await news(anna, id)).toHaveLength(1);
});

test("what one has switched off entirely is not written down; settings change in part and stay", async () => {
  const off = { page: false, browser: false, push: false };
  await boris.client.notifications.changeSettings({ body: { ways: { assigned: off } } });
  const quiet = { from: "22:00", to: "08:00", days: [7, 1, 1], timeZone: "Europe/Moscow" };
  const changed = await boris.client.notifications.changeSettings({ body: { quiet, sound: false } });
  expect(changed).toMatchObject({ sound: false, quiet: { ...quiet, days: [1, 7] }, ways: { assigned: off } });
  expect(changed.ways.mention).toEqual({ page: true, browser: true, push: true });
  const { id } = await t.client.tickets.create({ body: { subject: "Тихо", body: "Тихо", contact: {} } });
  await anna.client.actions.assign({ params: { id }, body: { member: boris.member.id } });
  expect(await news(boris, id)).toEqual([]);
  await boris.client.notifications.changeSettings({
    body: { ways: { assigned: { page: true, browser: false, push: false } } },
  });
});

test("a new ticket is told to those who asked for it", async () => {
  await boris.client.notifications.changeSettings({
    body: { ways: { unassigned: { page: true, browser: false, push: false } } },
  });
  const { id } = await t.client.tickets.create({ body: { subject: "Новое", body: "Есть", contact: {} } });
  expect((await news(boris, id)).map((each) => each.kind)).toEqual(["unassigned"]);
  expect(await news(anna, id)).toEqual([]);
});

test("whoever loses the project sees its news no more, nor counts it", async () => {
  const vera = await signUp(t, { grants: { [t.project]: "operator" } });
  const id = await ticketOf(vera);
  await t.client.messages.add({ params: { id }, body: { body: "Вера?", from: "customer" } });
  expect(await news(vera, id)).toHaveLength(1);
  await t.client.members.update({ params: { id: vera.member.id }, body: { grants: [] } });
  await expect.poll(() => news(vera, id), { timeout: 5_000 }).toEqual([]);
  expect((await vera.client.notifications.counts()).unread).toBe(0);
});

test("news reaches the person's stream in another process, and nobody else's", async () => {
  const other = await t.startSibling();
  try {
    const id = await ticketOf(anna);
    const hers = await openStream(other.url, cookieOf(anna));
    const his = await openStream(other.url, cookieOf(boris));
    await t.client.messages.add({ params: { id }, body: { body: "Слышно?", from: "customer" } });
    const told = (reader: typeof hers) => reader.frames.filter((each) => each.event === "notification");
    await expect.poll(() => told(hers).length, { timeout: 10_000 }).toBe(1);
    expect(told(hers)[0]?.data).toMatchObject({ told: [{ kind: "reply", ticket: { id } }] });
    // Boris asked for every new ticket; of the answer he hears nothing.
    expect(JSON.stringify(told(his))).not.toContain('"reply"');
    hers.close();
    his.close();
  } finally {
    await other.close();
  }
});

test("a cursor of another list is refused, an unknown time zone too", async () => {
  await expect(anna.client.notifications.list({ query: { cursor: "tkt_x" } })).rejects.toMatchObject({
    code: "invalid_cursor",
  });
  const quiet = { from: "22:00", to: "08:00", days: [1], timeZone: "Moon/Base" };
  await expect(anna.client.notifications.changeSettings({ body: { quiet } })).rejects.toMatchObject({
    code: "invalid_request",
  });
});
