import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { EmbeddedPostgresUnavailable } from "./errors.ts";
import { programEnvironment } from "./run-command.ts";
import type { ServerSettings } from "./server-settings.ts";
import type { PostgresLog } from "./start-embedded-postgres.ts";

export interface PostgresExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ServerProcess {
  readonly pid: number;
  readonly exited: Promise<PostgresExit>;
  stop(): Promise<void>;
}

export interface ServerProcessOptions {
  readonly prefix: readonly string[];
  readonly program: string;
  readonly clusterDir: string;
  readonly settings: ServerSettings;
  readonly libraryDir: string | undefined;
  readonly log: PostgresLog;
}

const RETRY_LIMIT_MS = 30_000;
const RETRY_PAUSE_MS = 200;
const FAST_STOP_LIMIT_MS = 30_000;
/** A predecessor killed a moment ago: not yet reaped, or its backends still hold the shared memory. */
const STILL_THERE = /lock file .* already exists|still in use|Address already in use/i;

/** Starts the server and returns when it accepts connections; waits out what a killed predecessor left behind. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const giveUpAt = performance.now() + RETRY_LIMIT_MS;
  for (;;) {
    const attempt = await attemptStart(options);
    if ("server" in attempt) return attempt.server;
    if (!STILL_THERE.test(attempt.output) || performance.now() > giveUpAt) {
      throw new EmbeddedPostgresUnavailable(`PostgreSQL ended at once.\n${attempt.output}`);
    }
    await delay(RETRY_PAUSE_MS);
  }
}

async function attemptStart(
  options: ServerProcessOptions,
): Promise<{ server: ServerProcess } | { output: string }> {
  const child = spawnServer(options);
  const exited = exitOf(child);
  const lines: string[] = [];
  let ready = false;
  const becameReady = new Promise<"ready">((resolve) => {
    if (!child.stderr) return;
    createInterface({ input: child.stderr }).on("line", (line) => {
      if (ready) return forward(line, options.log);
      lines.push(line);
      if (!line.includes("database system is ready to accept connections")) return;
      ready = true;
      resolve("ready");
    });
  });
  // No limit: replaying the log after a crash takes as long as it takes.
  if ((await Promise.race([becameReady, exited])) === "ready") {
    return { server: { pid: child.pid ?? 0, exited, stop: () => stopServer(child, exited) } };
  }
  return { output: lines.slice(-12).join("\n") };
}

function spawnServer(options: ServerProcessOptions): ChildProcess {
  const settings = Object.entries(options.settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const [program = "", ...args] = [...options.prefix, options.program, "-D", options.clusterDir, ...settings];
  return spawn(program, args, {
    // A process group of its own: Ctrl-C in the terminal reaches us, not it; we stop it last.
    detached: true,
    env: programEnvironment(options.libraryDir),
    stdio: ["ignore", "ignore", "pipe"],
  });
}

async function exitOf(child: ChildProcess): Promise<PostgresExit> {
  try {
    const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
    return { code, signal };
  } catch (error) {
    throw new EmbeddedPostgresUnavailable("the program could not be executed.", { cause: error });
  }
}

/** Fast shutdown: open transactions are rolled back, everything committed is kept. */
async function stopServer(child: ChildProcess, exited: Promise<PostgresExit>): Promise<void> {
  child.kill("SIGINT");
  const limit = new AbortController();
  const late = delay(FAST_STOP_LIMIT_MS, "late", { signal: limit.signal }).catch(() => "ended");
  if ((await Promise.race([exited, late])) === "late") child.kill("SIGQUIT");
  limit.abort();
  await exited;
}

function forward(line: string, log: PostgresLog): void {
  const match = /\b(LOG|WARNING|ERROR|FATAL|PANIC): +(.*)$/.exec(line);
  if (!match) return;
  const [, severity, message = ""] = match;
  if (severity === "PANIC") log("error", `PostgreSQL: ${message}`);
  else if (severity !== "LOG") log("warn", `PostgreSQL: ${message}`);
  else if (!/shut(ting)? down|shutdown request|background worker|aborting any active/.test(message))
    log("info", `PostgreSQL: ${message}`);
}
