import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type OknoClient } from "@okno/sdk";
import { afterEach, beforeEach, expect, test } from "vitest";
import { adminKey, type ServerProcess, startServer } from "../lib/server-process.ts";

let dataDir: string;
let server: ServerProcess;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "okno-kill-"));
  server = await startServer({ dataDir });
});
afterEach(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

type Acknowledged = {
  tickets: Map<string, string>;
  messages: Map<string, { ticket: string; body: string }>;
  tried: Set<string>;
};

/** Clients that open tickets and answer them until the server is gone; what was acknowledged is written down. */
function load(client: OknoClient, clients: number): { done: Promise<unknown>; seen: Acknowledged } {
  const seen: Acknowledged = { tickets: new Map(), messages: new Map(), tried: new Set() };
  const one = async (name: number) => {
    for (let n = 0; ; n++) {
      const subject = `client ${name} ticket ${n}`;
      seen.tried.add(subject);
      const ticket = await client.tickets.create({
        body: { subject, body: "до обрыва", contact: { email: `c${name}@example.com` } },
        idempotencyKey: subject,
      });
      seen.tickets.set(ticket.id, subject);
      const body = `answer to ${subject}`;
      const message = await client.messages.add({
        params: { id: ticket.id },
        body: { body },
        idempotencyKey: body,
      });
      seen.messages.set(message.id, { ticket: ticket.id, body });
    }
  };
  const done = Promise.allSettled(Array.from({ length: clients }, (_, name) => one(name)));
  return { done, seen };
}

async function allTickets(client: OknoClient): Promise<{ id: string; subject: string; number: number }[]> {
  const found: { id: string; subject: string; number: number }[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.tickets.list({ query: { limit: 100, ...(cursor && { cursor }) } });
    found.push(...page.data);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return found;
}

async function journalTickets(client: OknoClient): Promise<string[]> {
  const created: string[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await client.events.list({ query: { limit: 500, ...(after && { after }) } });
    created.push(
      ...page.data.filter((event) => event.type === "ticket.created").map((event) => event.ticket ?? ""),
    );
    if (page.nextCursor === after) return created;
    after = page.nextCursor;
  }
}

for (const what of ["server", "database", "both"] as const) {
  test(`kill -9 of ${what} under load: every acknowledged ticket and message is there once`, async () => {
    const { done, seen } = load(createClient({ baseUrl: server.url, key: adminKey }), 12);
    while (seen.messages.size < 60) await new Promise((resolve) => setTimeout(resolve, 10));
    await server.kill(what);
    await done;
    server = await startServer({ dataDir });
    const client = createClient({ baseUrl: server.url, key: adminKey });

    const found = await allTickets(client);
    const bySubject = Map.groupBy(found, (ticket) => ticket.subject);
    expect([...bySubject.values()].filter((group) => group.length > 1)).toEqual([]);
    expect(found.filter((ticket) => !seen.tried.has(ticket.subject))).toEqual([]);
    const ids = new Set(found.map((ticket) => ticket.id));
    expect([...seen.tickets.keys()].filter((id) => !ids.has(id))).toEqual([]);
    expect(new Set(found.map((ticket) => ticket.number)).size).toBe(found.length);

    const lost: string[] = [];
    for (const [id, { ticket, body }] of seen.messages) {
      const { data } = await client.messages.list({ params: { id: ticket } });
      if (data.filter((message) => message.id === id && message.body === body).length !== 1) lost.push(id);
    }
    expect(lost).toEqual([]);

    // A client that never heard the answer repeats itself with its key, and nothing is doubled.
    for (const subject of seen.tried) {
      const name = /client (\d+)/u.exec(subject)?.[1];
      await client.tickets.create({
        body: { subject, body: "до обрыва", contact: { email: `c${name}@example.com` } },
        idempotencyKey: subject,
      });
    }
    const after = await allTickets(client);
    expect(after.length).toBe(seen.tried.size);
    await expect
      .poll(async () => (await journalTickets(client)).sort())
      .toEqual(after.map((ticket) => ticket.id).sort());
  }, 180_000);
}

test("a stop that is asked for lets begun calls finish and leaves nothing running", async () => {
  const client = createClient({ baseUrl: server.url, key: adminKey });
  const calls = Array.from({ length: 20 }, (_, n) =>
    client.tickets.create({ body: { subject: `${n}`, body: "на прощание" } }),
  );
  await Promise.race(calls);
  const stopped = server.stop();
  const settled = await Promise.allSettled(calls);
  expect(await stopped).toBe(0);
  server = await startServer({ dataDir });
  const ids = new Set(
    (await allTickets(createClient({ baseUrl: server.url, key: adminKey }))).map((ticket) => ticket.id),
  );
  const acknowledged = settled.flatMap((each) => (each.status === "fulfilled" ? [each.value.id] : []));
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
});
