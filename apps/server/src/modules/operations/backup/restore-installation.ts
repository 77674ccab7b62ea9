import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { ConnectionSettings } from "../../../platform/database.ts";
import { type Migration, migrate } from "../../../platform/migrate.ts";
import { startEmbeddedPostgres } from "../../../platform/postgres/index.ts";
import { createDirectoryStorage } from "../../files/index.ts";
import { OperationError } from "../operation-error.ts";
import { copyFilesIn } from "./files.ts";
import {
  keyFingerprint,
  type Manifest,
  readManifest,
  requireKnownMigrations,
  secretKeyName,
} from "./manifest.ts";
import { type Compared, restoreDatabase } from "./restore-database.ts";

export type Restored = {
  manifest: Manifest;
  compared: readonly Compared[];
  files: number;
  /** The end of the restored journal, after which its new epoch begins. */
  position: number;
  secretKey: "restored" | "given" | "needed";
};

async function requireEmptyDirectory(path: string): Promise<void> {
  const entries = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new OperationError(`${path} cannot be used: ${error.message}`, { cause: error });
  });
  if (entries.length > 0)
    throw new OperationError(`${path} is not empty; restore into a new directory, nothing was changed`);
}

async function savedKey(directory: string, manifest: Manifest): Promise<string | undefined> {
  if (!manifest.secretKey.included) return undefined;
  const key = (await readFile(join(directory, secretKeyName), "utf8")).trim();
  if (keyFingerprint(key) !== manifest.secretKey.fingerprint)
    throw new OperationError("the backup's secret key is damaged");
  return key;
}

function requireSameKey(manifest: Manifest, key: string | undefined): void {
  if (key !== undefined && keyFingerprint(key) !== manifest.secretKey.fingerprint)
    throw new OperationError(
      "OKNO_SECRET_KEY is not the key of the installation that was backed up; nothing was changed",
    );
}

type Common = { directory: string; migrations: readonly Migration[]; secretKey: string | undefined };

/** Restores into an external, empty database and an empty directory of files. */
export async function restoreInto({
  directory,
  migrations,
  secretKey,
  settings,
  filesDir,
}: Common & { settings: ConnectionSettings; filesDir: string }): Promise<Restored> {
  const manifest = await readManifest(directory);
  requireKnownMigrations(manifest, migrations);
  requireSameKey(manifest, secretKey);
  await requireEmptyDirectory(filesDir);
  let files = 0;
  let restored: Awaited<ReturnType<typeof restoreDatabase>>;
  try {
    const beforeCommit = async () => {
      files = await copyFilesIn(createDirectoryStorage(filesDir), directory, manifest);
    };
    restored = await restoreDatabase({
      settings,
      directory,
      manifest,
      migrations,
      beforeCommit,
    });
  } catch (error) {
    for (const name of await readdir(filesDir).catch(() => []))
      await rm(join(filesDir, name), { recursive: true, force: true });
    throw error;
  }
  await migrate(settings, migrations);
  const { compared, position } = restored;
  return { manifest, compared, files, position, secretKey: secretKey === undefined ? "needed" : "given" };
}

/** Restores into a new data directory with its own embedded PostgreSQL. It gets its name when all of it is there and right. */
export async function restoreDataDirectory({
  directory,
  migrations,
  secretKey,
  dataDir,
}: Common & { dataDir: string }): Promise<Restored> {
  const target = resolve(dataDir);
  const manifest = await readManifest(directory);
  requireKnownMigrations(manifest, migrations);
  const key = await savedKey(directory, manifest);
  requireSameKey(manifest, secretKey);
  await requireEmptyDirectory(target);
  const temporary = join(dirname(target), `.${basename(target)}.unfinished-${process.pid}`);
  try {
    await mkdir(temporary, { recursive: true, mode: 0o700 });
    const postgres = await startEmbeddedPostgres({ dataDir: temporary, log: () => undefined });
    let restored: Omit<Restored, "manifest" | "secretKey">;
    try {
      const settings = postgres.connection;
      const filesDir = join(temporary, "files");
      restored = { ...(await restoreInto({ directory, migrations, secretKey, settings, filesDir })) };
    } finally {
      await postgres.stop();
    }
    const given = key ?? secretKey;
    if (given !== undefined)
      await writeFile(join(temporary, secretKeyName), given, { mode: 0o600, flush: true });
    await rmdir(target).catch(() => undefined);
    await rename(temporary, target);
    return {
      ...restored,
      manifest,
      secretKey: key !== undefined ? "restored" : given !== undefined ? "given" : "needed",
    };
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}
