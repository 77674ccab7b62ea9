import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@okno/sdk";
import { afterEach, beforeEach, expect, test } from "vitest";
import { adminKey, type ServerProcess, startServer } from "../lib/server-process.ts";

let dataDir: string;
let server: ServerProcess;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "okno-bulk-"));
  server = await startServer({ dataDir });
});
afterEach(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

test("kill -9 in the middle of a bulk: after the restart it goes on by itself, each ticket once", async () => {
  const before = createClient({ baseUrl: server.url, key: adminKey });
  const total = 120;
  const open = (n: number) =>
    before.tickets.create({
      body: { subject: `№ ${n}`, body: "…", contact: { email: `${n % 20}@example.com` } },
    });
  for (let n = 0; n < total; n += 20) await Promise.all(Array.from({ length: 20 }, (_, i) => open(n + i)));
  const body = { action: "complete", body: {}, match: { list: { phase: "open" } } } as const;
  const { id } = await before.bulk.start({ body });
  await expect
    .poll(async () => (await before.bulk.get({ params: { id } })).done, { interval: 10, timeout: 20_000 })
    .toBeGreaterThan(10);
  await server.kill("both");

  server = await startServer({ dataDir });
  const client = createClient({ baseUrl: server.url, key: adminKey });
  const halfway = await client.bulk.get({ params: { id } });
  expect(halfway.state).toBe("running");
  expect(halfway.done).toBeLessThan(total);
  await expect
    .poll(async () => (await client.bulk.get({ params: { id } })).state, { interval: 200, timeout: 45_000 })
    .toBe("finished");
  expect(await client.bulk.get({ params: { id } })).toMatchObject({ done: total, skipped: 0, refused: 0 });

  const completed = new Map<string, number>();
  let after: string | undefined;
  for (;;) {
    const page = await client.events.list({ query: { limit: 500, ...(after && { after }) } });
    for (const { type, ticket } of page.data)
      if (type === "ticket.completed" && ticket) completed.set(ticket, (completed.get(ticket) ?? 0) + 1);
    if (page.nextCursor === after) break;
    after = page.nextCursor;
  }
  expect(completed.size).toBe(total);
  expect([...completed.values()].every((times) => times === 1)).toBe(true);
}, 180_000);
