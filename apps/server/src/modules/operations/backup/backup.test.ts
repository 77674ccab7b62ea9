import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type OknoClient } from "@okno/sdk";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { createApp } from "../../../app.ts";
import { allMigrations } from "../../../migrations.ts";
import { openDatabase } from "../../../platform/database.ts";
import { createLog } from "../../../platform/log.ts";
import { adminKey, startTestApp, type TestApp } from "../../../testing/index.ts";
import { createDirectoryStorage, type Storage } from "../../files/index.ts";
import { verifyChain } from "../../journal/index.ts";
import { queryableOf, withClient } from "../sql-client.ts";
import { createBackup } from "./create-backup.ts";
import { rehearseRestore } from "./rehearse.ts";
import { restoreDataDirectory, restoreInto } from "./restore-installation.ts";

const secretKey = "test-secret-key-0123456789abcdef0123";
const migrations = allMigrations();
let okno: TestApp;
let scratch: string;
let storage: Storage;
const databases: string[] = [];

beforeAll(async () => {
  okno = await startTestApp();
  scratch = await mkdtemp(join(tmpdir(), "okno-backup-"));
  storage = okno.app.core.storage;
});
afterAll(async () => {
  await okno.close();
  for (const name of databases) await asAdmin(`drop database if exists ${name} with (force)`);
  await asAdmin("drop role if exists okno_test_login");
  await rm(scratch, { recursive: true, force: true });
});

async function asAdmin(...statements: string[]): Promise<void> {
  const client = new pg.Client({ ...inject("postgres"), database: "postgres" });
  await client.connect();
  for (const sql of statements) await client.query(sql);
  await client.end();
}

async function emptyDatabase(owner = inject("postgres").user) {
  const database = `r_${randomBytes(6).toString("hex")}`;
  await asAdmin(`create database ${database} owner ${owner}`);
  databases.push(database);
  return { ...inject("postgres"), user: owner, database };
}

const place = (name: string) => join(scratch, name);

function backUp(name: string, options: Partial<Parameters<typeof createBackup>[0]> = {}) {
  return createBackup({
    settings: okno.connection,
    storage,
    directory: place(name),
    secretKey,
    withSecretKey: false,
    ...options,
  });
}

async function create(client: OknoClient, subject: string): Promise<string> {
  const contact = { name: "Анна Петрова", email: `${randomBytes(6).toString("hex")}@example.org` };
  return (
    await client.tickets.create({ body: { subject, body: `${subject}\tс табуляцией \\ и чертой`, contact } })
  ).id;
}

/** A ticket with a file. */
async function attach(text: string): Promise<string> {
  const form = new FormData();
  form.set("file", new Blob([text]), "счёт.txt");
  const { id: attachment } = await okno.client.attachments.upload({ form });
  const id = await create(okno.client, "С вложением");
  const note = { body: "Счёт приложен", visibility: "internal", attachments: [attachment] } as const;
  await okno.client.messages.add({ params: { id }, body: { ...note, attachments: [attachment] } });
  return attachment;
}

