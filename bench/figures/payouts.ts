import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { fromPublicId } from "../../packages/contract/src/ids.ts";
import { confirmRate } from "../lib/confirm-baseline.ts";
import { compared, type Figure, median } from "../lib/figure.ts";
import { adminKey, type BenchServer, startServer } from "../lib/server.ts";

const rounds = 3;
/** As many for each client: none ends between a creation and its confirmation. */
const perRound = 1_536;
const clients = 32;

const client = fileURLToPath(new URL("../lib/payout-client.ts", import.meta.url));
const run = promisify(execFile);

async function post<T>(server: BenchServer, path: string, body: object): Promise<T> {
  const answer = await fetch(`${server.url}${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${adminKey}`,
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID(),
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function openDesk(server: BenchServer): Promise<string> {
  const { id } = await post<{ id: string }>(server, "/v1/payout-desks", { name: "Касса", mode: "sandbox" });
  await post(server, `/v1/payout-desks/${id}/fund`, { method: "TEST", amount: "1000000000" });
  return id;
}

type Done = { rate: number; created: string[] };

async function work(
  server: BenchServer,
  what: string,
  desk: string,
  count: number,
  file = "",
): Promise<Done> {
  const args = [client, what, server.url, adminKey, desk, String(count), file];
  const { stdout } = await run(process.execPath, args, { maxBuffer: 64 << 20 });
  const { ms, failed, created } = JSON.parse(stdout) as { ms: number; failed: number; created: string[] };
  if (failed > 0 || !(ms > 0)) throw new Error(`${what}: ${failed} calls were refused`);
  return { rate: (count * 1000) / ms, created };
}

/** Payouts that exist already are confirmed by calls, and by hand: nobody carries them out meanwhile. */
async function confirmations(say: (text: string) => void): Promise<[number, number]> {
  const dataDir = await mkdtemp(join(tmpdir(), "okno-bench-"));
  const server = await startServer(dataDir, { OKNO_ROLES: "api" });
  try {
    const desk = await openDesk(server);
    const rates: number[] = [];
    const byHand: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const { created, rate } = await work(server, "create", desk, perRound * 2);
      const file = join(dataDir, "payouts");
      await writeFile(file, created.slice(0, perRound).join("\n"));
      const ids = created.slice(perRound).map((id) => fromPublicId("payout", id) ?? "");
      const hand = await confirmRate(server.postgres, ids, clients);
      const done = await work(server, "confirm", desk, perRound, file);
      // The first round warms both up.
      if (round === 0) continue;
      byHand.push(hand);
      rates.push(done.rate);
      say(
        `round ${round}: confirm ${done.rate.toFixed(0)}/s, by hand ${hand.toFixed(0)}/s; create ${rate.toFixed(0)}/s`,
      );
    }
    return [median(rates), median(byHand)];
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** From nothing to the merchant's own server, with everything in one process. */
async function endToEnd(say: (text: string) => void): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), "okno-bench-"));
  const server = await startServer(dataDir, { OKNO_OUTGOING_ALLOW: "127.0.0.1" });
  try {
    const desk = await openDesk(server);
    const rates: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const { rate } = await work(server, "both", desk, perRound);
      if (round === 0) continue;
      rates.push(rate);
      say(`round ${round}: ${rate.toFixed(0)} payouts a second, end to end`);
    }
    return median(rates);
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** How many payouts are confirmed a second, and how many go the whole way. */
export const payouts: Figure = {
  name: "payouts",
  async run(say) {
    const [confirmed, byHand] = await confirmations(say);
    const whole = await endToEnd(say);
    return [
      compared(
        "payout confirmed, 32 clients / the same writes by hand, 32 connections",
        "1/s",
        [confirmed, byHand],
        { atLeast: 0.6 },
      ),
      compared("payout created, confirmed, paid and called back / confirmed", "1/s", [whole, confirmed], {
        atLeast: 0.3,
      }),
    ];
  },
};
