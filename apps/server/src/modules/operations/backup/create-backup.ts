import { mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type pg from "pg";
import type { ConnectionSettings } from "../../../platform/database.ts";
import type { Storage } from "../../files/index.ts";
import { currentPlace } from "../../journal/index.ts";
import { OperationError } from "../operation-error.ts";
import { queryableOf, quoted, withClient } from "../sql-client.ts";
import { isEmptyDatabase, readSequences, readTables } from "./catalogue.ts";
import { dumpTable, textForm } from "./copy-table.ts";
import { copyFilesOut } from "./files.ts";
import {
  keyFingerprint,
  type Manifest,
  manifestName,
  oknoVersion,
  secretKeyName,
  tablePath,
} from "./manifest.ts";

export type BackupOptions = {
  settings: ConnectionSettings;
  storage: Storage;
  /** Must not exist, or be empty. */
  directory: string;
  secretKey: string;
  withSecretKey: boolean;
  /** Called once the snapshot stands: everything committed before is in the backup. */
  snapshotTaken?(): void;
};

/** Tables under row-level security are read as `okno_worker`, unless the login sees everything anyway. */
async function readAsOneWhoSeesAll(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ all: boolean }>(
    'select rolsuper or rolbypassrls as "all" from pg_roles where rolname = current_user',
  );
  if (rows[0]?.all) return;
  const hidden = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relrowsecurity and not exists (
       select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd in ('*', 'r')
         and 'okno_worker'::regrole = any (p.polroles) and pg_get_expr(p.polqual, p.polrelid) = 'true')`,
  );
  if (hidden.rows.length > 0)
    throw new OperationError(
      `the database login may not see all rows of ${hidden.rows.map(({ name }) => name).join(", ")}; back up with a login that has BYPASSRLS`,
    );
  await client.query("set local role okno_worker");
}

type Database = Pick<Manifest, "postgres" | "migrations" | "tables" | "sequences" | "journal">;

/** Everything in the database at one moment: one snapshot, in which every table is read. */
async function dumpDatabase(
  client: pg.Client,
  directory: string,
  snapshotTaken?: () => void,
): Promise<Database> {
  await client.query(textForm);
  await client.query("begin isolation level repeatable read, read only");
  if (await isEmptyDatabase(client))
    throw new OperationError("the database is empty: there is nothing to back up");
  const { rows: done } = await client.query<{ name: string }>("select name from migrations order by name");
  snapshotTaken?.();
  const { rows: server } = await client.query<{ server_version: string }>("show server_version");
  await readAsOneWhoSeesAll(client);
  const found = await readTables(client);
  // A migration that starts meanwhile waits, so that no table changes its shape under the backup.
  await client.query(`lock table ${found.map(({ name }) => quoted(name)).join(", ")} in access share mode`);
  const tables: Manifest["tables"] = [];
  for (const table of found)
    tables.push({
      ...(await dumpTable(client, table, tablePath(directory, table.name))),
      columns: [...table.columns],
    });
  const { epoch, position, hash } = await currentPlace(queryableOf(client));
  const sequences = await readSequences(client);
  await client.query("commit");
  return {
    postgres: server[0]?.server_version ?? "",
    migrations: done.map(({ name }) => name),
    tables,
    sequences,
    journal: { epoch, position, hash: hash.toString("hex") },
  };
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, "r");
  await handle.sync().finally(() => handle.close());
}

async function requireFree(directory: string): Promise<void> {
  const entries = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new OperationError(`${directory} cannot be used: ${error.message}`, { cause: error });
  });
  if (entries.length > 0)
    throw new OperationError(`${directory} is not empty; a backup takes a directory of its own`);
}

/** Of the files that were not found: those the database still names. The others were unused and removed while the backup ran. */
async function stillNamed(client: pg.Client, missing: readonly string[]): Promise<string[]> {
  if (missing.length === 0) return [];
  await client.query("begin");
  await readAsOneWhoSeesAll(client);
  const { rows } = await client.query<{ path: string }>(
    `select path from unnest($1::text[]) as path
     join files f on f.workspace_id = split_part(path, '/', 1)::uuid and f.sha256 = decode(split_part(path, '/', 2), 'hex')`,
    [missing],
  );
  return rows.map(({ path }) => path);
}

/**
 * Backs up database and files while the server works. All of it is written beside, and gets its name when it is complete: what bears
 * the name is a whole backup.
 * @returns the manifest, and the files that the database names but the storage does not have in good state.
 */
export async function createBackup(options: BackupOptions): Promise<{ manifest: Manifest; lost: string[] }> {
  const directory = resolve(options.directory);
  await requireFree(directory);
  const temporary = join(dirname(directory), `.${basename(directory)}.unfinished-${process.pid}`);
  const startedAt = new Date().toISOString();
  try {
    await mkdir(join(temporary, "tables"), { recursive: true, mode: 0o700 });
    const database = await withClient(options.settings, (client) =>
      dumpDatabase(client, temporary, options.snapshotTaken),
    );
    const files = await copyFilesOut(options.storage, temporary, database.tables);
    const secretKey = { included: options.withSecretKey, fingerprint: keyFingerprint(options.secretKey) };
    if (options.withSecretKey)
      await writeFile(join(temporary, secretKeyName), `${options.secretKey}\n`, { mode: 0o600, flush: true });
    const manifest: Manifest = {
      format: "okno-backup",
      formatVersion: 1,
      oknoVersion: oknoVersion(),
      startedAt,
      ...database,
      files,
      secretKey,
    };
    await writeFile(join(temporary, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, {
      mode: 0o600,
      flush: true,
    });
    await syncDirectory(join(temporary, "tables"));
    await syncDirectory(temporary);
    await rename(temporary, directory);
    await syncDirectory(dirname(directory));
    return {
      manifest,
      lost: await withClient(options.settings, (client) => stillNamed(client, files.missing)),
    };
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}
