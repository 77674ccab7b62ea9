import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { compared, type Figure, median, percentile } from "../lib/figure.ts";
import { adminKey, type BenchServer, startServer } from "../lib/server.ts";
import { openStreams } from "../lib/sse-clients.ts";

const consoles = 500;
const rounds = 3;
const eventsARound = 60;
const eventEveryMs = 100;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends events one by one and notes how long after its commit each reached each console. */
async function latencies(
  url: string,
  headers: Record<string, string>,
  send: (n: number) => Promise<string>,
  nameOf: (data: string) => string | undefined,
): Promise<number[]> {
  const streams = await openStreams(url, headers, consoles);
  const committed = new Map<string, number>();
  const arrived: { name: string; at: number }[] = [];
  streams.onEvent((data, at) => {
    const name = nameOf(data);
    if (name) arrived.push({ name, at });
  });
  for (let n = 0; n < eventsARound; n++) {
    const name = await send(n);
    committed.set(name, performance.now());
    await pause(eventEveryMs);
  }
  await pause(1_000);
  streams.close();
  const expected = consoles * eventsARound;
  const times = arrived.flatMap(({ name, at }) => {
    const since = committed.get(name);
    return since === undefined ? [] : [Math.max(0, at - since)];
  });
  if (times.length !== expected) throw new Error(`${times.length} of ${expected} events arrived`);
  return times;
}

async function throughOkno(server: BenchServer): Promise<number[]> {
  const headers = { authorization: `Bearer ${adminKey}` };
  const send = async (n: number) => {
    const body = JSON.stringify({ subject: `событие ${n}`, body: "Где мой заказ?" });
    const res = await fetch(`${server.url}/v1/tickets`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body,
    });
    return ((await res.json()) as { id: string }).id;
  };
  return latencies(
    `${server.url}/v1/stream`,
    headers,
    send,
    (data) => /"ticket":"(tkt_\w+)"/u.exec(data)?.[1],
  );
}

async function throughBare(server: BenchServer, client: pg.Client): Promise<number[]> {
  const script = fileURLToPath(new URL("../lib/bare-sse-server.ts", import.meta.url));
  const child = spawn(process.execPath, [script, server.postgres.host, server.postgres.database], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await new Promise<string>((resolve) =>
    child.stdout.once("data", (chunk) => resolve(String(chunk).trim())),
  );
  const filler = "x".repeat(600);
  const send = async (n: number) => {
    await client.query("select pg_notify('bench', $1)", [`{"n":"e${n}","filler":"${filler}"}`]);
    return `e${n}`;
  };
  try {
    return await latencies(`http://127.0.0.1:${port}/`, {}, send, (data) => /"n":"(e\d+)"/u.exec(data)?.[1]);
  } finally {
    child.kill("SIGTERM");
  }
}

/** Commit → event in 500 connected consoles. */
export const fanOut: Figure = {
  name: "fan-out",
  async run(say) {
    const dataDir = await mkdtemp(join(tmpdir(), "okno-bench-"));
    const server = await startServer(dataDir);
    const client = new pg.Client(server.postgres);
    await client.connect();
    try {
      const p99: { okno: number[]; bare: number[] } = { okno: [], bare: [] };
      for (let round = 1; round <= rounds; round++) {
        p99.bare.push(percentile(await throughBare(server, client), 0.99));
        p99.okno.push(percentile(await throughOkno(server), 0.99));
        say(`round ${round}: ${p99.okno.at(-1)?.toFixed(1)} ms, bare ${p99.bare.at(-1)?.toFixed(1)} ms`);
      }
      return [
        compared(
          "commit → event in 500 consoles / NOTIFY → 500 bare sockets, p99",
          "ms",
          [median(p99.okno), median(p99.bare)],
          { atMost: 2 },
        ),
      ];
    } finally {
      await client.end();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};
