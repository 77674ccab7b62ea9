import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const adminKey = "e2e-admin-key-0123456789abcdef01";
const main = fileURLToPath(new URL("../../apps/server/src/main.ts", import.meta.url));

export type ServerProcess = {
  url: string;
  /** What it printed. */
  output(): string;
  /** Kills the server, and its database too if asked, without a word. */
  kill(what: "server" | "database" | "both"): Promise<void>;
  /** Asks it to stop. @returns the exit code. */
  stop(): Promise<number | null>;
};

export type ServerOptions = { dataDir: string; port?: number; demo?: boolean; env?: Record<string, string> };

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

function postmasterPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, "pg", "postmaster.pid"), "utf8").split("\n")[0]);
}

async function untilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Starts the real server in a process of its own and waits until it is ready. */
export async function startServer({
  dataDir,
  port,
  demo = false,
  env = {},
}: ServerOptions): Promise<ServerProcess> {
  const chosen = port ?? (await freePort());
  const settings = {
    OKNO_PORT: String(chosen),
    OKNO_HOST: "127.0.0.1",
    OKNO_DATA_DIR: dataDir,
    OKNO_DEMO: demo ? "1" : "0",
    OKNO_ADMIN_API_KEY: adminKey,
    OKNO_LOG_LEVEL: "error",
    DATABASE_URL: "",
  };
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...settings, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      printed += chunk;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const url = `http://127.0.0.1:${chosen}`;
  await untilReady(url, child, () => printed);
  return {
    url,
    output: () => printed,
    async kill(what) {
      if (what !== "server") process.kill(postmasterPid(dataDir), "SIGKILL");
      if (what !== "database") child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      return ended;
    },
  };
}
