import { OknoError } from "@okno/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { statement } from "../../platform/database.ts";
import { codeOf, type Person, signUp, startTestApp, type TestApp } from "../../testing/index.ts";
import { reweighJob } from "./index.ts";

let t: TestApp;
let other: string;
let admin: Person;
let operator: Person;
beforeAll(async () => {
  t = await startTestApp();
  other = (await t.client.projects.create({ body: { name: "Другой" } })).id;
  admin = await signUp(t, { grants: { [t.project]: "admin" } });
  operator = await signUp(t, { grants: { [t.project]: "operator" } });
});
afterAll(() => t.close());

let named = 0;
const newProject = async () => (await t.client.projects.create({ body: { name: `Проект ${++named}` } })).id;
const elsewhere = { id: "top_01h455vb4pex5vsknk084sn02q" };

test("a project is born with its API channel, and its owner works in it at once", async () => {
  const owner = await signUp(t, { owner: true });
  const made = await owner.client.projects.create({
    body: { name: "Новый", locale: "en", timeZone: "Asia/Omsk" },
  });
  expect(made).toMatchObject({ locale: "en", timeZone: "Asia/Omsk", accent: "#0f766e" });
  const channels = (await owner.client.channels.list()).data.filter((channel) => channel.project === made.id);
  expect(channels).toMatchObject([{ type: "api", enabled: true, lastMessageAt: null }]);
  const body = { subject: "Здравствуйте", body: "Первая", contact: {}, project: made.id };
  expect(await owner.client.tickets.create({ body })).toMatchObject({ project: made.id });
  expect(await codeOf(owner.client.projects.create({ body: { name: "НОВЫЙ" } }))).toBe("already_exists");
});

test("projects are seen by those who work in them, changed by their admins, added by owners", async () => {
  expect((await operator.client.projects.list()).data.map(({ id }) => id)).toEqual([t.project]);
  const update = (person: Person, id: string) =>
    codeOf(person.client.projects.update({ params: { id }, body: { accent: "#123456" } }));
  expect(await update(admin, t.project)).toBe("accepted");
  expect(await update(operator, t.project)).toBe("forbidden");
  expect(await update(admin, other)).toBe("not_found");
  expect(await codeOf(admin.client.projects.create({ body: { name: "Самозахват" } }))).toBe("forbidden");
  const params = { id: t.project };
  expect(await codeOf(admin.client.projects.update({ params, body: { timeZone: "Mars/Olympus" } }))).toBe(
    "invalid_request",
  );
  expect(await codeOf(admin.client.projects.update({ params, body: { name: "другой" } }))).toBe(
    "already_exists",
  );
});

test("[RT-02] topics are two levels of nine at most, although twenty are added at the same moment", async () => {
  const project = await newProject();
  const add = (name: string, parent: string | null) =>
    t.client.topics.create({ body: { project, name, parent } });
  const crowd = (parent: string | null) =>
    Promise.all(Array.from({ length: 20 }, (_, index) => codeOf(add(`Тема ${index}`, parent))));
  const top = await crowd(null);
  expect(top.filter((code) => code === "accepted")).toHaveLength(9);
  expect(top.filter((code) => code === "limit_reached")).toHaveLength(11);
  const [first] = (await t.client.topics.list({ query: { project } })).data;
  const below = await crowd(first?.id ?? "");
  expect(below.filter((code) => code === "accepted")).toHaveLength(9);
  const child = (await t.client.topics.list({ query: { project } })).data.find(
    (topic) => topic.parent === first?.id,
  );
  expect(await codeOf(add("Третий уровень", child?.id ?? ""))).toBe("limit_reached");
});

test("topics of one level have different names, of which one of twenty at the same moment is kept", async () => {
  const project = await newProject();
  const add = (name: string) => codeOf(t.client.topics.create({ body: { project, name } }));
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, index) => add(index % 2 ? "Возврат" : "ВОЗВРАТ")),
  );
  expect(outcomes.filter((code) => code === "accepted")).toHaveLength(1);
  expect(outcomes.filter((code) => code === "already_exists")).toHaveLength(19);
});

