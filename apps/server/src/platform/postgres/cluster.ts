import { access, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { PostgresBinaries } from "./binaries.ts";
import { EmbeddedPostgresUnavailable } from "./errors.ts";
import { runCommand } from "./run-command.ts";
import { makeClusterDirectory, type RunIdentity } from "./run-identity.ts";

export const DATABASE_USER = "okno";
export const DATABASE_NAME = "okno";

export interface ClusterOptions {
  readonly clusterDir: string;
  readonly binaries: PostgresBinaries;
  readonly identity: RunIdentity;
}

/**
 * Makes the cluster with its database unless it is there. All of it happens in a directory beside, renamed at the
 * end: what bears the cluster's name is complete. The caller holds the data directory's lock.
 */
export async function ensureCluster(options: ClusterOptions): Promise<"created" | "present"> {
  const { clusterDir } = options;
  await removeLeftovers(clusterDir);
  if (await exists(path.join(clusterDir, "PG_VERSION"))) return "present";
  const temporaryDir = `${clusterDir}.init-${process.pid}`;
  await makeClusterDirectory(temporaryDir, options.identity);
  await initialise(temporaryDir, options);
  await createDatabase(temporaryDir, options);
  await rename(temporaryDir, clusterDir);
  return "created";
}

async function initialise(dir: string, { binaries, identity }: ClusterOptions): Promise<void> {
  // With the locale "C" Russian words are neither stemmed nor found; ICU gives the order of the Russian alphabet.
  const locale = process.platform === "darwin" ? "en_US.UTF-8" : "C.UTF-8";
  const args = ["-D", dir, "-U", DATABASE_USER, "-A", "trust", "-E", "UTF8", `--locale=${locale}`];
  const icu = ["--locale-provider=icu", "--icu-locale=ru", "--no-instructions"];
  const { libraryDir } = binaries;
  const result = await runCommand([...identity.prefix, binaries.initdb, ...args, ...icu], { libraryDir });
  if (result.status !== 0) throw new EmbeddedPostgresUnavailable(`initdb failed.\n${tail(result.output)}`);
}

async function createDatabase(dir: string, { binaries, identity }: ClusterOptions): Promise<void> {
  const command = [...identity.prefix, binaries.postgres, "--single", "-D", dir, "-j", "postgres"];
  const input = `create database ${DATABASE_NAME};\n\n`;
  const result = await runCommand(command, { input, libraryDir: binaries.libraryDir });
  if (result.status !== 0 || /\b(ERROR|FATAL|PANIC):/.test(result.output)) {
    throw new EmbeddedPostgresUnavailable(`the database could not be created.\n${tail(result.output)}`);
  }
}

async function removeLeftovers(clusterDir: string): Promise<void> {
  const parent = path.dirname(clusterDir);
  const interrupted = `${path.basename(clusterDir)}.init-`;
  for (const name of await readdir(parent)) {
    if (name.startsWith(interrupted))
      await rm(path.join(parent, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

const tail = (text: string) => text.trim().split("\n").slice(-12).join("\n");
