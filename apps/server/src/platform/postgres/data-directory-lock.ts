import { constants } from "node:fs";
import { type FileHandle, open, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { DataDirectoryInUse, EmbeddedPostgresUnavailable } from "./errors.ts";
import { runCommand } from "./run-command.ts";

export interface DataDirectoryLock {
  release(): Promise<void>;
}

const FILE_NAME = "okno.lock";
const RETRY_PAUSE_MS = 100;
/** macOS: open(2) takes the flock itself; Node has no name for this flag. */
const O_EXLOCK = 0x20;

/**
 * Takes the data directory for this process. The lock is flock(2) on a file that stays open: the kernel gives it
 * up the moment the process ends, however it ends, so there is no stale lock and no reused pid to reason about.
 * The file's content, our pid, serves the other one's error message alone.
 */
export async function lockDataDirectory(dataDir: string, patienceMs: number): Promise<DataDirectoryLock> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    try {
      return await tryLock(dataDir);
    } catch (error) {
      // The holder may be on its way out: a restart begins while the old process still closes its connections.
      if (!(error instanceof DataDirectoryInUse) || performance.now() >= giveUpAt) throw error;
      await delay(RETRY_PAUSE_MS);
    }
  }
}

async function tryLock(dataDir: string): Promise<DataDirectoryLock> {
  const file = path.join(dataDir, FILE_NAME);
  const handle =
    process.platform === "darwin" ? await openLocked(file, dataDir) : await openThenLock(file, dataDir);
  try {
    await handle.truncate(0);
    await handle.write(`${process.pid}\n`, 0);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return { release: () => handle.close() };
}

async function openLocked(file: string, dataDir: string): Promise<FileHandle> {
  try {
    return await open(file, constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | O_EXLOCK, 0o600);
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === "EAGAIN";
    throw taken ? new DataDirectoryInUse(dataDir, await readHolder(file), { cause: error }) : error;
  }
}

/** Node has no flock; the lock belongs to the open file, so the `flock` program can take it on our descriptor. */
async function openThenLock(file: string, dataDir: string): Promise<FileHandle> {
  const handle = await open(file, constants.O_RDWR | constants.O_CREAT, 0o600);
  const { status, output } = await runCommand(["flock", "-n", "-x", "3"], { descriptor: handle.fd });
  if (status === 0) return handle;
  await handle.close();
  if (status === 1) throw new DataDirectoryInUse(dataDir, await readHolder(file));
  throw new EmbeddedPostgresUnavailable(
    `the data directory ${dataDir} cannot be locked by the program "flock" of util-linux (${output.trim()}).`,
  );
}

async function readHolder(file: string): Promise<number | undefined> {
  const pid = Number.parseInt(await readFile(file, "utf8").catch(() => ""), 10);
  return Number.isNaN(pid) ? undefined : pid;
}
