import { toPublicId } from "@okno/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { statement } from "../../platform/database.ts";
import { visit } from "../../testing/chat-visitor.ts";
import { codeOf, startTestApp, type TestApp } from "../../testing/index.ts";
import { calls, heard, nextNumber, nextPerson, openChat } from "./fixtures/calls.ts";

let t: TestApp;
let chat: string;
const { ticketOf, byKey, reply, merge, said, snapshot } = calls(() => t);

beforeAll(async () => {
  t = await startTestApp();
  chat = await openChat(t, "Сайт");
});
afterAll(() => t.close());

test("a split message is a ticket of its own, its answers reach the same conversation, and merging it back puts it in its old place", async () => {
  const visitor = await visit(t.url, chat);
  const subject = `Первое ${nextNumber()}`;
  await visitor.say(subject);
  await visitor.say("Второе, о другом");
  await visitor.say("И снова первое");
  const [ticket] = (await t.client.tickets.list({ query: { limit: 1 } })).data;
  if (!ticket) throw new Error("no ticket");
  const { data } = await t.client.messages.list({ params: { id: ticket.id } });
  const second = data.find(({ body }) => body === "Второе, о другом");
  const before = await snapshot(ticket.id);
  const made = await t.client.merging.split({
    params: { id: ticket.id, message: second?.id ?? "" },
    body: { subject: "О другом" },
  });
  expect(made).toMatchObject({
    subject: "О другом",
    phase: "open",
    contact: ticket.contact,
    channel: ticket.channel,
  });
  expect([await said(ticket.id), await said(made.id)]).toEqual([
    [subject, "И снова первое"],
    ["Второе, о другом"],
  ]);
  const [created] = (await t.client.tickets.events({ params: { id: made.id } })).data;
  expect(created).toMatchObject({
    type: "ticket.created",
    data: { splitFrom: ticket.id, number: ticket.number },
  });

  await reply(made.id, "О другом отвечаем");
  await visitor.say("Спасибо");
  expect(await said(made.id)).toEqual(["Второе, о другом", "О другом отвечаем"]);
  expect(await said(ticket.id)).toEqual([subject, "И снова первое", "Спасибо"]);
  expect(await heard(visitor)).toEqual([
    subject,
    "Второе, о другом",
    "И снова первое",
    "О другом отвечаем",
    "Спасибо",
  ]);

  await merge(made.id, ticket.id);
  expect(await said(ticket.id)).toEqual([
    subject,
    "Второе, о другом",
    "И снова первое",
    "Спасибо",
    "О другом отвечаем",
  ]);
  const places = (rows: Record<string, unknown>[]) =>
    rows.map(({ id, seq, origin_id }) => ({ id, seq, origin_id }));
  const after = await snapshot(ticket.id);
  expect(places(after.messages).slice(0, 3)).toEqual(places(before.messages));
  const counts = await t.client.tickets.counts();
  expect(counts.open + counts.waiting + counts.done).toBe(
    (
      await t.db
        .in(t.workspaceId)
        .query(statement("test.all_tickets", "select id from tickets where workspace_id = $1"), [
          t.workspaceId,
        ])
    ).length,
  );
});

test("the whole of a ticket is not split off, and everything after a message may go along", async () => {
  const email = nextPerson();
  const ticket = await ticketOf("начало", email);
  const [first] = (await t.client.messages.list({ params: { id: ticket.id } })).data;
  const second = await byKey(ticket.id, "второе");
  await reply(ticket.id, "ответ на второе");
  const split = (message: string, following: boolean) =>
    t.client.merging.split({ params: { id: ticket.id, message }, body: { subject: "Второе", following } });
  expect(await codeOf(split(first?.id ?? "", true))).toBe("action_not_allowed");
  expect(await codeOf(split(toPublicId("message", crypto.randomUUID()), false))).toBe("not_found");
  const made = await split(second.id, true);
  expect([await said(ticket.id), await said(made.id)]).toEqual([["начало"], ["второе", "ответ на второе"]]);
  expect(made).toMatchObject({ waitingSince: null, lastMessage: { preview: "ответ на второе", by: "us" } });
});
