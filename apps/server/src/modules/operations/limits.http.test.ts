import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type OknoClient } from "@okno/sdk";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "../../app.ts";
import { type Database, openDatabase, statement } from "../../platform/database.ts";
import { createLog } from "../../platform/log.ts";
import { adminKey, startTestApp, type TestApp } from "../../testing/index.ts";

const statementTimeoutMs = 400;
let okno: TestApp;
let db: Database;
let client: OknoClient;
let close: () => Promise<void>;

// The same application over the same database, with a limit short enough to be seen.
beforeAll(async () => {
  okno = await startTestApp();
  const log = createLog("silent");
  const filesDir = await mkdtemp(join(tmpdir(), "okno-files-"));
  const settings = {
    adminApiKey: adminKey,
    publicUrl: undefined,
    filesDir,
    secretKey: "test-secret-key-0123456789abcdef0123",
    trustProxy: false,
  };
  db = openDatabase(okno.connection, log, { interactive: 4, background: 2, statementTimeoutMs });
  const app = await createApp({ db, clock: okno.clock, log, settings });
  client = createClient({ baseUrl: await app.http.listen({ port: 0, host: "127.0.0.1" }), key: adminKey });
  close = async () => {
    await app.close();
    await db.end();
    await rm(filesDir, { recursive: true, force: true });
  };
});
afterAll(async () => {
  await close();
  await okno.close();
});

const body = { subject: "Заявка", body: "Текст" };

test("a statement that takes too long is cut and answered 503 and retryable; other calls go on, and so does this one afterwards", async () => {
  const { id } = await client.tickets.create({ body });
  const holder = new pg.Client(okno.connection);
  await holder.connect();
  await holder.query("begin");
  await holder.query("select 1 from tickets for update");
  const started = performance.now();
  const held = client.messages
    .add({ params: { id }, body: { body: "Ответ" } })
    .catch((error: unknown) => error);
  const others = await Promise.all(Array.from({ length: 10 }, () => client.tickets.get({ params: { id } })));
  expect(others.map((ticket) => ticket.id)).toEqual(Array(10).fill(id));
  expect(await held).toMatchObject({ status: 503, code: "unavailable", problem: { retryable: true } });
  expect(performance.now() - started).toBeGreaterThan(statementTimeoutMs * 0.9);
  await holder.query("commit");
  await holder.end();
  expect((await client.messages.add({ params: { id }, body: { body: "Ответ" } })).body).toBe("Ответ");
});

test("while all of the background pool is taken, people's calls go on", async () => {
  const holder = new pg.Client(okno.connection);
  await holder.connect();
  await holder.query("select pg_advisory_lock(1)");
  const stuck = statement("test.stuck", "select pg_advisory_lock_shared(1)");
  const storm = Array.from({ length: 12 }, () => db.background.query(stuck));
  await expect.poll(() => db.stats().background.waiting).toBeGreaterThan(8);
  const made = await Promise.all(Array.from({ length: 20 }, () => client.tickets.create({ body })));
  for (const { id } of made) await client.actions.complete({ params: { id }, body: {} });
  expect((await client.tickets.list({ query: { phase: "done" } })).data.length).toBeGreaterThan(0);
  expect(db.stats().background.waiting).toBeGreaterThan(8);
  await holder.end();
  await Promise.all(storm);
}, 15_000);
