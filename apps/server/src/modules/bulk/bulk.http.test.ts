import { type Bulk, type BulkInput, fromPublicId, toPublicId } from "@okno/contract";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { statement } from "../../platform/database.ts";
import { type JobHandler, startWorker, type Worker } from "../../platform/jobs.ts";
import { createLog } from "../../platform/log.ts";
import { codeOf, type Person, signUp, startTestApp, type TestApp } from "../../testing/index.ts";
import { jobHandlers } from "../../worker.ts";
import { bulkJob, resumeBulks } from "./index.ts";

let t: TestApp;
let anna: Person;
let workers: Worker[] = [];
beforeAll(async () => {
  t = await startTestApp();
  anna = await signUp(t, { grants: { [t.project]: "operator" } });
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
});
afterAll(() => t.close());

function startWork(handlers: JobHandler[] = jobHandlers(t.app)): Worker {
  const { metrics } = t.app.core;
  const log = createLog("fatal", { write: () => undefined });
  const worker = startWorker({ db: t.db, clock: t.clock, log, metrics }, handlers);
  workers.push(worker);
  return worker;
}

const open = async (count: number, subject: string) => {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const body = { subject: `${subject} ${n}`, body: "…", contact: { email: `${n}@bulk.example` } };
    ids.push((await t.client.tickets.create({ body })).id);
  }
  return ids;
};
const get = (id: string) => t.client.tickets.get({ params: { id } });
const start = (body: BulkInput, person = anna) => person.client.bulk.start({ body });
const see = (bulk: Pick<Bulk, "id">, person = anna) => person.client.bulk.get({ params: { id: bulk.id } });
const until = async (bulk: Pick<Bulk, "id">, state: Bulk["state"]) => {
  await expect.poll(async () => (await see(bulk)).state, { timeout: 20_000 }).toBe(state);
  return see(bulk);
};
const complete = (match: BulkInput["match"]): BulkInput => ({ action: "complete", body: {}, match });

const eventsOf = statement(
  "test.bulk_events",
  `select ticket_id, type, count(*)::int as n from ticket_events where workspace_id = $1 and type = $2 group by 1, 2`,
);
const happened = async (type: string) =>
  t.db.in(t.workspaceId).query<{ ticket_id: string; n: number }>(eventsOf, [t.workspaceId, type]);

test("everything that matches is frozen when it begins, done with the author's rights, and reported ticket by ticket", async () => {
  startWork();
  const label = await t.client.labels.create({ body: { project: t.project, name: "возврат", weight: 30 } });
  const marked = await open(6, "Возврат");
  for (const id of marked) await t.client.actions.set({ params: { id }, body: { labels: [label.name] } });
  await t.client.actions.complete({ params: { id: marked[0] ?? "" }, body: {} });
  const list = { label: label.name };
  const bob = await signUp(t, { grants: { [t.project]: "operator" } });
  await t.client.actions.assign({ params: { id: marked[1] ?? "" }, body: { member: bob.member.id } });
  expect(await anna.client.bulk.preview({ body: complete({ list }) })).toEqual({
    total: 6,
    capped: false,
    others: 1,
    skipped: 1,
  });
  const begun = await start(complete({ list }));
  expect(begun).toMatchObject({ state: "running", total: 6, action: "complete" });
  const [late] = await open(1, "Поздняя");
  await t.client.actions.set({ params: { id: late ?? "" }, body: { labels: [label.name] } });

  const finished = await until(begun, "finished");
  const first = await get(marked[0] ?? "");
  expect(finished).toMatchObject({
    done: 5,
    skipped: 1,
    refused: 0,
    leftOut: [{ reason: "action_not_allowed", count: 1, numbers: [first.number] }],
  });
  expect((await get(late ?? "")).phase).toBe("open");
  const { data } = await t.client.tickets.events({ params: { id: marked[2] ?? "" } });
  expect(data[0]).toMatchObject({ type: "ticket.completed", actor: { id: anna.member.id } });
});

test("labels are added and taken away one by one, and what it would not change is passed over", async () => {
  startWork();
  for (const name of ["раз", "два", "три"])
    await t.client.labels.create({ body: { project: t.project, name, weight: 0 } });
  const [a = "", b = ""] = await open(2, "Метки");
  await t.client.actions.set({ params: { id: a }, body: { labels: ["раз", "два"] } });
  await t.client.actions.set({ params: { id: b }, body: { labels: ["три"] } });
  const body = { addLabels: ["три"], removeLabels: ["два"] };
  const done = await until(await start({ action: "set", body, match: { ids: [a, b] } }), "finished");
  expect([(await get(a)).labels, (await get(b)).labels]).toEqual([["раз", "три"], ["три"]]);
  expect(done).toMatchObject({ done: 1, skipped: 1, leftOut: [{ reason: "unchanged", count: 1 }] });
});

test("a ticket out of reach is no part of it, and one that gets out of reach meanwhile is refused", async () => {
  const other = await t.client.projects.create({ body: { name: "Чужой проект" } });
  const away = await t.client.tickets.create({ body: { subject: "там", body: "…", project: other.id } });
  const ids = await open(2, "Здесь");
  const begun = await start(complete({ ids: [...ids, away.id] }));
  expect(begun.total).toBe(2);
  const carl = await signUp(t, { grants: { [t.project]: "operator" } });
  expect(await codeOf(see(begun, carl))).toBe("not_found");
  const byCarl = await start(complete({ ids }), carl);
  await t.client.members.update({ params: { id: carl.member.id }, body: { grants: [] } });
  startWork();
  await until(begun, "finished");
  const rows = statement(
    "test.items",
    "select outcome, reason from bulk_items where workspace_id = $1 and reason = 'not_found'",
  );
  await expect.poll(() => t.db.in(t.workspaceId).query(rows, [t.workspaceId])).toHaveLength(2);
  expect(byCarl.total).toBe(2);
});

