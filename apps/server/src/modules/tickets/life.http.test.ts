import { toPublicId } from "@okno/contract";
import { OknoError } from "@okno/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "../../platform/log.ts";
import { addPerson, asPerson, startTestApp, type TestApp } from "../../testing/index.ts";
import { jobHandlers, startBackground } from "../../worker.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const make = (subject: string) =>
  t.client.tickets.create({
    body: { subject, body: "Текст", contact: { name: "Анна", email: "anna@example.com" } },
  });
const refusedWith = (code: string) => (error: unknown) => error instanceof OknoError && error.code === code;

test("[RP-07] a postponed ticket leaves the inbox and comes back at its time, not a second earlier", async () => {
  const background = startBackground(t.app, createLog("silent"), jobHandlers(t.app));
  const { id } = await make("Отложить");
  const until = new Date(t.clock.now().getTime() + 3_600_000).toISOString();
  const postponed = await t.client.actions.postpone({ params: { id }, body: { until } });
  expect(postponed).toMatchObject({ phase: "waiting", waitingFor: "time", dueAt: until });
  t.clock.advance(3_599_000);
  background.worker.poke();
  expect((await t.client.tickets.get({ params: { id } })).phase).toBe("waiting");
  t.clock.advance(1_100);
  background.worker.poke();
  await expect.poll(async () => (await t.client.tickets.get({ params: { id } })).phase).toBe("open");
  const [latest] = (await t.client.tickets.events({ params: { id } })).data;
  expect(latest).toMatchObject({ type: "ticket.returned", actor: { kind: "system" }, data: { why: "time" } });
  await background.stop();
});

test("a time that has passed is refused, and a second postponement counts alone", async () => {
  const { id } = await make("Дважды");
  const past = t.client.actions.postpone({ params: { id }, body: { until: "2020-01-01T00:00:00Z" } });
  await expect(past).rejects.toSatisfy(refusedWith("invalid_request"));
  const later = new Date(t.clock.now().getTime() + 7_200_000).toISOString();
  await t.client.actions.postpone({
    params: { id },
    body: { until: new Date(t.clock.now().getTime() + 60_000).toISOString() },
  });
  await t.client.actions.postpone({ params: { id }, body: { until: later } });
  const background = startBackground(t.app, createLog("silent"), jobHandlers(t.app));
  t.clock.advance(120_000);
  background.worker.poke();
  await expect
    .poll(() => t.app.core.metrics.jobs.get().then((value) => value.values.length))
    .toBeGreaterThan(0);
  expect(await t.client.tickets.get({ params: { id } })).toMatchObject({ phase: "waiting", dueAt: later });
  await background.stop();
});

test("a ticket that waits for the customer comes back with the customer's answer", async () => {
  const { id } = await make("До ответа");
  expect(await t.client.actions.postpone({ params: { id }, body: { untilReply: true } })).toMatchObject({
    phase: "waiting",
    waitingFor: "reply",
  });
  await t.client.messages.add({ params: { id }, body: { body: "Отвечаю", from: "customer" } });
  expect(await t.client.tickets.get({ params: { id } })).toMatchObject({
    phase: "open",
    waitingFor: null,
    lastMessage: { by: "customer" },
  });
});

test("[RP-08] three visible statuses: not started, in work, closed", async () => {
  const { id, progress } = await make("Статусы");
  expect(progress).toBe("not_started");
  const answered = await t.client.messages.add({ params: { id }, body: { body: "Смотрим" } });
  expect(answered.status).toBe("sent");
  expect((await t.client.tickets.get({ params: { id } })).progress).toBe("in_work");
  expect((await t.client.actions.complete({ params: { id }, body: {} })).progress).toBe("closed");
  expect((await t.client.actions.reopen({ params: { id }, body: {} })).progress).toBe("in_work");
});

test("[RP-09] the inbox that has become empty says how many were settled today", async () => {
  const { id: memberId, cookie } = await addPerson(t, { name: "Ирина" });
  const made = [await make("Раз"), await make("Два"), await make("Три")];
  for (const { id } of made) {
    await asPerson(t, cookie, "POST", `/v1/tickets/${id}/actions/claim`, {});
    await asPerson(t, cookie, "POST", `/v1/tickets/${id}/actions/complete`, {});
  }
  const { body } = await asPerson(t, cookie, "GET", "/v1/tickets/counts");
  expect(body).toMatchObject({ mine: 0, completedToday: 3 });
  expect(memberId).toBeTruthy();
});

