import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Storage } from "../../files/index.ts";
import { OperationError } from "../operation-error.ts";
import { readLines } from "./copy-table.ts";
import { type Manifest, tablePath } from "./manifest.ts";

export type StoredFile = { workspaceId: string; sha256: string; sizeBytes: number };

/** The files that a backup's database names, read from the backup itself. */
export async function* listFiles(directory: string, tables: Manifest["tables"]): AsyncGenerator<StoredFile> {
  const columns = tables.find(({ name }) => name === "files")?.columns;
  if (!columns) return;
  const at = (name: string) => columns.indexOf(name);
  const [workspace, sha, size] = [at("workspace_id"), at("sha256"), at("size_bytes")];
  for await (const values of readLines(tablePath(directory, "files"))) {
    // COPY shows bytes as \x… and doubles the backslash.
    const sha256 = (values[sha] ?? "").replace(/^\\\\x/u, "");
    yield { workspaceId: values[workspace] ?? "", sha256, sizeBytes: Number(values[size]) };
  }
}

export function filePath(directory: string, { workspaceId, sha256 }: StoredFile): string {
  return join(directory, "files", workspaceId, sha256.slice(0, 2), sha256);
}

function hashing() {
  const hash = createHash("sha256");
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { stream, digest: () => hash.digest("hex") };
}

/** Copies the bytes of one file out of the storage. @returns false when it is not there or is not what its name says. */
async function copyOut(storage: Storage, file: StoredFile, path: string): Promise<boolean> {
  if (!(await storage.has(file.workspaceId, file.sha256))) return false;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const { stream, digest } = hashing();
  await pipeline(
    storage.open(file.workspaceId, file.sha256),
    stream,
    createWriteStream(path, { mode: 0o600, flush: true }),
  );
  return digest() === file.sha256;
}

/** Copies every file of the snapshot; those that are not there or are damaged are named, not passed over. */
export async function copyFilesOut(
  storage: Storage,
  directory: string,
  tables: Manifest["tables"],
): Promise<Manifest["files"]> {
  const missing: string[] = [];
  let count = 0;
  let sizeBytes = 0;
  for await (const file of listFiles(directory, tables)) {
    if (await copyOut(storage, file, filePath(directory, file))) {
      count += 1;
      sizeBytes += file.sizeBytes;
    } else missing.push(`${file.workspaceId}/${file.sha256}`);
  }
  return { count, sizeBytes, missing };
}

/** Puts every file back through the storage, which computes its hash anew. @returns how many. */
export async function copyFilesIn(
  storage: Storage,
  directory: string,
  { tables, files }: Manifest,
): Promise<number> {
  const missing = new Set(files.missing);
  let count = 0;
  for await (const file of listFiles(directory, tables)) {
    if (missing.has(`${file.workspaceId}/${file.sha256}`)) continue;
    const path = filePath(directory, file);
    const handle = await open(path).catch((error) => {
      throw new OperationError(`the backup lacks the file ${file.workspaceId}/${file.sha256}`, {
        cause: error,
      });
    });
    await handle.close();
    const stored = await storage.put(file.workspaceId, createReadStream(path), Number.MAX_SAFE_INTEGER);
    if (stored.sha256 !== file.sha256)
      throw new OperationError(`the backup's file ${file.workspaceId}/${file.sha256} is damaged`);
    count += 1;
  }
  return count;
}
