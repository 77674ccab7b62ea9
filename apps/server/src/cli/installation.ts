import { fromPublicId, toPublicId } from "@okno/contract";
import type { App } from "../app.ts";
import { openDatabaseSource } from "../database-source.ts";
import { allMigrations } from "../migrations.ts";
import { OperationError, queryableOf, withClient } from "../modules/operations/index.ts";
import { listWorkspaces, type Workspace } from "../modules/workspaces/index.ts";
import { systemClock } from "../platform/clock.ts";
import { type ConnectionSettings, type Database, openDatabase, statement } from "../platform/database.ts";
import { migrate } from "../platform/migrate.ts";
import { loadSecretKey } from "../secret-key.ts";
import type { Context } from "./command.ts";

/** Runs with the installation's database, beside a running server or with a database started for as long as the command lasts. */
export async function withDatabaseSource<T>(
  { env, log }: Context,
  run: (settings: ConnectionSettings) => Promise<T>,
): Promise<T> {
  const source = await openDatabaseSource(env(), log, { beside: true });
  try {
    return await run(source.settings);
  } finally {
    await source.stop();
  }
}

const pendingSql = statement("cli.migrations", "select name from migrations");

/** A command may meet a new database: it is made ready. One that is behind is left to the server, which may be of that version. */
async function requireThisVersion(settings: ConnectionSettings): Promise<void> {
  const migrations = allMigrations();
  const done = await withClient(settings, async (client) => {
    const { rows } = await client.query<{ here: boolean }>(
      "select to_regclass('public.migrations') is not null as here",
    );
    return rows[0]?.here ? queryableOf(client).query<{ name: string }>(pendingSql) : [];
  });
  if (done.length === 0) await migrate(settings, migrations);
  else if (
    done
      .map(({ name }) => name)
      .sort()
      .join() !==
    migrations
      .map(({ name }) => name)
      .sort()
      .join()
  )
    throw new OperationError(
      "the database is of another version of Okno; run okno migrate, or the version that wrote it",
    );
}

/** Runs with the database open, of this version. */
export function withDatabase<T>(context: Context, run: (db: Database) => Promise<T>): Promise<T> {
  return withDatabaseSource(context, async (settings) => {
    await requireThisVersion(settings);
    const db = openDatabase(settings, context.log, { interactive: 2, background: 2 });
    try {
      return await run(db);
    } finally {
      await db.end();
    }
  });
}

/** Runs with the whole application, without listening. It is loaded here alone: other commands start without it, and in spite of it. */
export function withApp<T>(context: Context, run: (app: App) => Promise<T>): Promise<T> {
  return withDatabase(context, async (db) => {
    const { createApp } = await import("../app.ts");
    const env = context.env();
    const { adminApiKey, publicUrl, filesDir, trustProxy } = env;
    const settings = { adminApiKey, publicUrl, filesDir, trustProxy, secretKey: await loadSecretKey(env) };
    const app = await createApp({ db, clock: systemClock, log: context.log, settings });
    try {
      return await run(app);
    } finally {
      await app.close();
    }
  });
}

/** Where people reach this installation, for links. */
export function originOf({ env }: Context): string {
  const { publicUrl, host, port } = env();
  return publicUrl ?? `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${port}`;
}

const same = (a: string, b: string) => a.toLocaleLowerCase() === b.toLocaleLowerCase();

/** The workspace meant by `--workspace`: by name or id; the only one when it is absent. @throws OperationError */
export async function findWorkspace(db: Database, context: Context): Promise<Workspace> {
  const all = await listWorkspaces(db.system);
  const asked = context.text("workspace");
  const names = all.map(({ name }) => name).join(", ");
  if (asked === undefined) {
    const [only, another] = all;
    if (!only) throw new OperationError("there is no workspace yet; okno workspace add makes one");
    if (another) throw new OperationError(`there are several workspaces; say which by --workspace: ${names}`);
    return only;
  }
  const found = all.filter(
    ({ id, name }) => same(name, asked) || id === asked || fromPublicId("workspace", asked) === id,
  );
  const [first, second] = found;
  if (!first)
    throw new OperationError(`there is no workspace ${asked}${names ? `; there are: ${names}` : ""}`);
  if (second)
    throw new OperationError(
      `several workspaces are called ${asked}; give an id: ${found.map(({ id }) => toPublicId("workspace", id)).join(", ")}`,
    );
  return first;
}

const listProjects = statement(
  "cli.list_projects",
  "select id, name from projects where workspace_id = $1 order by created_at, id",
);

/** The projects meant by `--project`, by name or id; undefined when it is absent. @throws OperationError */
export async function findProjects(
  db: Database,
  workspaceId: string,
  asked: readonly string[],
): Promise<{ ids: string[]; all: string[] }> {
  const projects = await db.in(workspaceId).query<{ id: string; name: string }>(listProjects, [workspaceId]);
  const ids = asked.map((text) => {
    const project = projects.find(
      ({ id, name }) => same(name, text) || id === text || fromPublicId("project", text) === id,
    );
    if (!project)
      throw new OperationError(
        `there is no project ${text}; there are: ${projects.map(({ name }) => name).join(", ")}`,
      );
    return project.id;
  });
  return { ids: [...new Set(ids)], all: projects.map(({ id }) => id) };
}
