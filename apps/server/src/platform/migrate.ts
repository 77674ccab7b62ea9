import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";
import type { ConnectionSettings } from "./database.ts";
import { sayFirstStatistics } from "./first-statistics.ts";

export type Migration = { name: string; text: string };

/** The migrations of one folder, by name. */
export function readMigrations(folder: URL): Migration[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}_[a-z0-9_]+\.sql$/u.test(file))
    .sort()
    .map((file) => ({ name: file.slice(0, -4), text: readFileSync(new URL(file, folder), "utf8") }));
}

/** Roles belong to the cluster, so another database of it may have made them, perhaps at this very moment. */
export const makeRoles = `
do $$
declare role_name text;
begin
  foreach role_name in array array['okno_app', 'okno_worker'] loop
    if not exists (select from pg_roles where rolname = role_name) then
      begin
        execute format('create role %I nologin', role_name);
      exception
        when duplicate_object or unique_violation then null;
        when insufficient_privilege then
          raise exception 'the role % is missing and the login % may not create it. As an administrator of the database: create role % nologin; grant % to %;',
            role_name, current_user, role_name, role_name, current_user using errcode = 'insufficient_privilege';
      end;
    end if;
    if not pg_has_role(current_user, role_name, 'member') or current_setting('server_version_num')::int >= 160000 then
      begin
        execute format('grant %I to current_user', role_name);
      exception when insufficient_privilege then null;
      end;
    end if;
  end loop;
end $$`;

/** Any number that no other program takes for its advisory lock. */
const lock = 0x6f6b6e6f;

export const makeMigrationsTable =
  "create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())";

/**
 * Brings the database to this version: each migration in its own transaction, under a lock, so that processes may start together.
 * @returns the names of the migrations applied now.
 * @throws when the database already has migrations this version does not know (it was written by a newer one).
 */
export async function migrate(
  settings: ConnectionSettings,
  migrations: readonly Migration[],
): Promise<string[]> {
  const client = new pg.Client(settings);
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [lock]);
    await client.query(makeMigrationsTable);
    const { rows } = await client.query<{ name: string }>("select name from migrations");
    const done = new Set(rows.map((row) => row.name));
    const known = new Set(migrations.map((migration) => migration.name));
    const unknown = [...done].filter((name) => !known.has(name));
    if (unknown.length > 0)
      throw new Error(`the database is newer than this version: it has ${unknown.join(", ")}`);
    const pending = migrations.filter((migration) => !done.has(migration.name));
    if (pending.length > 0) await client.query(makeRoles);
    for (const { name, text } of pending) {
      await client.query("begin");
      await client.query(text);
      await client.query("insert into migrations (name) values ($1)", [name]);
      await client.query("commit");
    }
    if (pending.length > 0) await sayFirstStatistics(client);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}