async function rowsOf(settings: pg.ClientConfig, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(settings);
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

/** The application over restored data, as its owner would start it. */
async function serveRestored(connection: TestApp["connection"], filesDir: string) {
  const log = createLog("silent");
  const db = openDatabase(connection, log, { interactive: 4, background: 2 });
  const settings = { adminApiKey: adminKey, publicUrl: undefined, filesDir, secretKey, trustProxy: false };
  const app = await createApp({ db, clock: okno.clock, log, settings });
  const url = await app.http.listen({ port: 0, host: "127.0.0.1" });
  const close = async () => {
    await app.close();
    await db.end();
  };
  return { url, client: createClient({ baseUrl: url, key: adminKey }), close };
}

describe("a backup of a working installation", () => {
  test("[SE-05] restore drill: every ticket acknowledged before the backup began is there whole, counts and checksums are equal", async () => {
    await attach("содержимое счёта");
    const before: string[] = [];
    let stop = false;
    const acknowledged: string[] = [];
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; !stop; n++)
        acknowledged.push(await create(okno.client, `Писатель ${writer}, заявка ${n}`));
    });
    while (acknowledged.length < 40) await new Promise((resolve) => setTimeout(resolve, 5));
    before.push(...acknowledged);
    const { manifest, lost } = await backUp("under-load", { withSecretKey: true });
    stop = true;
    await Promise.all(writers);
    expect(lost).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(before.length);

    const rehearsal = await rehearseRestore({ directory: place("under-load"), migrations });
    expect(rehearsal.good).toBe(true);
    expect(rehearsal.files).toBe(1);
    expect(rehearsal.compared.map(({ name }) => name).sort()).toEqual(
      manifest.tables.map(({ name }) => name).sort(),
    );
    for (const { expected, found } of rehearsal.compared) expect(expected).toMatchObject(found);
    expect(rehearsal.compared.find(({ name }) => name === "tickets")?.found.rows).toBeGreaterThanOrEqual(
      before.length,
    );

    const restored = await emptyDatabase();
    const filesDir = place("restored-files");
    await restoreInto({
      directory: place("under-load"),
      migrations,
      secretKey,
      settings: restored,
      filesDir,
    });
    const sibling = await serveRestored(restored, filesDir);
    try {
      for (const id of before) expect((await sibling.client.tickets.get({ params: { id } })).id).toBe(id);
    } finally {
      await sibling.close();
    }
    const halves = await rowsOf(
      restored,
      `select t.id from tickets t where not exists (select from messages m where m.workspace_id = t.workspace_id and m.ticket_id = t.id)
         or (select count(*) from ticket_events e where e.workspace_id = t.workspace_id and e.ticket_id = t.id) <> t.seq`,
    );
    expect(halves).toEqual([]);
    const strangers = await rowsOf(
      restored,
      "select 1 from ticket_events e left join tickets t on t.workspace_id = e.workspace_id and t.id = e.ticket_id where t.id is null",
    );
    expect(strangers).toEqual([]);
  });

  test("a login that is not a superuser backs up and restores everything, behind row-level security", async () => {
    await asAdmin("create role okno_test_login login", "grant okno_app, okno_worker to okno_test_login");
    await backUp("first");
    const first = await emptyDatabase("okno_test_login");
    await restoreInto({
      directory: place("first"),
      migrations,
      secretKey,
      settings: first,
      filesDir: place("first-files"),
    });
    await createBackup({
      settings: first,
      storage: createDirectoryStorage(place("first-files")),
      directory: place("second"),
      secretKey,
      withSecretKey: false,
    });
    const sums = async (name: string) =>
      (
        JSON.parse(await readFile(join(place(name), "manifest.json"), "utf8")) as {
          tables: { name: string }[];
        }
      ).tables;
    const data = (tables: { name: string }[]) => tables.filter(({ name }) => name !== "journal_epochs");
    expect(data(await sums("second"))).toEqual(data(await sums("first")));
    const open = await rowsOf(
      first,
      "select relname from pg_class where relrowsecurity and not relforcerowsecurity",
    );
    expect(open).toEqual([]);
  });

  test("a cursor from after the backup resumes at the restored end, and new events follow in an unbroken chain", async () => {
    const sequenced = async () => {
      while ((await rowsOf(okno.connection, "select 1 from outbox limit 1")).length > 0)
        await new Promise((resolve) => setTimeout(resolve, 10));
    };
    await sequenced();
    await backUp("cursor");
    await create(okno.client, "После резервной копии");
    await sequenced();
    let after = "";
    for (;;) {
      const page = await okno.client.events.list({ query: { limit: 500, ...(after && { after }) } });
      after = page.nextCursor;
      if (page.data.length === 0) break;
    }

    const restored = await emptyDatabase();
    await restoreInto({
      directory: place("cursor"),
      migrations,
      secretKey,
      settings: restored,
      filesDir: place("cursor-files"),
    });
    const sibling = await serveRestored(restored, place("cursor-files"));
    try {
      const id = await create(sibling.client, "После восстановления");
      await expect
        .poll(async () =>
          (await sibling.client.events.list({ query: { after } })).data.map(({ ticket }) => ticket),
        )
        .toContain(id);
      const { data } = await sibling.client.events.list({ query: { after } });
      expect(new Set(data.map(({ ticket }) => ticket))).toEqual(new Set([id]));
    } finally {
      await sibling.close();
    }
    const chain = await withClient(restored, (client) => verifyChain(queryableOf(client)));
    expect(chain.brokenAt).toBeUndefined();
    expect(chain.checked).toBeGreaterThan(40);
  });

  test("identities go on where they stood", async () => {
    await backUp("identities");
    const restored = await emptyDatabase();
    await restoreInto({
      directory: place("identities"),
      migrations,
      secretKey,
      settings: restored,
      filesDir: place("identities-files"),
    });
    const next = "select nextval(pg_get_serial_sequence('outbox', 'id'))::int as next";
    const [here] = await rowsOf(okno.connection, next);
    const [there] = await rowsOf(restored, next);
    expect(there).toEqual(here);
  });

  test("a data directory is restored whole, with the secret key only where it was asked for", async () => {
    await backUp("with-key", { withSecretKey: true });
    await backUp("without-key");
    expect(await readdir(place("without-key"))).not.toContain("secret-key");
    const dataDir = place("data");
    const done = await restoreDataDirectory({
      directory: place("with-key"),
      migrations,
      secretKey: undefined,
      dataDir,
    });
    expect(done.secretKey).toBe("restored");
    expect(await readFile(join(dataDir, "secret-key"), "utf8")).toBe(secretKey);
    expect((await readdir(dataDir)).sort()).toEqual(expect.arrayContaining(["files", "pg", "secret-key"]));
    await expect(
      restoreDataDirectory({
        directory: place("without-key"),
        migrations,
        secretKey: "another-key-0123456789abcdef0123456789",
        dataDir: place("data-2"),
      }),
    ).rejects.toThrow("not the key");
    expect(await readdir(scratch)).not.toContain("data-2");
  });
});