test("undo puts each ticket back as it was, and names those that somebody has touched since", async () => {
  startWork();
  const ids = await open(4, "Вернуть");
  const [postponed = "", claimed = "", touched = ""] = ids;
  const until1 = new Date(t.clock.now().getTime() + 3_600_000).toISOString();
  await t.client.actions.postpone({ params: { id: postponed }, body: { until: until1 } });
  await anna.client.actions.claim({ params: { id: claimed }, body: {} });
  const before = await Promise.all(ids.map(get));
  const done = await until(await start(complete({ ids })), "finished");
  expect(done.done).toBe(4);
  await t.client.messages.add({ params: { id: touched }, body: { body: "Ещё", from: "customer" } });
  await anna.client.bulk.undo({ params: { id: done.id } });
  const undone = await until(done, "undone");
  expect(undone).toMatchObject({
    undone: 3,
    leftOutOfUndo: [{ reason: "touched", count: 1, numbers: [before[2]?.number] }],
  });
  const shape = ({ seq: _seq, activityAt: _at, ...ticket }: Awaited<ReturnType<typeof get>>) => ticket;
  for (const index of [0, 1, 3])
    expect(shape(await get(ids[index] ?? ""))).toEqual(
      shape(before[index] as Awaited<ReturnType<typeof get>>),
    );
  // Repeating changes nothing, and a postponed ticket is awaited again.
  expect((await anna.client.bulk.undo({ params: { id: done.id } })).state).toBe("undone");
  t.clock.advance(2 * 3_600_000);
  await expect.poll(async () => (await get(postponed)).phase).toBe("open");
});

test("a worker that dies in the middle leaves nothing half done: the next takes it up, each ticket once, by two workers as well", async () => {
  const ids = await open(60, "Упавшая");
  const begun = await start(complete({ ids }));
  // Dies like a process: after a dozen tickets nothing more comes of it, and nobody says that the job is over.
  let left = 12;
  const dying: typeof t.db = {
    ...t.db,
    transaction: (workspaceId, run) =>
      left-- > 0 ? t.db.transaction(workspaceId, run) : new Promise<never>(() => undefined),
  };
  const bulkId = fromPublicId("bulk", begun.id) ?? "";
  void bulkJob({ ...t.app.core, db: dying }).run({ bulkId }, { workspaceId: t.workspaceId, attempt: 1 });
  await expect.poll(async () => (await see(begun)).done).toBe(12);
  const forgotten = statement("test.forget_jobs", "delete from jobs where name = 'bulk.run'");
  await t.db.background.query(forgotten);
  const halfway = await see(begun);
  expect(halfway).toMatchObject({ done: 12, state: "running" });
  t.clock.advance(120_000);
  await Promise.all([resumeBulks(t.app.core), resumeBulks(t.app.core)]);
  startWork();
  startWork();
  const finished = await until(begun, "finished");
  expect(finished).toMatchObject({ done: 60, skipped: 0, refused: 0 });
  const mine = new Set(ids);
  const completions = (await happened("ticket.completed")).filter(({ ticket_id }) =>
    mine.has(toPublicId("ticket", ticket_id)),
  );
  expect(completions).toHaveLength(60);
  expect(completions.every(({ n }) => n === 1)).toBe(true);
}, 40_000);

test("a stopped bulk does no ticket more, and its undo puts back exactly what it did", async () => {
  const ids = await open(40, "Стой");
  startWork();
  const begun = await start(complete({ ids }));
  await expect.poll(async () => (await see(begun)).done, { interval: 5 }).toBeGreaterThan(2);
  const stopped = await anna.client.bulk.cancel({ params: { id: begun.id } });
  expect(stopped.state).toBe("cancelled");
  const later = await see(begun);
  expect(later.done).toBe(stopped.done);
  await anna.client.bulk.undo({ params: { id: begun.id } });
  const undone = await until(begun, "undone");
  expect(undone.undone).toBe(stopped.done);
  expect(new Set((await Promise.all(ids.map(get))).map(({ phase }) => phase))).toEqual(new Set(["open"]));
});

test("people work on undisturbed while a bulk runs, and a merged ticket is passed over", async () => {
  const ids = await open(40, "Рядом");
  const [a = "", b = ""] = [
    (await t.client.tickets.create({ body: { subject: "x", body: "…" } })).id,
    (await t.client.tickets.create({ body: { subject: "y", body: "…" } })).id,
  ];
  await t.client.merging.merge({ params: { id: a }, body: { into: b } });
  startWork();
  const begun = await start({ action: "set", body: { priority: "high" }, match: { ids: [...ids, a] } });
  // Whoever is at the very tickets the bulk is at waits for one of them at most.
  for (const id of ids.slice(0, 20)) await reply(id);
  const finished = await until(begun, "finished");
  expect(finished).toMatchObject({ done: 40, leftOut: [{ reason: "ticket_merged", count: 1 }] });
});

const reply = (id: string) => t.client.messages.add({ params: { id }, body: { body: "Отвечаю" } });

test("the last bulks are found again after a reload, one's own alone", async () => {
  const { data } = await anna.client.bulk.list();
  expect(data.length).toBeGreaterThan(0);
  const dora = await signUp(t, { grants: { [t.project]: "operator" } });
  expect((await dora.client.bulk.list()).data).toEqual([]);
});
