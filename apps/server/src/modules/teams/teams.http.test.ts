import { afterAll, beforeAll, expect, test } from "vitest";
import { statement } from "../../platform/database.ts";
import { codeOf, type Person, signUp, startTestApp, type TestApp } from "../../testing/index.ts";
import { foldCounts } from "../tickets/index.ts";

let t: TestApp;
let admin: Person;
let operator: Person;
let colleague: Person;
beforeAll(async () => {
  t = await startTestApp();
  admin = await signUp(t, { grants: { [t.project]: "admin" } });
  operator = await signUp(t, { grants: { [t.project]: "operator" } });
  colleague = await signUp(t, { grants: { [t.project]: "operator" } });
});
afterAll(() => t.close());

let named = 0;
const newTeam = (members: string[] = []) =>
  admin.client.teams.create({ body: { project: t.project, name: `Команда ${++named}`, members } });
const newTicket = () =>
  t.client.tickets.create({ body: { subject: "Вопрос", body: "Где?", project: t.project } });

test("a team is made, changed and taken out of use by an admin of its project, and told to its operators", async () => {
  const team = await newTeam([operator.member.id]);
  expect(team).toMatchObject({ project: t.project, hue: "teal", members: [operator.member.id] });
  const params = { id: team.id };
  const changed = await admin.client.teams.update({
    params,
    body: {
      name: "Склад",
      hue: "amber",
      members: [colleague.member.id, operator.member.id, operator.member.id],
    },
  });
  expect(changed).toMatchObject({ name: "Склад", hue: "amber" });
  expect([...changed.members].sort()).toEqual([colleague.member.id, operator.member.id].sort());
  expect((await operator.client.teams.list()).data).toContainEqual({
    ...changed,
    members: [...changed.members].sort(),
  });
  expect(await codeOf(operator.client.teams.update({ params, body: { name: "Моя" } }))).toBe("forbidden");
  await admin.client.teams.archive({ params });
  expect((await operator.client.teams.list()).data.map(({ id }) => id)).not.toContain(team.id);
  const types = (await operator.client.events.list({ query: { limit: 500 } })).data
    .filter(({ data }) => data.team === team.id)
    .map(({ type }) => type);
  expect(types).toEqual(["team.added", "team.changed", "team.archived"]);
});

test("a name is used once a project, and again once its team is out of use", async () => {
  const team = await newTeam();
  const same = () =>
    admin.client.teams.create({ body: { project: t.project, name: team.name.toUpperCase() } });
  expect(await codeOf(same())).toBe("already_exists");
  await admin.client.teams.archive({ params: { id: team.id } });
  expect(await codeOf(same())).toBe("accepted");
});

test("only people of the project come into a team; each wrong one is pointed at", async () => {
  const stranger = await signUp(t);
  const made = admin.client.teams.create({
    body: { project: t.project, name: "Чужие", members: [operator.member.id, stranger.member.id] },
  });
  await expect(made).rejects.toMatchObject({
    code: "unknown_reference",
    problem: { errors: [{ pointer: "/members/1" }] },
  });
});

test("a ticket given to a team leaves whoever is not of it, and stays with whoever is", async () => {
  const team = await newTeam([operator.member.id]);
  const { id } = await newTicket();
  const params = { id };
  await t.client.actions.assign({ params, body: { member: colleague.member.id } });
  expect(await t.client.actions.assign({ params, body: { team: team.id } })).toMatchObject({
    team: { id: team.id, name: team.name },
    assignee: null,
  });
  expect(await operator.client.actions.claim({ params, body: {} })).toMatchObject({
    team: { id: team.id },
    assignee: { id: operator.member.id },
  });
  const other = await newTeam([operator.member.id]);
  expect(await t.client.actions.assign({ params, body: { team: other.id } })).toMatchObject({
    team: { id: other.id },
    assignee: { id: operator.member.id },
  });
  expect(await t.client.actions.assign({ params, body: { team: null } })).toMatchObject({
    team: null,
    assignee: { id: operator.member.id },
  });
  const [latest] = (await t.client.tickets.events({ params })).data;
  expect(latest).toMatchObject({ type: "ticket.assigned", data: { team: { from: other.id, to: null } } });
});

