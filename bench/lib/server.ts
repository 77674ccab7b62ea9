import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openEmbeddedPostgres } from "../../apps/server/src/platform/postgres/index.ts";

export const adminKey = "bench-key-0123456789abcdef0123456789";
const main = fileURLToPath(new URL("../../apps/server/src/main.ts", import.meta.url));

export type BenchServer = {
  url: string;
  pid: number;
  dataDir: string;
  /** How to reach its database directly: what the comparisons use. */
  postgres: { host: string; port: number; user: string; database: string };
  stop(): Promise<void>;
};

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The real server in a process of its own, without the demo, on the given data directory. */
export async function startServer(
  dataDir: string,
  settings: Record<string, string> = {},
): Promise<BenchServer> {
  const port = await freePort();
  const env = {
    ...process.env,
    OKNO_PORT: String(port),
    OKNO_DATA_DIR: dataDir,
    OKNO_DEMO: "0",
    OKNO_ADMIN_API_KEY: adminKey,
    OKNO_LOG_LEVEL: "warn",
    DATABASE_URL: "",
    ...settings,
  };
  const child = spawn(process.execPath, [main], { env, stdio: ["ignore", "ignore", "inherit"] });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, child);
  const { connection } = await openEmbeddedPostgres({ dataDir, log: () => undefined });
  return {
    url,
    pid: child.pid ?? 0,
    dataDir,
    postgres: connection,
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function children(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .filter((each) => {
      try {
        return (
          Number(
            readFileSync(join("/proc", String(each), "stat"), "utf8")
              .replace(/^.*\) /u, "")
              .split(" ")[1],
          ) === pid
        );
      } catch {
        return false;
      }
    });
}

function ownPss(pid: number): number {
  try {
    return (
      Number(/^Pss:\s+(\d+) kB/mu.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0) / 1024
    );
  } catch {
    return 0;
  }
}

/** Proportional memory in MB: of the process alone, and with everything below it (its database). */
export function pssMb(pid: number): { process: number; tree: number } {
  const below = (each: number): number =>
    children(each).reduce((sum, child) => sum + ownPss(child) + below(child), 0);
  const own = ownPss(pid);
  return { process: own, tree: own + below(pid) };
}