describe("what could go wrong", () => {
  test("a target that is not empty is refused and left as it is", async () => {
    await backUp("whole");
    const options = { directory: place("whole"), migrations, secretKey };
    const [before] = await rowsOf(okno.connection, "select count(*) from tickets");
    await expect(
      restoreInto({ ...options, settings: okno.connection, filesDir: place("nothing") }),
    ).rejects.toThrow("not empty");
    expect(await rowsOf(okno.connection, "select count(*) from tickets")).toEqual([before]);
    await mkdir(place("occupied"));
    await writeFile(join(place("occupied"), "something"), "");
    await expect(restoreDataDirectory({ ...options, dataDir: place("occupied") })).rejects.toThrow(
      "not empty",
    );
    await expect(backUp("occupied")).rejects.toThrow("not empty");
    expect(await readdir(place("occupied"))).toEqual(["something"]);
  });

  test("a damaged table, a lost file and a directory that is no backup are found, and nothing is kept", async () => {
    const { manifest } = await backUp("damaged");
    const target = { migrations, secretKey, filesDir: place("damaged-files") };
    const settings = await emptyDatabase();
    const tickets = join(place("damaged"), "tables", "tickets.copy.gz");
    const whole = await readFile(tickets);
    await truncate(tickets, whole.length - 20);
    await expect(restoreInto({ ...target, settings, directory: place("damaged") })).rejects.toThrow(
      "tickets.copy.gz",
    );
    await writeFile(tickets, whole);
    const altered = {
      ...manifest,
      tables: manifest.tables.map((table) =>
        table.name === "messages" ? { ...table, sha256: "0".repeat(64) } : table,
      ),
    };
    await writeFile(join(place("damaged"), "manifest.json"), JSON.stringify(altered));
    await expect(restoreInto({ ...target, settings, directory: place("damaged") })).rejects.toThrow(
      "damaged",
    );
    await writeFile(join(place("damaged"), "manifest.json"), JSON.stringify(manifest));
    await rm(join(place("damaged"), "files"), { recursive: true });
    await expect(restoreInto({ ...target, settings, directory: place("damaged") })).rejects.toThrow(
      "lacks the file",
    );
    expect(
      await rowsOf(settings, "select relname from pg_class where relnamespace = 'public'::regnamespace"),
    ).toEqual([]);
    await expect(rehearseRestore({ directory: scratch, migrations })).rejects.toThrow("is no backup");
  });

  test("a backup from a newer version is refused", async () => {
    await backUp("newer");
    await expect(
      rehearseRestore({ directory: place("newer"), migrations: migrations.slice(0, -1) }),
    ).rejects.toThrow("newer version");
  });

  test("a failed backup leaves nothing that looks like one", async () => {
    const broken: Storage = { ...storage, has: () => Promise.reject(new Error("the disk is gone")) };
    await expect(backUp("failed", { storage: broken })).rejects.toThrow("the disk is gone");
    expect((await readdir(scratch)).filter((name) => name.includes("failed"))).toEqual([]);
  });

  test("a file that is missing or damaged in the storage is named, and the rest is saved", async () => {
    const empty = createDirectoryStorage(place("empty-storage"));
    const { manifest, lost } = await backUp("missing-file", { storage: empty });
    expect(lost).toHaveLength(1);
    expect(manifest.files).toMatchObject({ count: 0, missing: lost });
    const settings = await emptyDatabase();
    const filesDir = place("missing-file-files");
    const restored = await restoreInto({
      directory: place("missing-file"),
      migrations,
      secretKey,
      settings,
      filesDir,
    });
    expect(restored.files).toBe(0);
  });
});
