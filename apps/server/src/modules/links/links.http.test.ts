import { fromPublicId, toPublicId } from "@okno/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addPerson, asPerson, startTestApp, type TestApp } from "../../testing/index.ts";
import { codeOf } from "../../testing/people.ts";

let t: TestApp;
let other: string;
beforeAll(async () => {
  t = await startTestApp();
  other = (await t.client.projects.create({ body: { name: "Другой" } })).id;
});
afterAll(() => t.close());

type Relation = NonNullable<
  NonNullable<Parameters<TestApp["client"]["links"]["put"]>[0]["body"]>["relation"]
>;
const make = async (subject: string, project = t.project) =>
  (await t.client.tickets.create({ body: { subject, body: "?", project } })).id;
const link = (id: string, far: string, relation: Relation) =>
  t.client.links.put({ params: { id, other: far }, body: { relation } });
const linksOf = async (id: string) =>
  (await t.client.links.list({ params: { id } })).data.map(({ relation, other: far }) => [
    relation,
    far.subject,
  ]);

test.each([
  ["related", "related"],
  ["duplicate_of", "duplicated_by"],
  ["duplicated_by", "duplicate_of"],
  ["child_of", "parent_of"],
  ["parent_of", "child_of"],
] as const)(
  "%s is shown from the other side as %s, told in both histories, and both stay where they are",
  async (relation, back) => {
    const [one, two] = [await make("первая"), await make("вторая")];
    const before = await t.client.tickets.get({ params: { id: two } });
    await link(one, two, relation);
    await link(one, two, relation);
    expect(await linksOf(one)).toEqual([[relation, "вторая"]]);
    expect(await linksOf(two)).toEqual([[back, "первая"]]);
    for (const [id, far, as] of [
      [one, two, relation],
      [two, one, back],
    ] as const) {
      const events = (await t.client.tickets.events({ params: { id } })).data;
      expect(events.filter(({ type }) => type === "ticket.linked").map(({ data }) => data)).toMatchObject([
        { ticket: far, relation: as, number: expect.any(Number) },
      ]);
    }
    expect(await t.client.tickets.get({ params: { id: two } })).toMatchObject({
      activityAt: before.activityAt,
      seq: 2,
    });
    await t.client.links.remove({ params: { id: two, other: one } });
    await t.client.links.remove({ params: { id: two, other: one } });
    expect(await linksOf(one)).toEqual([]);
    const [last] = (await t.client.tickets.events({ params: { id: two } })).data;
    expect(last).toMatchObject({ type: "ticket.unlinked", seq: 3, data: { ticket: one, relation: back } });
  },
);

test("a pair has one link: another relation takes the former one's place", async () => {
  const [one, two] = [await make("раз"), await make("два")];
  await link(one, two, "related");
  await link(two, one, "duplicate_of");
  expect(await linksOf(one)).toEqual([["duplicated_by", "два"]]);
});

test("a ticket has one parent, is not linked with itself, and does not stand above itself", async () => {
  const [top, middle, bottom, another] = [
    await make("верх"),
    await make("середина"),
    await make("низ"),
    await make("ещё"),
  ];
  await link(middle, top, "child_of");
  await link(middle, bottom, "parent_of");
  expect(await codeOf(link(bottom, another, "child_of"))).toBe("already_exists");
  expect(await codeOf(link(top, bottom, "child_of"))).toBe("invalid_request");
  expect(await codeOf(link(top, top, "related"))).toBe("invalid_request");
  expect(await linksOf(top)).toEqual([["parent_of", "середина"]]);
});

test("a linked ticket of a project one does not work in is as if it were not linked, and cannot be linked", async () => {
  const [here, there] = [await make("здесь"), await make("секрет другого проекта", other)];
  await link(here, there, "related");
  const operator = await addPerson(t, { name: "Оператор" });
  const get = await asPerson(t, operator.cookie, "GET", `/v1/tickets/${here}/links`);
  expect(get).toMatchObject({ status: 200, body: { data: [] } });
  const put = await asPerson(t, operator.cookie, "PUT", `/v1/tickets/${here}/links/${there}`, {});
  const missing = toPublicId("ticket", "018f0000-0000-7000-8000-000000000999");
  const none = await asPerson(t, operator.cookie, "PUT", `/v1/tickets/${here}/links/${missing}`, {});
  expect([put.status, put.body.code]).toEqual([none.status, none.body.code]);
  expect(put.status).toBe(404);
  expect((await asPerson(t, operator.cookie, "DELETE", `/v1/tickets/${here}/links/${there}`)).status).toBe(
    404,
  );
  const told = await asPerson(t, operator.cookie, "GET", `/v1/tickets/${here}/events`);
  expect(told.body.data[0]).toMatchObject({ type: "ticket.linked" });
  expect(told.body.data[0].data).not.toHaveProperty("number");
  expect(await linksOf(here)).toEqual([["related", "секрет другого проекта"]]);
});

test("a ticket split from another is linked with it, told by the split alone; merged back, it is no other ticket to go to", async () => {
  const ticket = await make("о двух вещах");
  const { id: message } = await t.client.messages.add({ params: { id: ticket }, body: { body: "о второй" } });
  const body = { subject: "вторая" };
  const { id: made } = await t.client.merging.split({ params: { id: ticket, message }, body });
  expect([await linksOf(ticket), await linksOf(made)]).toEqual([
    [["related", "вторая"]],
    [["related", "о двух вещах"]],
  ]);
  const told = (await t.client.tickets.events({ params: { id: ticket } })).data.map(({ type }) => type);
  expect(told).not.toContain("ticket.linked");
  await t.client.merging.merge({ params: { id: made }, body: { into: ticket } });
  expect(await linksOf(ticket)).toEqual([]);
  await t.client.merging.unmerge({ params: { id: made } });
  expect(await linksOf(ticket)).toEqual([["related", "вторая"]]);
});

test("both sides link the same pair at once, ten times: one link, nobody waits for ever, no fault", async () => {
  const [one, two] = [await make("слева"), await make("справа")];
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => (n % 2 ? link(one, two, "related") : link(two, one, "related"))),
  );
  expect(await linksOf(one)).toEqual([["related", "справа"]]);
  const events = (await t.client.tickets.events({ params: { id: one } })).data;
  expect(events.filter(({ type }) => type === "ticket.linked")).toHaveLength(1);
  expect(fromPublicId("ticket", one)).toBeDefined();
});
