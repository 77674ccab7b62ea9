import { mkdir } from "node:fs/promises";
import type { ConnectionSettings } from "./platform/database.ts";
import type { Env } from "./platform/env.ts";
import type { Log } from "./platform/log.ts";
import { openEmbeddedPostgres, startEmbeddedPostgres } from "./platform/postgres/index.ts";

export type DatabaseSource = {
  settings: ConnectionSettings;
  /** Called when the embedded database ends by itself. */
  onExit(callback: () => void): void;
  stop(): Promise<void>;
};

/**
 * The database of this installation: `DATABASE_URL`, or the embedded one.
 * @param beside true for the command line, which may work beside a running server.
 * @throws DataDirectoryInUse, EmbeddedPostgresUnavailable with words for the terminal.
 */
export async function openDatabaseSource(
  env: Env,
  log: Log,
  { beside = false } = {},
): Promise<DatabaseSource> {
  if (env.databaseUrl !== undefined) {
    return {
      settings: { connectionString: env.databaseUrl },
      onExit: () => undefined,
      stop: async () => undefined,
    };
  }
  await mkdir(env.dataDir, { recursive: true, mode: 0o700 });
  const options = {
    dataDir: env.dataDir,
    log: (level: "info" | "warn" | "error", message: string) => log[level](message),
  };
  if (beside) {
    const { connection, stop } = await openEmbeddedPostgres(options);
    return { settings: connection, onExit: () => undefined, stop };
  }
  const postgres = await startEmbeddedPostgres(options);
  return {
    settings: postgres.connection,
    onExit: (callback) => postgres.onExit(callback),
    stop: () => postgres.stop(),
  };
}
