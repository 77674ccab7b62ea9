import type { Contact } from "@okno/contract";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asked, eventsOf, mail, openChat, phone, ticketsOf } from "../../testing/askers.ts";
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
const addressesOf = ({ identities }: Contact) => identities.map(({ value }) => value);
const merge = (from: string, into: string) =>
  t.client.contacts.merge({ params: { id: from }, body: { into } });
const unmerge = (id: string) => t.client.contacts.unmerge({ params: { id } });

async function query(text: string) {
  const client = new pg.Client(t.connection);
  await client.connect();
  const result = await client.query(text);
  await client.end();
  return result;
}

describe("merging", () => {
  test("everything goes to the survivor, the old id answers with it, and undoing gives back exactly that", async () => {
    const [mine, theirs] = [mail(), phone()];
    const a = await asked(t, { name: "Инна", email: mine });
    const b = await asked(t, { phone: theirs });
    const noted = await t.client.contacts.update({
      params: { id: a.contact },
      body: { note: "Звонить утром", locale: "ru", version: 1 },
    });
    const before = await contactOf(b.contact);
    const merged = await merge(a.contact, b.contact);
    expect(merged).toMatchObject({
      id: b.contact,
      name: "Инна",
      note: "Звонить утром",
      ticketCount: 2,
      merged: [{ contact: a.contact, name: "Инна" }],
    });
    expect(addressesOf(merged).sort()).toEqual([theirs, mine].sort());
    expect(await contactOf(a.contact)).toMatchObject({ id: b.contact, mergedInto: b.contact });
    expect(await ticketsOf(t, b.contact)).toEqual([b.ticket, a.ticket]);
    const history = await t.client.tickets.events({ params: { id: a.ticket } });
    expect(history.data[0]).toMatchObject({
      type: "ticket.changed",
      seq: 2,
      data: { contact: { from: a.contact, to: b.contact }, why: "merged" },
    });
    expect(await merge(a.contact, b.contact), "repeated").toEqual(merged);

    const given = await unmerge(a.contact);
    const { version: _, duplicates: __, ...back } = noted;
    expect(given).toMatchObject({ ...back, ticketCount: 1, mergedInto: null });
    const { version: ___, ...kept } = before;
    expect(await contactOf(b.contact)).toMatchObject(kept);
    expect(await ticketsOf(t, a.contact)).toEqual([a.ticket]);
    expect((await unmerge(a.contact)).id, "repeated").toBe(a.contact);
    const told = [
      ...(await eventsOf(t, "contact.merged")),
      ...(await eventsOf(t, "contact.unmerged")),
    ].filter(({ data }) => data.contact === a.contact);
    expect(told).toMatchObject([
      { data: { into: b.contact, tickets: 1, identities: [expect.any(String)] } },
      { data: { from: b.contact, tickets: 1 } },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/Инна|example\.com|утром/u);
  });

  test("what came since stays with the survivor, unless its identity goes back: then it goes along", async () => {
    const email = mail();
    const a = await asked(t, { name: "Кира", email });
    const chat = await openChat(t);
    const visitor = await chat.write("Я из чата");
    const b = await asked(t, { name: "Клим", phone: phone() });
    await merge(a.contact, b.contact);
    await merge(visitor.contact, b.contact);
    const later = await asked(t, { email }, "Пишу ещё раз");
    expect(later.contact).toBe(b.contact);
    await t.client.actions.complete({ params: { id: visitor.ticket }, body: {} });
    t.clock.advance(80 * 3_600_000);
    const again = await chat.write("И ещё раз из чата");
    expect(again.contact).toBe(b.contact);
    expect(again.ticket).not.toBe(visitor.ticket);
    const ours = await t.client.tickets.create({
      body: { subject: "Звонок", body: "Перезвонить", opening: "note", contact: { id: b.contact } },
    });
    await unmerge(a.contact);
    expect((await ticketsOf(t, a.contact)).sort()).toEqual([a.ticket, later.ticket].sort());
    await unmerge(visitor.contact);
    expect((await ticketsOf(t, visitor.contact)).sort()).toEqual([visitor.ticket, again.ticket].sort());
    expect((await ticketsOf(t, b.contact)).sort()).toEqual([b.ticket, ours.id].sort());
  });

  test("the same address proved on one and claimed on the other is shown once, and comes apart again", async () => {
    const number = phone();
    const a = await t.client.contacts.create({ body: { name: "Лев", phone: number } });
    const b = await t.client.contacts.create({ body: { name: "Лев из чата" } });
    await t.client.contacts.addIdentity({
      params: { id: b.id },
      body: { kind: "phone", value: number, verified: false },
    });
    expect((await merge(b.id, a.id)).identities).toMatchObject([{ value: number, verified: true }]);
    expect((await unmerge(b.id)).identities).toMatchObject([{ value: number, verified: false }]);
    expect((await contactOf(a.id)).identities).toMatchObject([{ value: number, verified: true }]);
  });

  test("a chain of merges comes apart in any order", async () => {
    const [a, b, c] = [
      await asked(t, { email: mail() }),
      await asked(t, { email: mail() }),
      await asked(t, { email: mail() }),
    ];
    await merge(a.contact, b.contact);
    await merge(b.contact, c.contact);
    expect((await contactOf(a.contact)).id).toBe(c.contact);
    await unmerge(a.contact);
    expect(await ticketsOf(t, a.contact)).toEqual([a.ticket]);
    await unmerge(b.contact);
    for (const { contact, ticket } of [a, b, c]) {
      expect(await ticketsOf(t, contact)).toEqual([ticket]);
      expect(await contactOf(contact)).toMatchObject({ id: contact, mergedInto: null, merged: [] });
    }
  });

  test("messages arriving at the same moment are never left with a contact that was merged away", async () => {
    for (let round = 0; round < 5; round++) {
      const email = mail();
      const a = await asked(t, { name: "Марк", email });
      const chat = await openChat(t);
      const visitor = await chat.write("Здравствуйте");
      const b = await asked(t, { name: "Майя", phone: phone() });
      const writes = [1, 2, 3].flatMap((n) => [asked(t, { email }, `Письмо ${n}`), chat.write(`Слово ${n}`)]);
      await Promise.all([...writes, merge(a.contact, b.contact), merge(visitor.contact, b.contact)]);
      for (const away of [a.contact, visitor.contact]) expect(await ticketsOf(t, away)).toEqual([]);
      expect(await ticketsOf(t, b.contact)).toHaveLength(6);
      const { rows } = await query(
        "select count(*)::int as lost from tickets t join contacts c on c.workspace_id = t.workspace_id and c.id = t.contact_id where c.merged_into is not null",
      );
      expect(rows[0]).toEqual({ lost: 0 });
    }
  });

  test("two merges of the same pair against each other end with one survivor", async () => {
    const [a, b] = [await asked(t, { email: mail() }), await asked(t, { email: mail() })];
    await Promise.all([merge(a.contact, b.contact), merge(b.contact, a.contact)]);
    const [one, other] = [await contactOf(a.contact), await contactOf(b.contact)];
    expect(one.id).toBe(other.id);
    expect(one.ticketCount).toBe(2);
  });

  test("never across projects, never with itself", async () => {
    const project = (await t.client.projects.create({ body: { name: "Другой проект" } })).id;
    const there = await t.client.contacts.create({ body: { project, name: "Там" } });
    const here = await t.client.contacts.create({ body: { name: "Здесь" } });
    expect(await codeOf(merge(here.id, there.id))).toBe("unknown_reference");
    expect(await codeOf(merge(here.id, here.id))).toBe("invalid_request");
    const params = { id: there.id };
    expect(await codeOf(operator.client.contacts.get({ params }))).toBe("not_found");
    expect(await codeOf(operator.client.contacts.merge({ params, body: { into: here.id } }))).toBe(
      "not_found",
    );
    expect(
      await codeOf(operator.client.contacts.merge({ params: { id: here.id }, body: { into: there.id } })),
    ).toBe("unknown_reference");
  });
});