test("a topic out of use leaves room, and is kept while topics or channels need it", async () => {
  const project = await newProject();
  const parent = await t.client.topics.create({ body: { project, name: "Доставка" } });
  const child = await t.client.topics.create({
    body: { project, name: "Не пришла посылка", parent: parent.id },
  });
  const archive = (id: string) => codeOf(t.client.topics.archive({ params: { id } }));
  expect(await archive(parent.id)).toBe("in_use");
  expect(await archive(child.id)).toBe("accepted");
  expect(await archive(child.id)).toBe("not_found");
  expect(await archive(parent.id)).toBe("accepted");
  expect((await t.client.topics.list({ query: { project } })).data).toEqual([]);
  expect(await codeOf(t.client.topics.create({ body: { project, name: "Доставка" } }))).toBe("accepted");
});

test("topics are added and renamed by the project's admins alone", async () => {
  const mine = await admin.client.topics.create({ body: { project: t.project, name: "Возврат денег" } });
  const theirs = await t.client.topics.create({ body: { project: other, name: "Чужая" } });
  const rename = (person: Person, id: string) =>
    codeOf(person.client.topics.update({ params: { id }, body: { name: "Возврат" } }));
  expect(await rename(operator, mine.id)).toBe("forbidden");
  expect(await rename(admin, theirs.id)).toBe("not_found");
  expect(await rename(admin, elsewhere.id)).toBe("not_found");
  expect(await rename(admin, mine.id)).toBe("accepted");
  const add = (project: string, parent: string | null) =>
    codeOf(admin.client.topics.create({ body: { project, parent, name: "Ещё" } }));
  expect(await add(other, null)).toBe("unknown_reference");
  expect(await add(t.project, theirs.id)).toBe("unknown_reference");
  expect((await admin.client.topics.list()).data.map(({ id }) => id)).not.toContain(theirs.id);
});

test("[RT-07] a vague topic is warned of, and the report says how much work stands under such topics or none", async () => {
  const project = await newProject();
  const vague = await t.client.topics.create({ body: { project, name: "Отзывы" } });
  expect(vague.warnings).toEqual(["vague_name"]);
  const good = await t.client.topics.create({ body: { project, name: "Не пришла посылка" } });
  expect(good.warnings).toEqual([]);
  const renamed = await t.client.topics.update({ params: { id: good.id }, body: { name: "Прочее" } });
  expect(renamed.warnings).toEqual(["vague_name"]);
  await t.client.topics.update({ params: { id: good.id }, body: { name: "Не пришла посылка" } });
  const write = (topic?: string) =>
    t.client.tickets.create({
      body: { subject: "s", body: "b", contact: {}, project, ...(topic && { topic }) },
    });
  t.clock.advance(3_000);
  for (const topic of [vague.id, vague.id, good.id, undefined]) await write(topic);
  const report = await t.client.topics.report({ query: { project } });
  expect(report).toEqual({
    total: 4,
    vague: 2,
    untopiced: 1,
    byTopic: [
      { topic: vague.id, tickets: 2, vague: true },
      { topic: good.id, tickets: 1, vague: false },
    ],
  });
  expect(await codeOf(operator.client.topics.report())).toBe("forbidden");
  t.clock.advance(31 * 86_400_000);
  expect(await t.client.topics.report({ query: { project } })).toMatchObject({ total: 0, byTopic: [] });
});

