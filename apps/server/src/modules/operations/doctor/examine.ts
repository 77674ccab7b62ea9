import type pg from "pg";
import type { ConnectionSettings } from "../../../platform/database.ts";
import type { Env } from "../../../platform/env.ts";
import type { Migration } from "../../../platform/migrate.ts";
import { createDirectoryStorage } from "../../files/index.ts";
import { withClient } from "../sql-client.ts";
import {
  checkChain,
  checkCounters,
  checkFiles,
  checkJobs,
  checkMigrations,
  checkOutbox,
} from "./contents.ts";
import {
  checkClock,
  checkCollation,
  checkEncoding,
  checkLogin,
  checkRoles,
  checkRussianSearch,
  checkVersion,
  checkWall,
} from "./database.ts";
import { type Finding, fail } from "./finding.ts";
import { checkDirectory, checkNode, checkPublicUrl, checkSecretKey, checkSpace } from "./machine.ts";

/** What can be said without the database. */
export async function examineMachine(env: Env): Promise<Finding[]> {
  const external = env.databaseUrl !== undefined;
  const files = external ? "files" : "data directory";
  const path = external ? env.filesDir : env.dataDir;
  return [
    checkNode(),
    ...(await checkDirectory(files, path)),
    await checkSpace(files, path),
    await checkSecretKey(env),
    checkPublicUrl(env),
  ];
}

export type DatabaseExamination = {
  settings: ConnectionSettings;
  /** Not the embedded one. */
  external: boolean;
  migrations: readonly Migration[];
  filesDir: string;
};

async function isInstalled(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    "select to_regclass('public.migrations') is not null and to_regclass('public.tickets') is not null as here",
  );
  return (rows[0] as { here: boolean }).here;
}

/** One check that cannot be made says so, and the others go on. */
async function attempt(about: string, run: () => Promise<Finding | Finding[]>): Promise<Finding[]> {
  try {
    const found = await run();
    return Array.isArray(found) ? found : [found];
  } catch (error) {
    return [fail(about, `could not be checked: ${(error as Error).message}`, "see the other findings first")];
  }
}

async function examineContents(
  client: pg.Client,
  { migrations, filesDir }: DatabaseExamination,
): Promise<Finding[]> {
  const found: Finding[] = [];
  found.push(...(await attempt("migrations", () => checkMigrations(client, migrations))));
  found.push(...(await attempt("tenants", () => checkWall(client))));
  // As the background role, which sees all rows also where the login does not.
  const seeing = await client.query("set role okno_worker").catch(() => undefined);
  if (!seeing) return found;
  found.push(...(await attempt("jobs", () => checkJobs(client, new Date()))));
  found.push(...(await attempt("journal", () => checkOutbox(client))));
  found.push(...(await attempt("counters", () => checkCounters(client, new Date()))));
  found.push(...(await attempt("chain", () => checkChain(client))));
  found.push(...(await attempt("files", () => checkFiles(client, createDirectoryStorage(filesDir)))));
  return found;
}

async function examineServer(client: pg.Client, options: DatabaseExamination): Promise<Finding[]> {
  const found = [
    ...(await attempt("postgresql", () => checkVersion(client))),
    ...(await attempt("encoding", () => checkEncoding(client))),
    ...(await attempt("russian search", () => checkRussianSearch(client))),
    ...(await attempt("alphabet", () => checkCollation(client))),
    ...(options.external ? await attempt("login", () => checkLogin(client)) : []),
    ...(await attempt("clock", () => checkClock(client))),
  ];
  const installed = await isInstalled(client);
  found.push(...(await attempt("roles", () => checkRoles(client, installed))));
  if (!installed)
    return [
      ...found,
      {
        level: "warn",
        about: "migrations",
        text: "the database is empty",
        advice: "okno migrate, or start Okno, which does it",
      },
    ];
  return [...found, ...(await examineContents(client, options))];
}

/** Looks into the database. Nothing is changed. */
export async function examineDatabase(options: DatabaseExamination): Promise<Finding[]> {
  try {
    return await withClient(options.settings, (client) => examineServer(client, options));
  } catch (error) {
    // A refused connection carries one error an address, and no words of its own.
    const words =
      error instanceof AggregateError
        ? error.errors.map((each: Error) => each.message).join("; ")
        : (error as Error).message;
    const advice = options.external
      ? "is DATABASE_URL right, and does the server let this machine in?"
      : "see the log of the running Okno";
    return [fail("database", `cannot be reached: ${words}`, advice)];
  }
}