test("a hand-over to a team carries its note before it; a team out of use or of another project takes nothing", async () => {
  const team = await newTeam([operator.member.id]);
  const { id } = await newTicket();
  const params = { id };
  const given = await t.client.actions.transfer({ params, body: { team: team.id, note: "Ждёт накладную" } });
  expect(given).toMatchObject({ team: { id: team.id }, assignee: null });
  const types = (await t.client.tickets.events({ params })).data.map(({ type }) => type);
  expect(types.slice(0, 2)).toEqual(["ticket.transferred", "note.added"]);
  await admin.client.teams.archive({ params: { id: team.id } });
  expect((await t.client.tickets.get({ params })).team).toMatchObject({ id: team.id });
  const next = await newTicket();
  const again = t.client.actions.assign({ params: { id: next.id }, body: { team: team.id } });
  expect(await codeOf(again)).toBe("unknown_reference");
  const elsewhere = await t.client.projects.create({ body: { name: "Другой" } });
  const far = await t.client.teams.create({ body: { project: elsewhere.id, name: "Далёкая" } });
  expect(await codeOf(t.client.actions.assign({ params: { id: next.id }, body: { team: far.id } }))).toBe(
    "unknown_reference",
  );
  const both = t.client.actions.assign({ params: { id: next.id }, body: {} as { team: string } });
  expect(await codeOf(both)).toBe("invalid_request");
});

test("the list by team, and by mine to take, holds exactly these tickets", async () => {
  const mine = await newTeam([operator.member.id]);
  const theirs = await newTeam([colleague.member.id]);
  const [a, b, c] = [await newTicket(), await newTicket(), await newTicket()];
  const give = (id: string, team: string) => t.client.actions.assign({ params: { id }, body: { team } });
  await give(a.id, mine.id);
  await give(b.id, mine.id);
  await give(c.id, theirs.id);
  await operator.client.actions.claim({ params: { id: b.id }, body: {} });
  const ids = async (query: Parameters<typeof t.client.tickets.list>[0]) =>
    (await operator.client.tickets.list(query)).data.map(({ id }) => id);
  expect(await ids({ query: { team: mine.id } })).toEqual([b.id, a.id]);
  expect(await ids({ query: { team: "mine", assignee: "none", phase: "open" } })).toContain(a.id);
  expect(await ids({ query: { team: "mine", assignee: "none", phase: "open" } })).not.toContain(b.id);
  expect(await ids({ query: { team: "mine" } })).not.toContain(c.id);
});

test("the counters of teams are exact through every move, folded or not", async () => {
  const team = await newTeam([operator.member.id]);
  const countOf = async () =>
    (await t.client.tickets.counts()).byTeam.find((each) => each.team === team.id) ?? {
      open: 0,
      unassigned: 0,
      waiting: 0,
    };
  const tickets = await Promise.all([newTicket(), newTicket(), newTicket()]);
  await Promise.all(
    tickets.map(({ id }) => t.client.actions.assign({ params: { id }, body: { team: team.id } })),
  );
  expect(await countOf()).toMatchObject({ open: 3, unassigned: 3, waiting: 0 });
  const [first, second] = tickets.map(({ id }) => ({ params: { id } }));
  if (!first || !second) throw new Error("three tickets were made");
  await operator.client.actions.claim({ ...first, body: {} });
  await t.client.actions.postpone({ ...second, body: { untilReply: true } });
  expect(await countOf()).toMatchObject({ open: 2, unassigned: 1, waiting: 1 });
  await foldCounts(t.db);
  await t.client.actions.complete({ ...first, body: {} });
  expect(await countOf()).toMatchObject({ open: 1, unassigned: 1, waiting: 1 });
  const [truth] = await t.db.background.query<{ open: number }>(
    statement(
      "test.by_team",
      "select count(*)::int as open from tickets where phase = 'open' and team_id is not null",
    ),
  );
  const all = (await t.client.tickets.counts()).byTeam.reduce((sum, each) => sum + each.open, 0);
  expect(all).toBe(truth?.open);
});