test("[RT-11] who did what, when and why stands in the ticket: from whom to whom, with the note", async () => {
  const from = await addPerson(t, { name: "Мария" });
  const to = await addPerson(t, { name: "Илья" });
  const { id } = await make("Передача");
  await asPerson(t, from.cookie, "POST", `/v1/tickets/${id}/actions/claim`, {});
  const transfer = { member: toPublicId("member", to.id), note: "Это по возвратам, Илья знает" };
  const answer = await asPerson(t, from.cookie, "POST", `/v1/tickets/${id}/actions/transfer`, transfer);
  expect(answer.body.assignee.name).toBe("Илья");
  const { data } = await t.client.tickets.events({ params: { id } });
  expect(data.map((event) => [event.type, event.actor.name])).toEqual([
    ["ticket.transferred", "Мария"],
    ["note.added", "Мария"],
    ["ticket.claimed", "Мария"],
    ["ticket.created", null],
  ]);
  expect(data[0]?.data).toMatchObject({ from: toPublicId("member", from.id), to: transfer.member });
  const notes = await t.client.messages.list({ params: { id } });
  expect(notes.data[0]).toMatchObject({
    visibility: "internal",
    body: transfer.note,
    id: data[0]?.data.note,
  });
  expect(data.map((event) => event.seq)).toEqual([4, 3, 2, 1]);
});

test("[PT-02] labels carry a weight, and `important` sorts by it before activity", async () => {
  await t.client.labels.create({ body: { project: t.project, name: "Важно", hue: "red", weight: 50 } });
  await t.client.labels.create({ body: { project: t.project, name: "Потом", hue: "grey", weight: -50 } });
  const low = await make("низ");
  const high = await make("верх");
  const plain = await make("середина");
  await t.client.actions.set({ params: { id: high.id }, body: { labels: ["важно"] } });
  await t.client.actions.set({ params: { id: low.id }, body: { labels: ["Потом"] } });
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await t.client.tickets.list({
      query: { sort: "important", phase: "open", limit: 2, ...(cursor && { cursor }) },
    });
    seen.push(...page.data.map((ticket) => ticket.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen[0]).toBe(high.id);
  expect(seen.at(-1)).toBe(low.id);
  expect(seen.indexOf(plain.id)).toBe(1);
  expect(new Set(seen).size).toBe(seen.length);
  const labelled = await t.client.tickets.list({ query: { label: "Важно" } });
  expect(labelled.data.map((ticket) => ticket.id)).toEqual([high.id]);
});

test("counts are exact after every kind of move, folded or not", async () => {
  const fresh = await startTestApp();
  const ids: string[] = [];
  for (let index = 0; index < 6; index++)
    ids.push((await fresh.client.tickets.create({ body: { subject: `${index}`, body: "?" } })).id);
  const { id: member, cookie } = await addPerson(fresh, { name: "Счёт" });
  const act = (id: string | undefined, action: string, body: unknown = {}) =>
    asPerson(fresh, cookie, "POST", `/v1/tickets/${id}/actions/${action}`, body);
  await act(ids[0], "claim");
  await act(ids[1], "claim");
  await act(ids[1], "complete");
  await act(ids[2], "postpone", { untilReply: true });
  await act(ids[3], "assign", { member: toPublicId("member", member) });
  await act(ids[3], "assign", { member: null });
  const expected = { mine: 1, unassigned: 3, open: 4, waiting: 1, done: 1, completedToday: 1 };
  const counts = async () => (await asPerson(fresh, cookie, "GET", "/v1/tickets/counts")).body;
  expect(await counts()).toMatchObject(expected);
  const background = startBackground(fresh.app, createLog("silent"), []);
  await expect
    .poll(
      async () =>
        (await fresh.db.system.query({ name: "test.deltas", text: "select 1 from inbox_deltas" })).length,
      { timeout: 10_000 },
    )
    .toBe(0);
  expect(await counts()).toMatchObject(expected);
  await background.stop();
  await fresh.close();
});

test("an inquiry's list pages through everything once, in each order", async () => {
  for (const sort of ["newest", "activity"] as const) {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await t.client.tickets.list({ query: { sort, limit: 3, ...(cursor && { cursor }) } });
      seen.push(...page.data.map((ticket) => ticket.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    const all = await t.client.tickets.list({ query: { sort, limit: 100 } });
    expect(seen).toEqual(all.data.map((ticket) => ticket.id));
  }
  const foreign = t.client.tickets.list({ query: { cursor: "bm9wZQ" } });
  await expect(foreign).rejects.toSatisfy(refusedWith("invalid_cursor"));
});
