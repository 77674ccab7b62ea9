import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@okno/sdk";
import { expect, test } from "vitest";
import { openPsql } from "../lib/blocking-psql.ts";
import { adminKey, startServer } from "../lib/server-process.ts";

type Heard = { id: string; ticket: string; body: string };

/** Takes every webhook; from the moment `hold` is set it keeps the answer to itself. */
async function startReceiver() {
  const heard: Heard[] = [];
  const state = { hold: false };
  const server = createServer((req, res) => {
    let body = "";
    req.on("data", (chunk) => {
      body += chunk;
    });
    req.on("end", () => {
      if (req.method !== "POST" || req.url !== "/hook") return void res.writeHead(404).end();
      const { data } = JSON.parse(body) as { data: { event: { ticket: string } } };
      heard.push({ id: String(req.headers["webhook-id"]), ticket: data.event.ticket, body });
      if (!state.hold) res.end();
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, heard, state, close };
}

test("kill -9 between a webhook's sending and its record: none is lost, and what is sent again has the same id and body", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "okno-hooks-"));
  const receiver = await startReceiver();
  const env = { OKNO_OUTGOING_ALLOW: "127.0.0.1" };
  let server = await startServer({ dataDir, env });
  try {
    const before = createClient({ baseUrl: server.url, key: adminKey });
    const project = (await before.projects.list()).data[0]?.id ?? "";
    await before.webhooks.create({ body: { project, url: receiver.url, events: ["ticket.created"] } });
    const open = async (n: number) =>
      (await before.tickets.create({ body: { subject: `№ ${n}`, body: "Где?" } })).id;
    const taken = await Promise.all(Array.from({ length: 5 }, (_, n) => open(n)));
    await expect.poll(() => receiver.heard.length, { timeout: 30_000 }).toBe(5);
    receiver.state.hold = true;
    const held = await Promise.all(Array.from({ length: 10 }, (_, n) => open(10 + n)));
    await expect.poll(() => receiver.heard.length, { timeout: 30_000 }).toBeGreaterThan(5);
    await server.kill("both");
    receiver.state.hold = false;
    server = await startServer({ dataDir, env });
    const ticketsHeard = () => new Set(receiver.heard.map(({ ticket }) => ticket));
    const cut = receiver.heard.slice(5).map(({ id }) => id);
    const again = () => cut.every((id) => receiver.heard.filter((each) => each.id === id).length === 2);
    // What was under way at the moment of the kill is leased for 45 seconds, which pass at once here.
    const psql = await openPsql(dataDir);
    await psql.run("update webhook_queue set leased_until = now() where leased_until is not null");
    await expect
      .poll(() => ticketsHeard().size === 15 && again(), { timeout: 70_000, interval: 250 })
      .toBe(true);
    await psql.letGo();
    expect([...ticketsHeard()].sort()).toEqual([...taken, ...held].sort());
    for (const id of cut)
      expect(new Set(receiver.heard.filter((each) => each.id === id).map(({ body }) => body)).size).toBe(1);
    const after = createClient({ baseUrl: server.url, key: adminKey });
    await expect
      .poll(async () => (await after.webhooks.deliveries({ query: { limit: 100, state: "waiting" } })).data)
      .toEqual([]);
  } finally {
    await server.stop();
    receiver.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 120_000);
