import { createApp } from "./app.ts";
import { openDatabaseSource } from "./database-source.ts";
import { serveDemoShop } from "./demo/shop.ts";
import { prepareFirstWorkspace } from "./first-start.ts";
import { allMigrations } from "./migrations.ts";
import { registerHealth } from "./modules/operations/index.ts";
import { servePages } from "./pages.ts";
import { systemClock } from "./platform/clock.ts";
import { openDatabase } from "./platform/database.ts";
import type { Env } from "./platform/env.ts";
import type { Log } from "./platform/log.ts";
import { migrate } from "./platform/migrate.ts";
import { loadSecretKey } from "./secret-key.ts";
import { jobHandlers, startBackground } from "./worker.ts";

export type Running = {
  url: string;
  /** Resolves when the server cannot go on: its database has ended. */
  failed: Promise<void>;
  /** What to tell the person who started it. */
  welcome: readonly string[];
  stop(): Promise<void>;
};

/** Starts one process with its roles: database, migrations, application, background work, listening. Undoes what it did when a step fails. */
export async function serve(env: Env, log: Log): Promise<Running> {
  const undo: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      for (const step of undo.reverse())
        await step().catch((error) => log.warn({ err: error }, "a step of stopping failed"));
    })();
    return stopping;
  };
  try {
    const source = await openDatabaseSource(env, log);
    undo.push(source.stop);
    const failed = new Promise<void>((resolve) => source.onExit(resolve));
    const applied = await migrate(source.settings, allMigrations());
    if (applied.length > 0) log.info({ migrations: applied }, "the database was brought to this version");
    const db = openDatabase(source.settings, log);
    undo.push(() => db.end());
    const secretKey = await loadSecretKey(env);
    const { adminApiKey, publicUrl, filesDir, trustProxy } = env;
    const doors = { api: env.roles.has("api"), channels: env.roles.has("channels") };
    const app = await createApp({
      db,
      clock: systemClock,
      log,
      settings: {
        adminApiKey,
        publicUrl,
        filesDir,
        secretKey,
        trustProxy,
        pushServices: env.pushServices,
        outgoingAllow: env.outgoingAllow,
        doors,
      },
    });
    undo.push(() => app.close());
    registerHealth(app.http, { db, metrics: app.core.metrics, stopping: () => stopping !== undefined });
    await servePages(app.http, app.isSignedIn);
    serveDemoShop(app.http, app.core);
    const welcome = await prepareFirstWorkspace(app, env);
    if (env.roles.has("worker")) {
      const background = startBackground(app, log, jobHandlers(app));
      undo.push(background.stop);
    }
    await app.http.listen({ port: env.port, host: env.host });
    const address = app.http.server.address();
    const port = typeof address === "object" && address ? address.port : env.port;
    return {
      url: env.publicUrl ?? `http://${env.host === "0.0.0.0" ? "127.0.0.1" : env.host}:${port}`,
      failed,
      welcome,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
