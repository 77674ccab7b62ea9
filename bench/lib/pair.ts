import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fillTickets } from "./fill.ts";
import { type BenchServer, startServer } from "./server.ts";

const cache = fileURLToPath(new URL("../.cache/", import.meta.url));

/** The large data set is made once and kept; what a run adds to it is little. */
async function kept(tickets: number, say: (text: string) => void): Promise<BenchServer> {
  const dataDir = `${cache}${tickets}`;
  if (!existsSync(dataDir)) say(`preparing ${tickets} tickets; this happens once`);
  mkdirSync(cache, { recursive: true });
  return filled(dataDir, tickets, say);
}

async function filled(dataDir: string, tickets: number, say: (text: string) => void): Promise<BenchServer> {
  const server = await startServer(dataDir);
  await fillTickets(server.postgres, tickets, say);
  return server;
}

export const sizes = { small: 1_000, large: 1_000_000 };

/** Two servers beside each other: a fresh one with a thousand tickets, and one with a million. */
export async function withPair<T>(
  say: (text: string) => void,
  run: (small: BenchServer, large: BenchServer) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), "okno-bench-"));
  const small = await filled(dataDir, sizes.small, say);
  try {
    const large = await kept(sizes.large, say);
    try {
      return await run(small, large);
    } finally {
      await large.stop();
    }
  } finally {
    await small.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
