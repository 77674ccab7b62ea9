import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { PassThrough, Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import type pg from "pg";
import copy from "pg-copy-streams";
import { OperationError } from "../operation-error.ts";
import { quoted } from "../sql-client.ts";
import type { Table } from "./catalogue.ts";
import type { TableSum } from "./manifest.ts";

/** Little to gain beyond it: the levels above cost twice the time for a tenth of the size. */
const gzipLevel = 3;

/** Sizes and digests the bytes that pass; nothing is kept. */
function meter() {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ sizeBytes, sha256: hash.digest("hex") }) };
}

const columnsOf = ({ columns }: Pick<Table, "columns">) => columns.map(quoted).join(", ");

/** How values are put into words: the same on both sides, whatever the server's settings are. */
export const textForm =
  "set datestyle = 'ISO, YMD'; set timezone = 'UTC'; set bytea_output = 'hex'; set extra_float_digits = 1; set intervalstyle = 'iso_8601'";

async function read(client: pg.Client, table: Table, into: Writable[]): Promise<TableSum> {
  const source = client.query(
    copy.to(
      `copy (select ${columnsOf(table)} from ${quoted(table.name)} order by ${table.orderBy}) to stdout`,
    ),
  );
  const { stream, result } = meter();
  await pipeline([source, stream, ...into]);
  return { name: table.name, rows: source.rowCount, ...result() };
}

/** Writes a table, compressed, row by row; memory stays flat however large it is. */
export function dumpTable(client: pg.Client, table: Table, path: string): Promise<TableSum> {
  return read(client, table, [
    createGzip({ level: gzipLevel }),
    createWriteStream(path, { mode: 0o600, flush: true }),
  ]);
}

/** What a table holds now, without keeping it. */
export function sumTable(client: pg.Client, table: Table): Promise<TableSum> {
  return read(client, table, [new Writable({ write: (_chunk, _encoding, done) => done() })]);
}

/** Fills a table from its file. @throws OperationError when the file is not what the backup wrote. */
export async function loadTable(
  client: pg.Client,
  table: Table,
  path: string,
  expected: TableSum,
): Promise<void> {
  const target = client.query(copy.from(`copy ${quoted(table.name)} (${columnsOf(table)}) from stdin`));
  const { stream, result } = meter();
  try {
    await pipeline(createReadStream(path), createGunzip(), stream, target);
  } catch (error) {
    throw new OperationError(`${path} cannot be read back: ${(error as Error).message}`, { cause: error });
  }
  if (result().sha256 !== expected.sha256)
    throw new OperationError(`${path} is damaged: its checksum is another`);
}

/** The lines of a table's file, each as its columns, in COPY's escaped text. */
export async function* readLines(path: string): AsyncGenerator<string[]> {
  const text = new PassThrough({ encoding: "utf8" });
  const reading = pipeline(createReadStream(path), createGunzip(), text);
  reading.catch(() => undefined);
  let rest = "";
  for await (const chunk of text) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield line.split("\t");
  }
  await reading;
}
