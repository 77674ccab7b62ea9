import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { allMigrations } from "../../../migrations.ts";
import { adminKey, startTestApp, type TestApp } from "../../../testing/index.ts";
import { judgeRole, judgeSkew } from "./database.ts";
import { examineDatabase } from "./examine.ts";
import type { Finding } from "./finding.ts";
import { checkDirectory, checkNode, checkPublicUrl, checkSecretKey, checkSpace } from "./machine.ts";

const migrations = allMigrations();
let okno: TestApp;
let scratch: string;
let filesDir: string;
const databases: string[] = [];
const undo: string[] = [];

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "okno-doctor-"));
  okno = await startTestApp();
  const form = new FormData();
  form.set("file", new Blob(["счёт"]), "счёт.txt");
  const headers = { authorization: `Bearer ${adminKey}` };
  await fetch(`${okno.url}/v1/attachments`, { method: "POST", headers, body: form });
  await okno.client.tickets.create({ body: { subject: "Заявка", body: "Текст" } });
  // The test's storage lies where the application keeps it; what the doctor looks through is a copy of the tree.
  filesDir = join(scratch, "files");
  const [file] = await inDatabase(
    "select workspace_id as workspace, encode(sha256, 'hex') as sha from files",
  );
  const { workspace, sha } = file as { workspace: string; sha: string };
  await mkdir(join(filesDir, workspace, sha.slice(0, 2)), { recursive: true });
  await writeFile(join(filesDir, workspace, sha.slice(0, 2), sha), "счёт");
});
afterEach(async () => {
  for (const sql of undo.splice(0).reverse()) await inDatabase(sql);
});
afterAll(async () => {
  await okno.close();
  for (const name of databases) await inDatabase(`drop database if exists ${name} with (force)`, "postgres");
  await rm(scratch, { recursive: true, force: true });
});

async function inDatabase(
  sql: string,
  database = okno.connection.database,
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ ...inject("postgres"), database });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Breaks the database by one statement, undone after the test. */
async function broken(sql: string, mend: string): Promise<void> {
  await inDatabase(sql);
  undo.push(mend);
}

type Options = Partial<Parameters<typeof examineDatabase>[0]>;
function examine(options: Options = {}): Promise<Finding[]> {
  return examineDatabase({ settings: okno.connection, external: false, migrations, filesDir, ...options });
}

async function newDatabase(how: string): Promise<Options["settings"]> {
  const database = `d_${randomBytes(6).toString("hex")}`;
  await inDatabase(`create database ${database} template template0 ${how}`, "postgres");
  databases.push(database);
  return { ...inject("postgres"), database };
}

const about = (name: string, level: Finding["level"]) => expect.objectContaining({ about: name, level });
const bad = (findings: readonly Finding[]) => findings.filter(({ level }) => level !== "ok");

test("a sound installation has no finding", async () => {
  await expect.poll(async () => bad(await examine())).toEqual([]);
});

test("a character type that breaks Russian search is found", async () => {
  const settings = await newDatabase("locale_provider libc lc_collate 'C' lc_ctype 'C' encoding 'UTF8'");
  expect(await examine({ settings: settings as NonNullable<Options["settings"]> })).toContainEqual(
    about("russian search", "fail"),
  );
});

test("an encoding that cannot hold every language is found", async () => {
  const settings = await newDatabase("locale_provider libc lc_collate 'C' lc_ctype 'C' encoding 'SQL_ASCII'");
  expect(await examine({ settings: settings as NonNullable<Options["settings"]> })).toContainEqual(
    about("encoding", "fail"),
  );
});

test("a database that cannot be reached, and an empty one, are told apart", async () => {
  const settings = { connectionString: "postgres://nobody@127.0.0.1:1/okno" };
  expect(await examine({ settings, external: true })).toEqual([about("database", "fail")]);
  const empty = await newDatabase("");
  expect(bad(await examine({ settings: empty as NonNullable<Options["settings"]> }))).toEqual([
    about("migrations", "warn"),
  ]);
});

test("tables without the wall of row-level security are found", async () => {
  await broken(
    "alter table messages no force row level security",
    "alter table messages force row level security",
  );
  await broken(
    "drop policy tenant on contacts",
    "create policy tenant on contacts to okno_app using (workspace_id = current_setting('okno.workspace')::uuid)",
  );
  const found = bad(await examine());
  expect(found).toEqual([about("tenants", "fail")]);
  expect(found[0]?.text).toContain("contacts, messages");
});

test("a login that lacks the roles is found; an external superuser is worth a warning", async () => {
  expect(await examine({ external: true })).toContainEqual(about("login", "warn"));
  await broken("create role okno_doctor_test login", "drop role okno_doctor_test");
  const settings = { ...okno.connection, user: "okno_doctor_test" };
  expect(await examine({ settings })).toEqual(expect.arrayContaining([about("roles", "fail")]));
});

