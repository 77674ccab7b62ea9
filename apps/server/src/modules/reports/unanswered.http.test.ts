import { afterAll, beforeAll, expect, test } from "vitest";
import { type Person, signUp, startTestApp, type TestApp } from "../../testing/index.ts";

let t: TestApp;
let operator: Person;
let other: string;
beforeAll(async () => {
  t = await startTestApp();
  other = (await t.client.projects.create({ body: { name: "Другой" } })).id;
  operator = await signUp(t, { grants: { [t.project]: "operator" } });
});
afterAll(() => t.close());

const minuteMs = 60_000;
const write = (subject: string, project = t.project, more = {}) =>
  t.client.tickets.create({
    body: { subject, body: "Жду", project, contact: { email: "anna@example.com" }, ...more },
  });
const unanswered = async (query: { unansweredFor?: number; unansweredUnder?: number }) =>
  (await operator.client.tickets.list({ query: { ...query, sort: "waiting", project: t.project } })).data.map(
    ({ subject }) => subject,
  );

test("[RP-10] whoever wrote last and has waited longer than X is found, to the minute, and leaves with the answer", async () => {
  const first = await write("Давно");
  t.clock.advance(20 * minuteMs);
  const second = await write("Недавно");
  t.clock.advance(9 * minuteMs + 59_000);
  expect(await unanswered({ unansweredFor: 30 })).toEqual([]);
  expect(await unanswered({ unansweredFor: 10 })).toEqual(["Давно"]);
  t.clock.advance(1_000);
  expect(await unanswered({ unansweredFor: 30 })).toEqual(["Давно"]);
  expect(await unanswered({ unansweredFor: 0 })).toEqual(["Давно", "Недавно"]);
  expect(await unanswered({ unansweredFor: 10, unansweredUnder: 30 })).toEqual(["Недавно"]);
  // A note is no answer.
  await t.client.messages.add({
    params: { id: first.id },
    body: { body: "Проверить", visibility: "internal" },
  });
  expect(await unanswered({ unansweredFor: 30 })).toEqual(["Давно"]);
  await t.client.messages.add({ params: { id: first.id }, body: { body: "Уже едет" } });
  expect(await unanswered({ unansweredFor: 0 })).toEqual(["Недавно"]);
  await t.client.actions.complete({ params: { id: second.id }, body: {} });
  expect(await unanswered({ unansweredFor: 0 })).toEqual([]);
  await t.client.actions.complete({ params: { id: first.id }, body: {} });
});

test("[RP-11] the report shows who waits by age, project, assignee, team and topic, and follows every change", async () => {
  const topic = await t.client.topics.create({ body: { project: t.project, name: "Доставка" } });
  const team = await t.client.teams.create({
    body: { project: t.project, name: "Первая", members: [operator.member.id] },
  });
  const old = await write("День назад", t.project, { topic: topic.id });
  await t.client.actions.assign({ params: { id: old.id }, body: { team: team.id } });
  t.clock.advance(24 * 60 * minuteMs);
  const hour = await write("Час назад");
  await t.client.actions.assign({ params: { id: hour.id }, body: { member: operator.member.id } });
  t.clock.advance(61 * minuteMs);
  await write("Сейчас");
  await write("Чужая", other);
  const report = await operator.client.reports.unanswered();
  expect(report).toMatchObject({ total: 3, more: false });
  expect(report.bands.map(({ tickets }) => tickets)).toEqual([1, 0, 1, 0, 1]);
  expect(report.byProject).toMatchObject([{ project: t.project, tickets: 3, counts: [1, 0, 1, 0, 1] }]);
  expect(report.byAssignee).toMatchObject([
    { assignee: null, tickets: 2, counts: [1, 0, 0, 0, 1] },
    { assignee: operator.member.id, tickets: 1, counts: [0, 0, 1, 0, 0] },
  ]);
  expect(report.byTeam).toMatchObject([
    { team: null, tickets: 2 },
    { team: team.id, tickets: 1 },
  ]);
  expect(report.byTopic).toMatchObject([
    { topic: null, tickets: 2 },
    { topic: topic.id, tickets: 1, oldest: old.createdAt },
  ]);
  // Behind each number stands the list of the same tickets.
  for (const { fromMinutes, toMinutes, tickets } of report.bands) {
    const query = { unansweredFor: fromMinutes, ...(toMinutes && { unansweredUnder: toMinutes }) };
    expect((await operator.client.tickets.list({ query })).data).toHaveLength(tickets);
  }
  expect((await t.client.reports.unanswered()).total).toBe(4);
  await operator.client.messages.add({ params: { id: hour.id }, body: { body: "Отвечаем" } });
  expect(await operator.client.reports.unanswered()).toMatchObject({ total: 2 });
});

test("a postponed or merged-away wait is not reported, and the customer's next word is", async () => {
  const before = (await operator.client.reports.unanswered()).total;
  const { id } = await write("Отложим");
  await t.client.actions.postpone({ params: { id }, body: { untilReply: true } });
  expect((await operator.client.reports.unanswered()).total).toBe(before);
  await t.client.actions.reopen({ params: { id }, body: {} });
  expect((await operator.client.reports.unanswered()).total).toBe(before + 1);
});
