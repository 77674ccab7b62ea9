import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../testing/index.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const newTicket = {
  subject: "Где мой заказ",
  body: "Жду третий день",
  contact: { name: "Анна", email: "anna@example.com" },
};

test("a ticket goes in by the API and stands in the open list", async () => {
  const made = await t.client.tickets.create({ body: newTicket });
  expect(made).toMatchObject({
    state: "new",
    phase: "open",
    seq: 1,
    subject: "Где мой заказ",
    contact: { name: "Анна" },
  });
  const list = await t.client.tickets.list({ query: { phase: "open" } });
  expect(list.data.map((ticket) => ticket.id)).toContain(made.id);
  expect(await t.client.tickets.get({ params: { id: made.id } })).toEqual({ ...made });
});

test("[RP-06] a completed ticket leaves the open list and stands among the done ones", async () => {
  const made = await t.client.tickets.create({ body: newTicket });
  const done = await t.client.actions.complete({ params: { id: made.id }, body: { outcome: "answered" } });
  expect(done).toMatchObject({ phase: "done", state: "completed", outcome: "answered" });
  const open = await t.client.tickets.list({ query: { phase: "open" } });
  expect(open.data.map((ticket) => ticket.id)).not.toContain(made.id);
  const archive = await t.client.tickets.list({ query: { phase: "done" } });
  expect(archive.data.map((ticket) => ticket.id)).toContain(made.id);
});
