import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openChat, phone, problemOf, ticketsOf } from "../../testing/askers.ts";
import { codeOf, type Person, signUp } from "../../testing/people.ts";
import { startTestApp, type TestApp } from "../../testing/test-app.ts";

let t: TestApp;
let operator: Person;
beforeAll(async () => {
  t = await startTestApp();
  operator = await signUp(t, { grants: { [t.project]: "operator" } });
});
afterAll(() => t.close());

const contactOf = (id: string) => t.client.contacts.get({ params: { id } });

describe("tickets that we open", () => {
  test("our first words leave by the contact's own chat, and the ticket waits for the reply", async () => {
    const chat = await openChat(t);
    const { contact, ticket } = await chat.write("Где заказ?");
    const open = () =>
      operator.client.tickets.create({
        body: {
          subject: "Заказ готов",
          body: "Заказ можно забрать",
          contact: { id: contact },
          opening: "us",
          channel: chat.channel,
          assignee: "me",
        },
      });
    expect(await problemOf(open())).toMatchObject({ code: "conversation_already_open", details: { ticket } });
    await t.client.actions.complete({ params: { id: ticket }, body: {} });
    const made = await open();
    expect(made).toMatchObject({
      phase: "waiting",
      waitingFor: "reply",
      waitingSince: null,
      channel: chat.channel,
      assignee: { id: operator.member.id },
      contact: { id: contact },
      lastMessage: { by: "us", preview: "Заказ можно забрать" },
    });
    const { data } = await t.client.messages.list({ params: { id: made.id } });
    expect(data).toMatchObject([
      { direction: "out", visibility: "public", author: { id: operator.member.id } },
    ]);
    const { ticket: same } = await chat.write("Спасибо, заберу");
    expect(same).toBe(made.id);
    expect((await t.client.tickets.get({ params: { id: same } })).phase).toBe("open");
  });

  test("our first words can be taken back like any reply: the customer has not seen them, the text is a draft again", async () => {
    const chat = await openChat(t);
    const { contact, ticket } = await chat.write("Первый разговор");
    await t.client.actions.complete({ params: { id: ticket }, body: {} });
    const made = await operator.client.tickets.create({
      body: {
        subject: "Опечатка",
        body: "Заказ готво",
        contact: { id: contact },
        opening: "us",
        channel: chat.channel,
      },
    });
    const [held] = (await t.client.messages.list({ params: { id: made.id } })).data;
    expect(held).toMatchObject({ body: "Заказ готво", status: "queued", heldUntil: expect.any(String) });
    const { draft } = await operator.client.messages.withdraw({
      params: { id: made.id, message: held?.id ?? "" },
    });
    expect(draft).toMatchObject({ ticket: made.id, reply: "Заказ готво" });
    expect(await t.client.tickets.get({ params: { id: made.id } })).toMatchObject({
      phase: "open",
      waitingSince: null,
      lastMessage: null,
    });
    expect((await t.client.messages.list({ params: { id: made.id } })).data).toEqual([]);
    // A key's words are not held.
    await t.client.actions.complete({ params: { id: made.id }, body: {} });
    const byKey = await t.client.tickets.create({
      body: {
        subject: "Сразу",
        body: "Сразу",
        contact: { id: contact },
        opening: "us",
        channel: chat.channel,
      },
    });
    expect((await t.client.messages.list({ params: { id: byKey.id } })).data).toMatchObject([
      { status: "sent", heldUntil: null },
    ]);
  });

  test("a note of a call finds the contact by phone, is mine and may be settled at once", async () => {
    const number = phone();
    const known = await t.client.contacts.create({ body: { name: "Нина", phone: number } });
    const note = (completed: boolean) =>
      operator.client.tickets.create({
        body: {
          subject: "Просит перезвонить",
          body: "Просит перезвонить",
          opening: "note",
          contact: { phone: `8${number.slice(2)}` },
          assignee: "me",
          completed,
        },
      });
    const made = await note(false);
    expect(made).toMatchObject({
      phase: "open",
      contact: { id: known.id },
      channel: null,
      waitingSince: null,
    });
    expect(made.assignee?.id).toBe(operator.member.id);
    const settled = await note(true);
    expect(settled).toMatchObject({ phase: "done", completedAt: expect.any(String) });
    const { data } = await t.client.messages.list({ params: { id: made.id } });
    expect(data).toMatchObject([{ visibility: "internal", body: "Просит перезвонить" }]);
    expect((await contactOf(known.id)).lastSeenAt).toBeNull();
    const types = (await t.client.tickets.events({ params: { id: settled.id } })).data.map(
      ({ type }) => type,
    );
    expect(types).toEqual(["ticket.completed", "ticket.claimed", "ticket.created"]);
  });

  test("repeated with its key it is one ticket; counters stay exact", async () => {
    const counts = async () => (await t.client.tickets.counts({ query: { project: t.project } })).open;
    const before = await counts();
    const body = { subject: "Звонок", body: "Звонок", opening: "note" as const, contact: { phone: phone() } };
    const idempotencyKey = crypto.randomUUID();
    const twice = await Promise.all([1, 2].map(() => t.client.tickets.create({ body, idempotencyKey })));
    expect(twice[0]?.id).toBe(twice[1]?.id);
    expect(await counts()).toBe(before + 1);
  });

  test("what does not go together is refused, and nothing is left behind", async () => {
    const chat = await openChat(t);
    const stranger = await t.client.contacts.create({ body: { name: "Ольга" } });
    const body = { subject: "Привет", body: "Привет", contact: { id: stranger.id } };
    const create = (more: object) => codeOf(operator.client.tickets.create({ body: { ...body, ...more } }));
    expect(await create({ opening: "us", channel: chat.channel })).toBe("unknown_reference");
    expect(await create({ channel: chat.channel })).toBe("invalid_request");
    expect(await codeOf(t.client.tickets.create({ body: { ...body, assignee: "me" } }))).toBe(
      "invalid_request",
    );
    expect(await create({ contact: { id: stranger.id, name: "Иная" } })).toBe("invalid_request");
    expect(await ticketsOf(t, stranger.id)).toEqual([]);
  });
});
