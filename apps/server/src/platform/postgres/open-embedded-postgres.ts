import { readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { DATABASE_NAME, DATABASE_USER } from "./cluster.ts";
import { DataDirectoryInUse } from "./errors.ts";
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from "./start-embedded-postgres.ts";

const READY_LIMIT_MS = 10_000;
const POLL_MS = 100;

export type OpenPostgres = Pick<EmbeddedPostgres, "connection" | "stop">;

/**
 * For the command line, which works beside a running server: uses the database of the Okno that holds the data
 * directory, or starts one for as long as the command lasts. `stop` stops only what was started here.
 */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<OpenPostgres> {
  try {
    return await startEmbeddedPostgres({ ...options, lockPatienceMs: 0 });
  } catch (error) {
    if (!(error instanceof DataDirectoryInUse)) throw error;
    const connection = await findRunning(await realpath(options.dataDir));
    if (!connection) throw error;
    return { connection, stop: () => Promise.resolve() };
  }
}

/** The holder of the lock may still be starting its server. */
async function findRunning(dataDir: string): Promise<EmbeddedPostgres["connection"] | undefined> {
  const file = path.join(dataDir, "pg", "postmaster.pid");
  for (let waited = 0; waited < READY_LIMIT_MS; waited += POLL_MS) {
    // Lines: pid, directory, start time, port, socket directory, address, shared memory, status.
    const lines = (await readFile(file, "utf8").catch(() => "")).split("\n").map((line) => line.trim());
    const [, , , port, host, , , status] = lines;
    if (status === "ready" && host) {
      return { host, port: Number(port), user: DATABASE_USER, database: DATABASE_NAME };
    }
    await delay(POLL_MS);
  }
  return undefined;
}
