import { mkdir, realpath } from "node:fs/promises";
import path from "node:path";
import { findBinaries } from "./binaries.ts";
import { DATABASE_NAME, DATABASE_USER, ensureCluster } from "./cluster.ts";
import { lockDataDirectory } from "./data-directory-lock.ts";
import { stopPredecessor } from "./predecessor.ts";
import { chooseRunIdentity } from "./run-identity.ts";
import { type PostgresExit, type ServerProcess, startServerProcess } from "./server-process.ts";
import { composeSettings, type ServerSettings } from "./server-settings.ts";
import { chooseSocketDirectory, SOCKET_PORT } from "./socket-directory.ts";

export type PostgresLog = (level: "info" | "warn" | "error", message: string) => void;

export interface EmbeddedPostgresOptions {
  /** Okno's data directory; the cluster is its folder `pg` */
  readonly dataDir: string;
  readonly log: PostgresLog;
  /** PostgreSQL settings on top of ours */
  readonly settings?: ServerSettings;
  /** how long another Okno on the directory is given to end (it may be stopping) before it counts as in use */
  readonly lockPatienceMs?: number;
  /** for tests: behave as if user namespaces were barred */
  readonly withoutNamespaces?: boolean;
}

const LOCK_PATIENCE_MS = 3_000;

export interface EmbeddedPostgres {
  /** `host` is the directory of a unix socket */
  readonly connection: { host: string; port: number; user: string; database: string };
  readonly pid: number;
  /** Stops the server (fast shutdown) and gives the data directory free. Close connections first. */
  stop(): Promise<void>;
  /** Called once if the server ends although nobody called `stop`. */
  onExit(callback: (exit: PostgresExit) => void): void;
}

/**
 * Starts the real PostgreSQL that npm brought, on a unix socket only. It ends when the thread that called this ends,
 * so call it from the main thread.
 *
 * @throws DataDirectoryInUse another Okno uses the directory
 * @throws EmbeddedPostgresUnavailable with the reason in plain words
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const dataDir = await realpath(options.dataDir);
  const lock = await lockDataDirectory(dataDir, options.lockPatienceMs ?? LOCK_PATIENCE_MS);
  try {
    const { server, socketDir } = await startLocked(path.join(dataDir, "pg"), options);
    return present(server, socketDir, lock.release);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function startLocked(
  clusterDir: string,
  { log, settings: overrides, withoutNamespaces = false }: EmbeddedPostgresOptions,
): Promise<{ server: ServerProcess; socketDir: string }> {
  const binaries = await findBinaries();
  const { libraryDir, postgres: program } = binaries;
  await stopPredecessor(clusterDir, log);
  const identity = await chooseRunIdentity({ clusterDir, program, libraryDir, withoutNamespaces });
  const cluster = await ensureCluster({ clusterDir, binaries, identity });
  if (cluster === "created") log("info", `made a new database in ${clusterDir}`);
  const socketDir = await chooseSocketDirectory(clusterDir, identity);
  const settings = await composeSettings(clusterDir, socketDir, overrides);
  const { prefix } = identity;
  const server = await startServerProcess({ prefix, program, clusterDir, settings, libraryDir, log });
  return { server, socketDir };
}

function present(server: ServerProcess, socketDir: string, release: () => Promise<void>): EmbeddedPostgres {
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await server.stop();
    await release();
  };
  return {
    connection: { host: socketDir, port: SOCKET_PORT, user: DATABASE_USER, database: DATABASE_NAME },
    pid: server.pid,
    stop() {
      stopping ??= stop();
      return stopping;
    },
    onExit(callback) {
      server.exited.then(
        (exit) => {
          if (stopping === undefined) callback(exit);
        },
        () => undefined,
      );
    },
  };
}
