import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import type { PostgresLog } from "./start-embedded-postgres.ts";

const FAST_STOP_LIMIT_MS = 30_000;
const POLL_MS = 50;

/**
 * Stops a PostgreSQL that a killed Okno left running on this cluster. The caller holds the data directory's lock,
 * so no living Okno owns it. `postmaster.pid` itself is never touched: PostgreSQL needs it to recognise backends
 * that have outlived their postmaster.
 */
export async function stopPredecessor(clusterDir: string, log: PostgresLog): Promise<void> {
  const pid = await readPostmasterPid(clusterDir);
  if (pid === undefined || !(await isPostmasterOf(pid, clusterDir))) return;
  log("warn", `a PostgreSQL left by a killed Okno is still running (process ${pid}); stopping it`);
  signal(pid, "SIGINT");
  if (await hasEnded(pid, clusterDir, FAST_STOP_LIMIT_MS)) return;
  signal(pid, "SIGQUIT"); // ends at once; the next start replays the log, as after a crash
  await hasEnded(pid, clusterDir, FAST_STOP_LIMIT_MS);
}

async function readPostmasterPid(clusterDir: string): Promise<number | undefined> {
  const text = await readFile(path.join(clusterDir, "postmaster.pid"), "utf8").catch(() => "");
  const pid = Number.parseInt(text.split("\n")[0] ?? "", 10);
  return pid > 1 && pid !== process.pid ? pid : undefined;
}

/** The pid may have been given to another program since; a postmaster is known by its working directory. */
async function isPostmasterOf(pid: number, clusterDir: string): Promise<boolean> {
  if (process.platform === "linux") {
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "");
    return cwd === clusterDir && name.trim() === "postgres";
  }
  const args = await promisify(execFile)("ps", ["-o", "args=", "-p", String(pid)]).catch(() => ({
    stdout: "",
  }));
  return args.stdout.includes("postgres") && args.stdout.includes(clusterDir);
}

async function hasEnded(pid: number, clusterDir: string, limitMs: number): Promise<boolean> {
  for (let waited = 0; waited < limitMs; waited += POLL_MS) {
    if (!(await isPostmasterOf(pid, clusterDir))) return true;
    await delay(POLL_MS);
  }
  return false;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
