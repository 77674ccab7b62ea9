import { afterAll, beforeAll, expect, test } from "vitest";
import { statement } from "../../platform/database.ts";
import { createLog } from "../../platform/log.ts";
import { startTestApp, type TestApp } from "../../testing/index.ts";
import { foldCounts, verifyCounts } from "./index.ts";

let t: TestApp;
const logs: string[] = [];
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const dayMs = 86_400_000;
const verify = () =>
  verifyCounts({
    db: t.db,
    clock: t.clock,
    log: createLog("info", { write: (line) => void logs.push(line) }),
    metrics: t.app.core.metrics,
  });
const make = () => t.client.tickets.create({ body: { subject: "Вопрос", body: "…" } });
const gauge = async () => (await t.app.core.metrics.countDrift.get()).values[0]?.value;
const distort = (sql: string) => t.db.background.query(statement("", sql));

test("counters that agree are found to agree, while tickets go on moving", async () => {
  const made = await Promise.all(Array.from({ length: 30 }, make));
  await foldCounts(t.db);
  const moving = Promise.all(made.map(({ id }) => t.client.actions.complete({ params: { id }, body: {} })));
  expect(await verify()).toBe(0);
  await moving;
  t.clock.advance(dayMs);
  expect(await verify()).toBe(0);
  expect(await gauge()).toBe(0);
});

test("a counter that drifted is reported by log, metric and doctor's table, and corrected", async () => {
  await Promise.all([make(), make()]);
  await foldCounts(t.db);
  await distort("update inbox_counts set tickets = tickets + 3 where phase = 'done'");
  await distort("delete from inbox_counts where phase = 'open'");
  expect((await t.client.tickets.counts()).open).toBe(0);
  t.clock.advance(dayMs);
  expect(await verify()).toBe(5);
  expect(await gauge()).toBe(5);
  expect(logs.join("")).toContain("had drifted and were corrected");
  expect(await t.client.tickets.counts()).toMatchObject({ open: 2, done: 30 });
  const [row] = await distort("select drift, last_drift, tickets from count_checks");
  expect(row).toMatchObject({ drift: 5, last_drift: 5, tickets: 32 });
  t.clock.advance(dayMs);
  expect(await verify()).toBe(0);
  expect(await distort("select drift, last_drift from count_checks")).toMatchObject([
    { drift: 0, last_drift: 5 },
  ]);
});

test("two processes verifying at once correct a drift once", async () => {
  await distort("update inbox_counts set tickets = tickets + 1 where phase = 'done'");
  t.clock.advance(dayMs);
  await Promise.all([verify(), verify(), verify()]);
  expect((await t.client.tickets.counts()).done).toBe(30);
});

test("a project is verified once a day", async () => {
  await distort("update inbox_counts set tickets = tickets - 1 where phase = 'done'");
  expect(await verify()).toBe(0);
  t.clock.advance(dayMs);
  expect(await verify()).toBe(1);
});
