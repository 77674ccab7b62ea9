import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createClient, type OknoClient } from "@okno/sdk";
import pg from "pg";
import { compared, type Figure, median } from "../lib/figure.ts";
import { adminKey, type BenchServer, startServer } from "../lib/server.ts";

const rounds = 3;
const deadOnes = 100;
/** What waits for each of the dead, and for the living one in each round. */
const waitingForDead = 30;
const told = 3_000;
const clients = 32;
const script = fileURLToPath(new URL("../lib/receivers.ts", import.meta.url));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Stats = { count: number; first: number; last: number };
type Stand = { api: OknoClient; db: pg.Client; living: string };

async function startReceivers(): Promise<{ child: ChildProcess; ports: number[] }> {
  const child = spawn(process.execPath, [script, String(deadOnes)], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise<string>((resolve) =>
    child.stdout?.once("data", (chunk) => resolve(String(chunk))),
  );
  return { child, ports: JSON.parse(line) as number[] };
}

async function inParallel(total: number, run: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const one = async () => {
    while (next < total) await run(next++);
  };
  await Promise.all(Array.from({ length: clients }, one));
}

/** Endpoints, those of the dead by the row: more than a project may have. All are paused until their turn. */
async function addEndpoints({ api, db }: Stand, ports: readonly number[]): Promise<void> {
  const project = (await api.projects.list()).data[0]?.id ?? "";
  const url = `http://127.0.0.1:${ports[0]}/`;
  await api.webhooks.create({ body: { project, url, events: ["ticket.created"], description: "living" } });
  await db.query(
    `insert into webhooks (workspace_id, id, project_id, url, description, events, created_kind, created_by, created_at)
     select workspace_id, gen_random_uuid(), project_id, 'http://127.0.0.1:' || port || '/', 'dead', '{label.added}', 'key', created_by,
       created_at
     from webhooks, unnest($1::int[]) port`,
    [ports.slice(1)],
  );
  await db.query("update webhooks set paused_at = now()");
  for (let n = 0; n < waitingForDead; n++) await api.labels.create({ body: { project, name: `метка ${n}` } });
}

async function untilWritten({ db }: Stand, type: string, total: number): Promise<void> {
  for (;;) {
    const { rows } = await db.query<{ n: number }>(
      "select count(*)::int as n from webhook_deliveries where type = $1 and state = 'waiting'",
      [type],
    );
    if (rows[0]?.n === total) return;
    await pause(50);
  }
}

/** Everything is written down first, then let go: what is measured is sending alone. */
async function deliveryRate(stand: Stand): Promise<number> {
  const { api, db, living } = stand;
  await db.query("update webhooks set paused_at = now() where description = 'living'");
  await inParallel(told, (n) => api.tickets.create({ body: { subject: `№ ${n}`, body: "Где мой заказ?" } }));
  await untilWritten(stand, "ticket.created", told);
  await fetch(`${living}reset`);
  await db.query("update webhooks set paused_at = null where description = 'living'");
  for (;;) {
    const stats = (await (await fetch(`${living}stats`)).json()) as Stats;
    if (stats.count >= told) return (stats.count / (stats.last - stats.first)) * 1000;
    await pause(50);
  }
}

/** All the dead are called at once, and hang; or are left alone. */
async function setDead({ db }: Stand, calling: boolean): Promise<void> {
  await db.query(
    `update webhooks set paused_at = ${calling ? "null" : "now()"}, failing_since = null, throttled_until = null where description = 'dead'`,
  );
  if (!calling) return;
  await db.query(
    "update webhook_queue set due_at = now(), leased_until = null where target in (select id from webhooks where description = 'dead')",
  );
  await pause(1_500);
}

async function measure(server: BenchServer, ports: readonly number[], say: (text: string) => void) {
  const db = new pg.Client(server.postgres);
  await db.connect();
  const api = createClient({ baseUrl: server.url, key: adminKey });
  const stand = { api, db, living: `http://127.0.0.1:${ports[0]}/` };
  const alone: number[] = [];
  const beside: number[] = [];
  try {
    await addEndpoints(stand, ports);
    await untilWritten(stand, "label.added", deadOnes * waitingForDead);
    await deliveryRate(stand);
    for (let round = 1; round <= rounds; round++) {
      await setDead(stand, false);
      alone.push(await deliveryRate(stand));
      await setDead(stand, true);
      beside.push(await deliveryRate(stand));
      say(
        `round ${round}: alone ${alone.at(-1)?.toFixed(0)}/s, beside the dead ${beside.at(-1)?.toFixed(0)}/s`,
      );
    }
  } finally {
    await db.end();
  }
  return { alone, beside };
}

/** Webhooks to one fast endpoint with a hundred beside it that take the call and never answer, against the same without them. */
export const webhooks: Figure = {
  name: "webhooks",
  async run(say) {
    const dataDir = await mkdtemp(join(tmpdir(), "okno-bench-"));
    const { child, ports } = await startReceivers();
    const server = await startServer(dataDir, { OKNO_OUTGOING_ALLOW: "127.0.0.1" });
    try {
      const { alone, beside } = await measure(server, ports, say);
      return [
        compared(
          "webhooks to a living endpoint, 100 dead beside / none",
          "1/s",
          [median(beside), median(alone)],
          { atLeast: 0.9 },
        ),
      ];
    } finally {
      await server.stop();
      child.kill("SIGTERM");
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};
