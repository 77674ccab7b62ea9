import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { adminKey, type BenchServer } from "./server.ts";

const client = fileURLToPath(new URL("./intake-client.ts", import.meta.url));
const run = promisify(execFile);

/** Tickets a second from keep-alive clients in another process. @throws when any was refused. */
export async function intakeRate(server: BenchServer, clients: number, ms: number): Promise<number> {
  const { stdout } = await run(process.execPath, [client, server.url, adminKey, String(clients), String(ms)]);
  const { rate, failed } = JSON.parse(stdout) as { rate: number; failed: number };
  if (failed > 0) throw new Error(`${failed} tickets were refused`);
  return rate;
}
