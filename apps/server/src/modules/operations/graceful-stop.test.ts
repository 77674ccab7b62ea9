import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@okno/sdk";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openEmbeddedPostgres } from "../../platform/postgres/index.ts";
import { adminKey } from "../../testing/index.ts";

const main = new URL("../../main.ts", import.meta.url).pathname;
let dataDir: string;
let server: ChildProcess;
let url: string;
let output = "";

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "okno-stop-"));
  const env = {
    PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
    OKNO_DATA_DIR: dataDir,
    OKNO_PORT: "0",
    OKNO_DEMO: "0",
    OKNO_ADMIN_API_KEY: adminKey,
  };
  server = spawn(process.execPath, [main], { env, stdio: ["ignore", "pipe", "pipe"] });
  const ready = new Promise<void>((resolve, reject) => {
    server.once("exit", () => reject(new Error(`the server ended: ${output}`)));
    for (const stream of [server.stdout, server.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        if (output.includes("is ready at")) resolve();
      });
  });
  await ready;
  url = /is ready at (\S+)/u.exec(output)?.[1] ?? "";
});
afterAll(async () => {
  if (server.exitCode === null) server.kill("SIGKILL");
  await rm(dataDir, { recursive: true, force: true });
});

async function direct(): Promise<{ client: pg.Client; stop(): Promise<void> }> {
  const { connection, stop } = await openEmbeddedPostgres({ dataDir, log: () => undefined });
  const client = new pg.Client(connection);
  await client.connect();
  return {
    client,
    async stop() {
      await client.end();
      await stop();
    },
  };
}

const readiness = () =>
  fetch(`${url}/readyz`).then(
    (res) => res.status,
    () => "refused",
  );

test("the metrics tell of calls, journal, streams, jobs and pools", async () => {
  const text = await (await fetch(`${url}/metrics`)).text();
  for (const name of [
    "http_request_duration_seconds",
    "journal_events_total",
    "journal_unsequenced",
    "streams",
    "jobs_total",
    "database_waiting",
  ])
    expect(text).toContain(`# TYPE okno_${name} `);
  for (const pool of ["interactive", "system", "background"])
    expect(text).toMatch(new RegExp(String.raw`okno_database_waiting\{pool="${pool}"\} \d+`, "u"));
});

test("asked to stop, it turns away, ends streams, finishes calls and jobs that were begun, and stops the database last", async () => {
  const client = createClient({ baseUrl: url, key: adminKey });
  const { id } = await client.tickets.create({ body: { subject: "Заявка", body: "Текст" } });
  const other = await client.tickets.create({ body: { subject: "Отложенная", body: "Текст" } });
  const stream = await fetch(`${url}/v1/stream`, { headers: { authorization: `Bearer ${adminKey}` } });
  const reader = stream.body?.getReader();
  const ended = (async () => {
    while (!(await reader?.read())?.done);
    return "ended";
  })();

  // Both tickets are held, so that a job and a call are begun and cannot end.
  const database = await direct();
  await client.actions.postpone({
    params: { id: other.id },
    body: { until: new Date(Date.now() + 2_000).toISOString() },
  });
  await database.client.query("begin");
  await database.client.query("select 1 from tickets for update");
  const blocked = async () => {
    // Within a transaction PostgreSQL shows the same activity again unless told otherwise.
    await database.client.query("select pg_stat_clear_snapshot()");
    const sql = "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock'";
    return (await database.client.query<{ n: number }>(sql)).rows[0]?.n;
  };
  await expect.poll(blocked, { timeout: 10_000 }).toBe(1);
  const answer = client.messages.add({ params: { id }, body: { body: "Начато до остановки" } });
  await expect.poll(blocked, { timeout: 5_000 }).toBe(2);
  expect(await readiness()).toBe(200);

  const exited = once(server, "exit");
  server.kill("SIGTERM");
  await expect.poll(readiness).toBe(503);
  await database.client.query("commit");
  expect((await answer).body).toBe("Начато до остановки");
  expect(await ended).toBe("ended");
  await database.client.end();
  expect(await exited).toEqual([0, null]);
  expect(await readiness()).toBe("refused");
  expect(output).not.toMatch(/"level":(40|50)/u);

  // Nobody holds the data directory: the database was stopped, and it kept everything.
  const after = await direct();
  const { rows } = await after.client.query("select phase from tickets where subject = 'Отложенная'");
  expect(rows).toEqual([{ phase: "open" }]);
  const { rows: messages } = await after.client.query(
    "select 1 from messages where body = 'Начато до остановки'",
  );
  expect(messages).toHaveLength(1);
  await after.stop();
});
