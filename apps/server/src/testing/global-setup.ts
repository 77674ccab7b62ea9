import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { allMigrations } from "../migrations.ts";
import { migrate } from "../platform/migrate.ts";
import { startEmbeddedPostgres } from "../platform/postgres/index.ts";

declare module "vitest" {
  interface ProvidedContext {
    postgres: { host: string; port: number; user: string };
  }
}

/** The database every test database is a copy of. */
export const templateName = "okno_template";

type Server = { host: string; port: number; user: string; stop(): Promise<void> };

/** A PostgreSQL that is there already, of whatever major: `postgres://superuser@host:port`. It is asked for no durability. */
function givenServer(url: string): Server {
  const { hostname, port, username } = new URL(url);
  return { host: hostname, port: Number(port || 5432), user: username, stop: async () => undefined };
}

async function ownServer(): Promise<Server> {
  const dataDir = await mkdtemp(join(tmpdir(), "okno-test-"));
  const settings = {
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    max_connections: "200",
  };
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings });
  const { host, port, user } = postgres.connection;
  const stop = async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { host, port, user, stop };
}

/** One PostgreSQL for the whole run, with the migrated template in it: the embedded one, or that of `OKNO_TEST_DATABASE_URL`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env.OKNO_TEST_DATABASE_URL;
  const { host, port, user, stop } = url ? givenServer(url) : await ownServer();
  const client = new pg.Client({ host, port, user, database: "postgres" });
  await client.connect();
  await client.query(`drop database if exists ${templateName}`);
  await client.query(
    `create database ${templateName} template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'`,
  );
  await client.end();
  await migrate({ host, port, user, database: templateName }, allMigrations());
  project.provide("postgres", { host, port, user });
  return stop;
}
