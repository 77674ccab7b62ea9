import type pg from "pg";
import type { ConnectionSettings } from "../../../platform/database.ts";
import { type Migration, makeMigrationsTable, makeRoles } from "../../../platform/migrate.ts";
import { startEpoch } from "../../journal/index.ts";
import { OperationError } from "../operation-error.ts";
import { queryableOf, quoted, withClient } from "../sql-client.ts";
import { isEmptyDatabase, readTables, type Table } from "./catalogue.ts";
import { loadTable, sumTable, textForm } from "./copy-table.ts";
import { type Manifest, type TableSum, tablePath } from "./manifest.ts";

/** A table as the backup has it and as it was read back from the restored database. */
export type Compared = { name: string; expected: TableSum; found: TableSum; equal: boolean };

/** What was restored is not what was backed up; nothing was kept. */
export class RestoreDiffers extends OperationError {
  readonly compared: readonly Compared[];
  constructor(compared: readonly Compared[]) {
    const names = compared.filter(({ equal }) => !equal).map(({ name }) => name);
    super(`what was restored is not what was backed up, in ${names.join(", ")}; nothing was kept`);
    this.compared = compared;
  }
}

export type RestoreOptions = {
  settings: ConnectionSettings;
  directory: string;
  manifest: Manifest;
  /** Every migration of this version. */
  migrations: readonly Migration[];
  /** Runs when the rows are in and right, before they are committed; when it fails, nothing is kept. */
  beforeCommit?(): Promise<void>;
};

/** The schema as it was when the backup was made: newer migrations come after the data. */
async function makeSchema(
  client: pg.Client,
  names: readonly string[],
  migrations: readonly Migration[],
): Promise<void> {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  await client.query(makeRoles);
  await client.query(makeMigrationsTable);
  for (const name of names) {
    await client.query(known.get(name)?.text ?? "");
    await client.query("insert into migrations (name) values ($1)", [name]);
  }
}

function requireSameTables(tables: readonly Table[], { tables: saved }: Manifest): void {
  const shape = (list: readonly { name: string; columns: readonly string[] }[]) =>
    list.map(({ name, columns }) => `${name} (${[...columns].sort().join(", ")})`).sort();
  const [here, there] = [shape(tables), shape(saved)];
  if (here.join("\n") !== there.join("\n"))
    throw new OperationError(
      "the backup's tables are not those its migrations make; its manifest is damaged",
    );
}

/** COPY does not fill tables whose rows are hidden from their owner; it is one transaction, so nobody sees them open. */
async function setSecurity(
  client: pg.Client,
  tables: readonly Table[],
  word: "force" | "no force",
): Promise<void> {
  for (const { name, forcedSecurity } of tables)
    if (forcedSecurity) await client.query(`alter table ${quoted(name)} ${word} row level security`);
}

async function fill(
  client: pg.Client,
  tables: readonly Table[],
  { directory, manifest }: RestoreOptions,
): Promise<Compared[]> {
  const savedBy = new Map(manifest.tables.map((table) => [table.name, table]));
  const inSavedOrder = tables.map((table) => ({ ...table, columns: savedBy.get(table.name)?.columns ?? [] }));
  // Migrations put a row or two of their own.
  await client.query(`truncate ${tables.map(({ name }) => quoted(name)).join(", ")}`);
  const compared: Compared[] = [];
  for (const table of inSavedOrder) {
    const expected = savedBy.get(table.name);
    if (!expected) continue;
    await loadTable(client, table, tablePath(directory, table.name), expected);
    const found = await sumTable(client, table);
    compared.push({
      name: table.name,
      expected,
      found,
      equal: found.sha256 === expected.sha256 && found.rows === expected.rows,
    });
  }
  for (const [name, last] of Object.entries(manifest.sequences))
    if (last !== null) await client.query("select setval($1::regclass, $2)", [quoted(name), last]);
  return compared;
}

/**
 * Restores the database in one transaction: schema, rows, checksums read back, sequences, a new epoch of the journal. A failure leaves
 * the database as empty as it was. Migrations that are newer than the backup are the caller's to run.
 * @throws OperationError in words for the terminal; RestoreDiffers with what differs.
 */
export async function restoreDatabase(
  options: RestoreOptions,
): Promise<{ compared: Compared[]; epoch: string; position: number }> {
  const { settings, manifest, migrations } = options;
  return withClient(settings, async (client) => {
    if (!(await isEmptyDatabase(client)))
      throw new OperationError("the database is not empty; restore into a new one, nothing was changed");
    await client.query(textForm);
    await client.query("begin");
    await makeSchema(client, manifest.migrations, migrations);
    const tables = await readTables(client);
    requireSameTables(tables, manifest);
    await setSecurity(client, tables, "no force");
    const compared = await fill(client, tables, options);
    if (compared.some(({ equal }) => !equal)) throw new RestoreDiffers(compared);
    const { epoch, position } = await startEpoch(queryableOf(client));
    await setSecurity(client, tables, "force");
    await options.beforeCommit?.();
    await client.query("commit");
    await client.query("analyze");
    return { compared, epoch, position };
  });
}
