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

/** One PostgreSQL for the whole run, with the migrated template in it. Durability is off: these databases die with the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "okno-test-"));
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: () => undefined,
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" },
  });
  const { host, port, user, database } = postgres.connection;
  const client = new pg.Client({ host, port, user, database });
  await client.connect();
  await client.query(`create database ${templateName}`);
  await client.end();
  await migrate({ host, port, user, database: templateName }, allMigrations());
  project.provide("postgres", { host, port, user });
  return async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
