import { type Condition, type Ticket, toPublicId } from "@okno/contract";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { statement } from "../../platform/database.ts";
import { codeOf, type Person, signUp, startTestApp, type TestApp } from "../../testing/index.ts";
import { holds, type Known } from "./fixtures/evaluate.ts";
import { fillTickets } from "./fixtures/fill-tickets.ts";
import { statements, trees } from "./fixtures/trees.ts";

let t: TestApp;
let other: string;
let supervisor: Person;
let operator: Person;
let elsewhere: Person;
const ids = {
  topics: [] as string[],
  labels: ["важно", "возврат", "пустая"],
  teams: [] as string[],
  people: [] as string[],
};
let known: Known;
let all: Ticket[] = [];

const open: Condition = { field: "phase", op: "is", value: ["open"] };

async function settings(): Promise<void> {
  const body = { project: t.project };
  const delivery = await t.client.topics.create({ body: { ...body, name: "Доставка" } });
  const courier = await t.client.topics.create({
    body: { ...body, parent: delivery.id, name: "Курьер опоздал" },
  });
  const refund = await t.client.topics.create({ body: { ...body, name: "Возврат денег" } });
  ids.topics = [delivery.id, courier.id, refund.id];
  for (const name of ids.labels) await t.client.labels.create({ body: { ...body, name } });
  const first = await t.client.teams.create({
    body: { ...body, name: "Первая", members: [operator.member.id, supervisor.member.id] },
  });
  const second = await t.client.teams.create({ body: { ...body, name: "Вторая" } });
  ids.teams = [first.id, second.id];
  ids.people = [operator.member.id, supervisor.member.id];
  known = {
    me: operator.member.id,
    now: new Date(0),
    teams: [first.id],
    teammates: [operator.member.id, supervisor.member.id],
    followers: new Map(),
    parents: new Map([
      [delivery.id, null],
      [courier.id, delivery.id],
      [refund.id, null],
    ]),
  };
}

async function everything(client: Person["client"], query = {}): Promise<Ticket[]> {
  const found: Ticket[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await client.tickets.list({ query: { limit: 20, ...query, ...(cursor && { cursor }) } });
    found.push(...page.data);
    if (page.nextCursor === null) return found;
    cursor = page.nextCursor;
  }
}

async function followersOf(tickets: readonly Ticket[]): Promise<Map<string, string[]>> {
  const followers = new Map<string, string[]>();
  for (const { id } of tickets) {
    const { data } = await t.client.followers.list({ params: { id } });
    followers.set(
      id,
      data.map(({ member }) => member),
    );
  }
  return followers;
}

beforeAll(async () => {
  t = await startTestApp();
  other = (await t.client.projects.create({ body: { name: "Другой" } })).id;
  supervisor = await signUp(t, { grants: { [t.project]: "supervisor" } });
  operator = await signUp(t, { grants: { [t.project]: "operator" } });
  elsewhere = await signUp(t, { grants: { [other]: "operator" } });
  await settings();
  await fillTickets(t, { other, ...ids });
  all = await everything(operator.client);
  known = { ...known, now: t.clock.now(), followers: await followersOf(all) };
});
afterAll(() => t.close());

let named = 0;
const save = (person: Person, condition: Condition, more = {}) =>
  person.client.views.create({ body: { name: `Вид ${++named}`, condition, ...more } });