test("a missing role, one that may not be used and one above the wall are told apart", () => {
  const sound = { name: "okno_app", there: true, usable: true, aboveTheWall: false, creatable: false };
  expect(judgeRole(sound)).toBeUndefined();
  expect(judgeRole({ ...sound, there: false })?.text).toContain("missing");
  expect(judgeRole({ ...sound, usable: false })?.text).toContain("may not become");
  expect(judgeRole({ ...sound, aboveTheWall: true })?.text).toContain("row-level security");
});

test("migrations: pending ones and those of a newer version", async () => {
  const later = { name: "9998_later", text: "select 1" };
  expect(bad(await examine({ migrations: [...migrations, later] }))).toEqual([about("migrations", "warn")]);
  await broken(
    "insert into migrations (name) values ('9999_newer')",
    "delete from migrations where name = '9999_newer'",
  );
  expect(bad(await examine())).toEqual([about("migrations", "fail")]);
});

test("jobs given up and jobs late are counted", async () => {
  await broken(
    "insert into jobs (name, payload, run_at, dead) values ('message.send', '{}', now(), true), ('message.send', '{}', now() - interval '1 hour', false)",
    "delete from jobs",
  );
  expect(bad(await examine()).map(({ text }) => text)).toEqual([
    expect.stringContaining("1 given up"),
    expect.stringContaining("1 late"),
  ]);
});

test("an event that nobody gives its place is found", async () => {
  // A transaction that holds the row keeps the sequencer from it.
  const holder = new pg.Client(okno.connection);
  await holder.connect();
  await holder.query(
    "insert into outbox (workspace_id, subject_id, seq) values (gen_random_uuid(), gen_random_uuid(), 0)",
  );
  await holder.query("begin; lock table journal in exclusive mode");
  try {
    expect(bad(await examine())).toEqual([about("journal", "warn")]);
  } finally {
    await holder.query("delete from outbox; commit");
    await holder.end();
  }
});

test("an entry changed behind Okno's back is found by its position", async () => {
  const [event] = await inDatabase(
    "select ticket_id, data::text as data from ticket_events where seq = 1 limit 1",
  );
  const { ticket_id: id, data } = event as { ticket_id: string; data: string };
  await broken(
    `update ticket_events set data = '{"forged": true}' where ticket_id = '${id}' and seq = 1`,
    `update ticket_events set data = '${data}' where ticket_id = '${id}' and seq = 1`,
  );
  expect(bad(await examine())).toEqual([about("chain", "fail")]);
});

test("a file that a message names and the storage lacks is found", async () => {
  expect(bad(await examine({ filesDir: join(scratch, "elsewhere") }))).toEqual([about("files", "fail")]);
});

test("the machine: old Node, little room, clocks apart", async () => {
  expect(checkNode("20.20.2")).toEqual(about("node", "fail"));
  expect(checkNode("24.21.0")).toEqual(about("node", "ok"));
  expect(await checkSpace("disk", join(scratch, "not", "yet"), 50 * 1024 ** 2)).toEqual(
    about("disk", "fail"),
  );
  expect(await checkSpace("disk", scratch, 500 * 1024 ** 2)).toEqual(about("disk", "warn"));
  expect(await checkSpace("disk", scratch, 5 * 1024 ** 3)).toEqual(about("disk", "ok"));
  expect([60_000, 5_000, 20].map((ms) => judgeSkew(ms).level)).toEqual(["fail", "warn", "ok"]);
});

test("the data directory and the key in it must be closed to others", async () => {
  const dataDir = join(scratch, "data");
  expect(await checkDirectory("data", dataDir)).toEqual([about("data", "ok")]);
  await mkdir(dataDir, { mode: 0o755 });
  await chmod(dataDir, 0o755);
  expect(await checkDirectory("data", dataDir)).toEqual([about("data", "warn")]);
  await chmod(dataDir, 0o700);
  expect(await checkDirectory("data", dataDir)).toEqual([about("data", "ok")]);
  const key = join(dataDir, "secret-key");
  expect(await checkDirectory("data", key)).toEqual([about("data", "ok")]);
  await writeFile(key, "k".repeat(43), { mode: 0o644 });
  expect(await checkDirectory("data", key)).toEqual([about("data", "fail")]);
  expect(await checkSecretKey({ secretKey: undefined, dataDir })).toEqual(about("secret key", "fail"));
  await chmod(key, 0o600);
  expect(await checkSecretKey({ secretKey: undefined, dataDir })).toEqual(about("secret key", "ok"));
  await writeFile(key, "short");
  expect(await checkSecretKey({ secretKey: undefined, dataDir })).toEqual(about("secret key", "fail"));
});

test("the public address: TLS for everything that leaves the machine", () => {
  const level = (publicUrl: string | undefined, host = "127.0.0.1", trustProxy = false) =>
    checkPublicUrl({ publicUrl, host, trustProxy }).level;
  expect(level(undefined)).toBe("ok");
  expect(level(undefined, "0.0.0.0")).toBe("warn");
  expect(level("http://desk.example")).toBe("fail");
  expect(level("http://localhost:8080")).toBe("ok");
  expect(level("https://desk.example")).toBe("warn");
  expect(level("https://desk.example", "127.0.0.1", true)).toBe("ok");
});
