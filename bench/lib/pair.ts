import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fillTickets } from "./fill.ts";
import { type BenchServer, startServer } from "./server.ts";

const cache = fileURLToPath(new URL("../.cache/", import.meta.url));

async function prepared(tickets: number, say: (text: string) => void): Promise<BenchServer> {
  const dataDir = `${cache}${tickets}`;
  if (!existsSync(dataDir)) say(`preparing ${tickets} tickets; this happens once`);
  mkdirSync(cache, { recursive: true });
  const server = await startServer(dataDir);
  await fillTickets(server.postgres, tickets, say);
  return server;
}

export const sizes = { small: 1_000, large: 1_000_000 };

/** Two servers beside each other, with a thousand and a million tickets. The data sets are made once and kept. */
export async function withPair<T>(
  say: (text: string) => void,
  run: (small: BenchServer, large: BenchServer) => Promise<T>,
): Promise<T> {
  const small = await prepared(sizes.small, say);
  try {
    const large = await prepared(sizes.large, say);
    try {
      return await run(small, large);
    } finally {
      await large.stop();
    }
  } finally {
    await small.stop();
  }
}