test("[PT-02] a label's new weight puts its open tickets in their new place, by the heaviest of their labels", async () => {
  const project = await newProject();
  const label = (name: string, weight: number) => t.client.labels.create({ body: { project, name, weight } });
  const important = await label("Важно", 0);
  await label("Подождёт", 5);
  const write = async (labels: string[]) =>
    (
      await t.client.tickets.create({
        body: { subject: "s", body: "b", contact: {}, project, labels },
      })
    ).id;
  const both = await write(["Важно", "Подождёт"]);
  const one = await write(["Важно"]);
  const light = await write(["Подождёт"]);
  const plain = await write([]);
  const order = async () =>
    (await t.client.tickets.list({ query: { project, phase: "open", sort: "important" } })).data.map(
      ({ id }) => id,
    );
  expect(await order()).toEqual([light, both, plain, one]);
  const changed = await t.client.labels.update({
    params: { id: important.id },
    body: { weight: 50, hue: "red" },
  });
  expect(changed).toMatchObject({ weight: 50, hue: "red" });
  const jobs = await t.db.system.query<{ payload: unknown }>(
    statement("test.jobs", "select payload from jobs where name = 'labels.reweigh'"),
  );
  expect(jobs).toHaveLength(2);
  await reweighJob({ db: t.db }).run(jobs[0]?.payload, { workspaceId: t.workspaceId, attempt: 1 });
  expect(await order()).toEqual([one, both, light, plain]);
});

test("labels have one name a project, and weights within limits", async () => {
  const project = await newProject();
  const add = (body: object) => codeOf(t.client.labels.create({ body: { project, name: "VIP", ...body } }));
  expect(await add({ weight: 101 })).toBe("invalid_request");
  expect(await add({})).toBe("accepted");
  expect(await add({ name: "vip" })).toBe("already_exists");
  const someone = await signUp(t, { grants: { [t.project]: "operator" } });
  const theirs = someone.client.labels.create({ body: { project: t.project, name: "Моя" } });
  expect(await codeOf(theirs)).toBe("forbidden");
});

test("a channel's settings fit its type, and an unknown type is told", async () => {
  const types = (await t.client.channels.types()).data;
  expect(types.find(({ type }) => type === "api")).toMatchObject({ configSchema: { type: "object" } });
  const create = (body: object) =>
    t.client.channels.create({ body: { project: t.project, type: "api", name: "Ещё API", ...body } });
  const made = await create({});
  expect(made.publicKey).toMatch(/^[0-9a-hjkmnp-tv-z]{20,}$/u);
  expect(await codeOf(create({ type: "pigeon" }))).toBe("unknown_reference");
  const params = { id: made.id };
  expect(await t.client.channels.update({ params, body: { enabled: false } })).toMatchObject({
    enabled: false,
  });
  expect(await t.client.channels.update({ params, body: { enabled: true, name: "API 2" } })).toMatchObject({
    enabled: true,
    name: "API 2",
  });
});

test("[RT-06] a form that would offer six topics, or topics of another project, is refused at the field", async () => {
  const project = await newProject();
  const topics: string[] = [];
  for (let each = 0; each < 6; each++)
    topics.push((await t.client.topics.create({ body: { project, name: `Дело ${each}` } })).id);
  const save = (offered: string[]) =>
    t.client.channels.create({ body: { project, type: "form", name: "Форма", config: { topics: offered } } });
  const pointersOf = async (call: Promise<unknown>) => {
    const error = await call.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return error instanceof OknoError ? error.problem?.errors?.map(({ pointer }) => pointer) : [];
  };
  expect(await codeOf(save(topics))).toBe("invalid_request");
  expect(await pointersOf(save(topics))).toEqual(["/config/topics"]);
  const stranger = await t.client.topics.create({ body: { project: other, name: "Дело соседей" } });
  expect(await pointersOf(save([topics[0] ?? "", stranger.id]))).toEqual(["/config/topics/1"]);
  const made = await save(topics.slice(0, 5));
  expect(made.config).toMatchObject({ topics: topics.slice(0, 5) });
  expect(await codeOf(t.client.topics.archive({ params: { id: topics[0] ?? "" } }))).toBe("in_use");
  const seen = await signUp(t, { grants: { [project]: "operator" } });
  expect((await seen.client.channels.list()).data.find(({ id }) => id === made.id)?.config).toEqual({});
});