describe("a view shows exactly what its conditions say", () => {
  test("whatever they are, in every order, page by page, and counted", async () => {
    const sorts = ["newest", "activity", "important"] as const;
    const view = await save(operator, { all: [] });
    const params = { id: view.id };
    await fc.assert(
      fc.asyncProperty(
        trees({ all, known, other, ...ids }),
        fc.constantFrom(...sorts),
        fc.constantFrom(7, 100),
        async (condition, sort, limit) => {
          await operator.client.views.update({ params, body: { condition, sort } });
          const wanted = all.filter((ticket) => holds(condition, ticket, known)).map(({ id }) => id);
          const got = await everything(operator.client, { view: view.id, limit });
          expect(got.map(({ id }) => id).sort()).toEqual([...wanted].sort());
          if (sort === "newest") expect(got.map(({ id }) => id)).toEqual(wanted);
          const counted = await operator.client.views.count({ body: { condition } });
          expect(counted).toEqual({ count: wanted.length, more: false });
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  test("every single operation of every field, as a table", async () => {
    const samples = fc.sample(statements({ all, known, other, ...ids }), 250);
    const kinds = new Set<string>();
    for (const condition of samples) {
      kinds.add(`${condition.field} ${condition.op}`);
      const wanted = all.filter((ticket) => holds(condition, ticket, known)).length;
      const counted = await operator.client.views.count({ body: { condition } });
      expect(counted.count, JSON.stringify(condition)).toBe(wanted);
    }
    expect(kinds.size).toBeGreaterThan(35);
  }, 60_000);

  test("the order of those who wait is the longest first, and holds only them", async () => {
    const view = await save(operator, { all: [] }, { sort: "waiting" });
    const got = await everything(operator.client, { view: view.id, limit: 5 });
    const wanted = all
      .filter((ticket) => ticket.phase === "open" && ticket.waitingSince !== null)
      .sort((a, b) => (a.waitingSince ?? "").localeCompare(b.waitingSince ?? "") || a.id.localeCompare(b.id));
    expect(got.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
  });

  test("the list of those I follow, of those without a topic and of those without a team", async () => {
    const ids = async (query: object) => (await everything(operator.client, query)).map(({ id }) => id);
    const wanted = (which: (ticket: Ticket) => boolean) => all.filter(which).map(({ id }) => id);
    const mine = ({ id }: Ticket) => known.followers.get(id)?.includes(known.me) ?? false;
    expect(wanted(mine).length).toBeGreaterThan(3);
    expect(await ids({ following: "me", limit: 3 })).toEqual(wanted(mine));
    expect((await ids({ following: "me", sort: "important" })).sort()).toEqual(wanted(mine).sort());
    const open = (ticket: Ticket) => mine(ticket) && ticket.phase === "open";
    expect(await ids({ following: "me", phase: "open" })).toEqual(wanted(open));
    expect(await ids({ topic: "none" })).toEqual(wanted(({ topic }) => topic === null));
    expect(await ids({ team: "none" })).toEqual(wanted(({ team }) => team === null));
  });

  test("filters of the address narrow it further", async () => {
    const view = await save(operator, open);
    const got = await everything(operator.client, { view: view.id, label: "важно" });
    const wanted = all.filter((ticket) => ticket.phase === "open" && ticket.labels.includes("важно"));
    expect(got.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
  });
});

describe("conditions that are not conditions", () => {
  const create = (condition: unknown) =>
    operator.client.views.create({ body: { name: "Кривой", condition: condition as Condition } });
  test.each([
    [
      "a field that is not",
      { all: [open, { field: "mood", op: "is", value: ["bad"] }] },
      "/condition/all/1/field",
    ],
    [
      "an operation that is not",
      { any: [{ field: "phase", op: "like", value: ["open"] }] },
      "/condition/any/0/op",
    ],
    [
      "a wrong value",
      { not: { field: "phase", op: "is", value: ["open", "gone"] } },
      "/condition/not/value/1",
    ],
    ["no value", { field: "topic", op: "is", value: [] }, "/condition/value"],
    ["two groups at once", { all: [], any: [] }, "/condition"],
    ["no tree", ["all"], "/condition"],
    ["a group that is no list", { all: { field: "phase" } }, "/condition/all"],
    ["too deep", { not: { not: { not: { not: { not: open } } } } }, "/condition/not/not/not/not"],
    ["too many", { all: Array.from({ length: 31 }, () => open) }, "/condition/all"],
    ["a prototype", { field: "__proto__", op: "is", value: [] }, "/condition/field"],
  ])("%s is pointed at", async (_, condition, pointer) => {
    await expect(create(condition)).rejects.toMatchObject({
      code: "invalid_request",
      problem: { errors: expect.arrayContaining([expect.objectContaining({ pointer })]) },
    });
  });

  test("every wrong place is told at once", async () => {
    const wrong = { all: [{ field: "phase", op: "is", value: ["x"] }, { any: [{ field: "y" }] }] };
    const error = (await create(wrong).catch((thrown: unknown) => thrown)) as {
      problem: { errors: { pointer: string }[] };
    };
    expect(error.problem.errors.map(({ pointer }) => pointer)).toEqual([
      "/condition/all/0/value/0",
      "/condition/all/1/any/0/field",
    ]);
  });

  test("what never was is an unknown reference", async () => {
    const condition: Condition = {
      all: [{ field: "topic", op: "is", value: [ids.topics[0] ?? "", "top_01h455vb4pex5vsknk084sn02q"] }],
    };
    await expect(create(condition)).rejects.toMatchObject({
      code: "unknown_reference",
      problem: { errors: [{ pointer: "/condition/all/0/value/1" }] },
    });
  });
});

describe("whose a view is", () => {
  test("personal views are seen by their owner alone", async () => {
    const mine = await save(operator, open);
    expect((await operator.client.views.list()).data.map(({ id }) => id)).toContain(mine.id);
    expect((await supervisor.client.views.list()).data.map(({ id }) => id)).not.toContain(mine.id);
    const params = { id: mine.id };
    expect(await codeOf(supervisor.client.views.get({ params }))).toBe("not_found");
    expect(await codeOf(supervisor.client.views.update({ params, body: { name: "Чужой" } }))).toBe(
      "not_found",
    );
    expect(await codeOf(supervisor.client.tickets.list({ query: { view: mine.id } }))).toBe("not_found");
    const events = (await supervisor.client.events.list({ query: { limit: 500 } })).data;
    expect(events.filter(({ data }) => data.view === mine.id)).toEqual([]);
    const told = (await operator.client.events.list({ query: { limit: 500 } })).data;
    expect(told.filter(({ data }) => data.view === mine.id)).toMatchObject([{ type: "view.added" }]);
  });

  test("a project's views are made by its supervisors and seen by all who work there", async () => {
    const shared = { shared: true, project: t.project };
    expect(await codeOf(save(operator, open, shared))).toBe("forbidden");
    const view = await save(supervisor, open, shared);
    expect((await operator.client.views.list()).data.find(({ id }) => id === view.id)).toMatchObject({
      shared: true,
      mayEdit: false,
    });
    expect(await codeOf(operator.client.views.delete({ params: { id: view.id } }))).toBe("forbidden");
    expect((await elsewhere.client.views.list()).data.map(({ id }) => id)).not.toContain(view.id);
    expect(await codeOf(elsewhere.client.tickets.list({ query: { view: view.id } }))).toBe("not_found");
  });

  test("the workspace's views are changed by who supervises every project, and show each reader no more than theirs", async () => {
    expect(await codeOf(save(supervisor, open, { shared: true }))).toBe("forbidden");
    const view = await t.client.views.create({
      body: { name: "Всё открытое", condition: open, shared: true },
    });
    const seen = await everything(elsewhere.client, { view: view.id });
    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen.map(({ project }) => project))).toEqual(new Set([other]));
    const counts = (await elsewhere.client.views.counts()).data.find((each) => each.view === view.id);
    expect(counts).toMatchObject({ count: seen.length, more: false });
    // Naming another project in the conditions opens nothing.
    const sly = await save(elsewhere, {
      any: [{ field: "project", op: "is", value: [t.project] }, { not: open }, open],
    });
    const more = await everything(elsewhere.client, { view: sly.id });
    expect(new Set(more.map(({ project }) => project))).toEqual(new Set([other]));
  });

  test("a change made over an older version is refused", async () => {
    const view = await save(operator, open);
    const params = { id: view.id };
    await operator.client.views.update({ params, body: { name: "Первый", version: 1 } });
    expect(await codeOf(operator.client.views.update({ params, body: { name: "Второй", version: 1 } }))).toBe(
      "version_conflict",
    );
  });

  test("a deleted view comes back as it was; the order and what is hidden are each person's own", async () => {
    const [a, b] = [await save(operator, open), await save(operator, { not: open })];
    await operator.client.views.delete({ params: { id: a.id } });
    expect(await codeOf(operator.client.views.get({ params: { id: a.id } }))).toBe("not_found");
    expect(await operator.client.views.restore({ params: { id: a.id } })).toEqual(a);
    const { data } = await operator.client.views.arrange({ body: { order: [b.id, a.id], hidden: [a.id] } });
    expect(data.slice(0, 2)).toMatchObject([
      { id: b.id, hidden: false },
      { id: a.id, hidden: true },
    ]);
    const foreign = await operator.client.views.arrange({
      body: { order: [toPublicId("view", "018f0000-0000-7000-8000-000000000001")], hidden: [] },
    });
    expect(foreign.data.every(({ hidden }) => !hidden)).toBe(true);
  });
});

test("a view opens when what it names is out of use, says so, and can still be changed", async () => {
  const body = { project: t.project };
  const topic = await t.client.topics.create({ body: { ...body, name: "Лишняя тема" } });
  const team = await t.client.teams.create({ body: { ...body, name: "Лишняя команда" } });
  const gone = await signUp(t, { grants: { [t.project]: "operator" } });
  const condition: Condition = {
    any: [
      { field: "topic", op: "is", value: [topic.id] },
      { field: "team", op: "is", value: [team.id] },
      { field: "assignee", op: "is", value: ["me", gone.member.id] },
      { field: "label", op: "is", value: ["важно"] },
    ],
  };
  const view = await save(operator, condition);
  expect(view.problems).toEqual([]);
  await t.client.topics.archive({ params: { id: topic.id } });
  await t.client.teams.archive({ params: { id: team.id } });
  await t.client.members.update({ params: { id: gone.member.id }, body: { disabled: true } });
  // As a restored backup or a later version may leave it: the label is no longer there.
  await t.db.background.query(
    statement("test.forget_label", "delete from labels where workspace_id = $1 and name = 'важно'"),
    [t.workspaceId],
  );
  t.app.core.catalogs.forget(t.workspaceId);
  const params = { id: view.id };
  expect((await operator.client.views.get({ params })).problems).toEqual([
    { pointer: "/condition/any/0/value/0", value: topic.id, reason: "archived" },
    { pointer: "/condition/any/1/value/0", value: team.id, reason: "archived" },
    { pointer: "/condition/any/2/value/1", value: gone.member.id, reason: "disabled" },
    { pointer: "/condition/any/3/value/0", value: "важно", reason: "unknown" },
  ]);
  const seen = await everything(operator.client, { view: view.id });
  expect(seen.map(({ id }) => id)).toEqual(
    all.filter((ticket) => holds(condition, ticket, known)).map(({ id }) => id),
  );
  const changed = await operator.client.views.update({
    params,
    body: { condition: { any: condition.any.slice(2) } },
  });
  expect(changed.problems.map(({ value }) => value)).toEqual([gone.member.id, "важно"]);
});

test("counts are kept, and counted again after an event", async () => {
  const view = await save(operator, { all: [open, { field: "subject", op: "contains", value: "посчитай" }] });
  const countOf = async () =>
    (await operator.client.views.counts()).data.find((each) => each.view === view.id)?.count;
  expect(await countOf()).toBe(0);
  await t.client.tickets.create({ body: { subject: "Посчитай меня", body: "…", project: t.project } });
  t.clock.advance(2_100);
  await expect.poll(countOf).toBe(1);
});
