import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commitRate } from "../lib/commit-baseline.ts";
import { compared, type Figure, limited, median } from "../lib/figure.ts";
import { intakeRate } from "../lib/intake.ts";
import { pssMb, startServer } from "../lib/server.ts";

const rounds = 3;
const roundMs = 4_000;
const clients = 32;

/** Durable intake against the database's own commit rate, and the memory it takes. */
export const intake: Figure = {
  name: "intake",
  async run(say) {
    const dataDir = await mkdtemp(join(tmpdir(), "okno-bench-"));
    const server = await startServer(dataDir);
    try {
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      const idle = pssMb(server.pid);
      const rates: number[] = [];
      const commits: number[] = [];
      const loaded: { process: number; tree: number }[] = [];
      await intakeRate(server, clients, 1_500);
      for (let round = 1; round <= rounds; round++) {
        commits.push(await commitRate(server.postgres, clients, roundMs));
        const watch = setInterval(() => loaded.push(pssMb(server.pid)), 1_000);
        rates.push(await intakeRate(server, clients, roundMs));
        clearInterval(watch);
        say(
          `round ${round}: intake ${rates.at(-1)?.toFixed(0)}/s, bare commits ${commits.at(-1)?.toFixed(0)}/s`,
        );
      }
      return [
        compared(
          "durable intake, 32 clients / one row a transaction, 32 connections",
          "1/s",
          [median(rates), median(commits)],
          { atLeast: 0.5 },
        ),
        limited("memory: server process, idle", "MB", idle.process, 150),
        limited("memory: server process, intake", "MB", Math.max(...loaded.map((each) => each.process)), 350),
        limited("memory: with the database, intake", "MB", Math.max(...loaded.map((each) => each.tree)), 500),
      ];
    } finally {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};
