import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createClient } from "@okno/sdk";
import { compared, type Figure, median } from "../lib/figure.ts";
import { intakeRate } from "../lib/intake.ts";
import { adminKey, type BenchServer, startServer } from "../lib/server.ts";

const rounds = 3;
const roundMs = 4_000;
const clients = 16;
/** Many more than clients: two never answer the same ticket at once. */
const tickets = 320;
const intakeClients = 32;

const client = fileURLToPath(new URL("../lib/reply-client.ts", import.meta.url));
const run = promisify(execFile);

async function openTickets(server: BenchServer): Promise<string[]> {
  const api = createClient({ baseUrl: server.url, key: adminKey });
  const body = { subject: "Где мой заказ", body: "Оплачен и не приехал" };
  const made = await Promise.all(Array.from({ length: tickets }, () => api.tickets.create({ body })));
  return made.map((ticket) => ticket.id);
}

async function replyRate(server: BenchServer, ids: readonly string[], ms: number): Promise<number> {
  const args = [client, server.url, adminKey, String(clients), String(ms), ...ids];
  const { stdout } = await run(process.execPath, args);
  const { rate, failed } = JSON.parse(stdout) as { rate: number; failed: number };
  if (failed > 0) throw new Error(`${failed} replies were refused`);
  return rate;
}

/** Durable replies, each a transaction of its own under its ticket's lock, against the batched intake of the same run. */
export const reply: Figure = {
  name: "reply",
  async run(say) {
    const dataDir = await mkdtemp(join(tmpdir(), "okno-bench-"));
    const server = await startServer(dataDir);
    try {
      const ids = await openTickets(server);
      const replies: number[] = [];
      const intakes: number[] = [];
      await replyRate(server, ids, 1_500);
      await intakeRate(server, intakeClients, 1_500);
      for (let round = 1; round <= rounds; round++) {
        intakes.push(await intakeRate(server, intakeClients, roundMs));
        replies.push(await replyRate(server, ids, roundMs));
        say(
          `round ${round}: replies ${replies.at(-1)?.toFixed(0)}/s, intake ${intakes.at(-1)?.toFixed(0)}/s`,
        );
      }
      return [
        compared("reply, 16 clients / intake, 32 clients", "1/s", [median(replies), median(intakes)], {
          atLeast: 0.5,
        }),
      ];
    } finally {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};
