import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Migration } from "../../../platform/migrate.ts";
import { OperationError } from "../operation-error.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);

/** What a table held: its rows, and the SHA-256 of them in COPY's text format in a fixed order. */
export const TableSum = z.object({
  name: z.string(),
  rows: z.number().int(),
  sizeBytes: z.number().int(),
  sha256,
});
export type TableSum = z.output<typeof TableSum>;

export const Manifest = z.object({
  format: z.literal("okno-backup"),
  formatVersion: z.literal(1),
  oknoVersion: z.string(),
  postgres: z.string(),
  startedAt: z.iso.datetime(),
  migrations: z.array(z.string()),
  tables: z.array(TableSum.extend({ columns: z.array(z.string()) })),
  sequences: z.record(z.string(), z.number().int().nullable()),
  journal: z.object({ epoch: z.uuid(), position: z.number().int(), hash: z.string() }),
  /** The files' own names are their SHA-256. `missing`: named by the database, not found in the storage. */
  files: z.object({ count: z.number().int(), sizeBytes: z.number().int(), missing: z.array(z.string()) }),
  secretKey: z.object({ included: z.boolean(), fingerprint: z.string() }),
});
export type Manifest = z.output<typeof Manifest>;

export const manifestName = "manifest.json";
export const secretKeyName = "secret-key";

/** @throws OperationError when the directory holds no complete backup. */
export async function readManifest(directory: string): Promise<Manifest> {
  const text = await readFile(join(directory, manifestName), "utf8").catch(() => undefined);
  if (text === undefined) throw new OperationError(`${directory} is no backup: it has no ${manifestName}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new OperationError(`${manifestName} is damaged: it is not JSON`, { cause: error });
  }
  const parsed = Manifest.safeParse(json);
  if (!parsed.success)
    throw new OperationError(
      `${manifestName} is damaged or of another format: ${z.prettifyError(parsed.error)}`,
    );
  return parsed.data;
}

/** @throws OperationError when this version cannot make the tables the backup was taken from. */
export function requireKnownMigrations(
  { migrations: saved }: Manifest,
  migrations: readonly Migration[],
): void {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = saved.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new OperationError(`the backup was made by a newer version of Okno: it has ${unknown.join(", ")}`);
}

/** Tells whether a key is the right one without telling the key: it has 128 bits or more, so its digest cannot be guessed. */
export function keyFingerprint(secretKey: string): string {
  return createHash("sha256").update(`okno secret key\n${secretKey}`).digest("hex").slice(0, 16);
}

export function oknoVersion(): string {
  const file = new URL("../../../../../../package.json", import.meta.url);
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, "utf8"))).version;
}

export function tablePath(directory: string, table: string): string {
  return join(directory, "tables", `${table}.copy.gz`);
}
