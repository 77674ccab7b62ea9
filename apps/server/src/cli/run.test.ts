import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../testing/index.ts";
import { runCommandLine } from "./run.ts";

let okno: TestApp;
let scratch: string;
let variables: Record<string, string>;

beforeAll(async () => {
  okno = await startTestApp();
  scratch = await mkdtemp(join(tmpdir(), "okno-cli-"));
  const { host, port, user, database } = okno.connection;
  variables = {
    DATABASE_URL: `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`,
    OKNO_SECRET_KEY: "test-secret-key-0123456789abcdef0123",
    OKNO_DATA_DIR: join(scratch, "data"),
    OKNO_PUBLIC_URL: "https://desk.example",
    OKNO_TRUST_PROXY: "1",
  };
});
afterAll(async () => {
  await okno.close();
  await rm(scratch, { recursive: true, force: true });
});

/** One command line, as typed beside the running server. */
async function run(line: readonly string[], others: Record<string, string> = variables) {
  const said: string[] = [];
  const complained: string[] = [];
  const code = await runCommandLine(line, {
    say: (text) => said.push(text),
    complain: (text) => complained.push(text),
    variables: others,
  });
  return { code, said: said.join("\n"), complained: complained.join("\n"), last: said.at(-1) ?? "" };
}

async function inDatabase(sql: string): Promise<void> {
  const client = new pg.Client(okno.connection);
  await client.connect();
  await client.query(sql);
  await client.end();
}

describe("what is typed", () => {
  test("no command, an unknown one, an unknown option, a needed option left out: exit code 2 and the way to the help", async () => {
    for (const line of [
      [],
      ["nope"],
      ["workspace"],
      ["doctor", "--nope"],
      ["doctor", "more"],
      ["workspace", "add"],
      ["backup"],
      ["restore", "a", "b"],
    ]) {
      const { code, said, complained } = await run(line);
      expect({ line, code, said }).toEqual({ line, code: 2, said: "" });
      expect(complained).toMatch(/--help/u);
    }
  });

  test("every command tells what it does and takes", async () => {
    const { said: overview, code } = await run(["--help"]);
    expect(code).toBe(0);
    const names = [...overview.matchAll(/^ {2}(\S+(?: \S+)?) {2,}/gmu)].map(([, name]) => name ?? "");
    expect(names).toEqual([
      "serve",
      "migrate",
      "demo",
      "workspace add",
      "member add",
      "key create",
      "doctor",
      "backup",
      "restore",
      "verify-journal",
    ]);
    for (const name of names) {
      const help = await run([...name.split(" "), "--help"]);
      expect(help.code).toBe(0);
      expect(help.said).toContain(`Usage: okno ${name}`);
    }
  });

  test("values are held to the API's own rules, all faults at once", async () => {
    const key = await run(["key", "create", "--name", "x", "--scopes", "tickets:fly", "--role", "king"]);
    expect(key.code).toBe(2);
    expect(key.complained).toMatch(/role: .*\n.*scopes/u);
    expect(
      (await run(["member", "add", "--name", "A", "--email", "no-address", "--role", "admin"])).complained,
    ).toContain("email");
  });
});

describe("beside a running server", () => {
  test("a workspace, its owner's link, a member's link: each opens what it says", async () => {
    const added = await run([
      "workspace",
      "add",
      "--name",
      "Вторая",
      "--locale",
      "en",
      "--time-zone",
      "Europe/Berlin",
    ]);
    expect(added.complained).toBe("");
    expect(added.last).toMatch(/^https:\/\/desk\.example\/welcome#\S+$/u);
    const member = await run([
      "member",
      "add",
      "--workspace",
      "вторая",
      "--name",
      "Анна",
      "--email",
      "anna@example.org",
      "--role",
      "operator",
    ]);
    expect(member.complained).toBe("");
    for (const { last } of [added, member]) {
      const token = new URL(last).hash.slice(1);
      const res = await fetch(`${okno.url}/v1/links/check`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ token }),
      });
      expect(res.status).toBe(200);
      expect(await res.json()).toMatchObject({ workspace: "Вторая" });
    }
    const again = await run([
      "member",
      "add",
      "--workspace",
      "Вторая",
      "--name",
      "Анна",
      "--email",
      "anna@example.org",
      "--role",
      "owner",
    ]);
    expect(again.code).toBe(1);
    expect((await run(["workspace", "add", "--name", "Вторая"])).code).toBe(1);
  });

  test("a key works at once, within its scopes", async () => {
    const line = [
      "key",
      "create",
      "--workspace",
      "Проверка",
      "--name",
      "Сайт",
      "--role",
      "operator",
      "--scopes",
      "tickets:read,contacts:read",
    ];
    const made = await run(line);
    expect(made.complained).toBe("");
    const client = okno.clientWith(made.last);
    expect((await client.tickets.list({ query: {} })).data).toEqual([]);
    await expect(client.tickets.create({ body: { subject: "Заявка", body: "Текст" } })).rejects.toMatchObject(
      { status: 403 },
    );
  });

  test("which workspace and project is meant is said, never guessed", async () => {
    const key = ["key", "create", "--name", "x", "--scopes", "tickets:read"];
    expect((await run(key)).complained).toContain("several workspaces");
    expect((await run([...key, "--workspace", "Третья"])).complained).toContain(
      "there is no workspace Третья",
    );
    expect((await run([...key, "--workspace", "Проверка", "--project", "Нет"])).complained).toContain(
      "there is no project Нет",
    );
  });

  test("the demo is refused where there is a workspace, and says why", async () => {
    const { code, complained } = await run(["demo"]);
    expect(code).toBe(1);
    expect(complained).toContain("Проверка");
  });

  test("migrate finds nothing to do", async () => {
    expect(await run(["migrate"])).toMatchObject({ code: 0, said: expect.stringContaining("already") });
  });
});

describe("the doctor", () => {
  test("tells every fault of the environment at once, by name, without its value", async () => {
    const { code, said } = await run(["doctor"], {
      OKNO_PORT: "99999",
      OKNO_PUBLIC_URL: "no-address-secret",
      DATABASE_URL: "postgres://a@b/c",
    });
    expect(code).toBe(1);
    for (const name of ["OKNO_PORT", "OKNO_PUBLIC_URL"])
      expect(said).toMatch(new RegExp(`^FAIL {2}environment: ${name}`, "mu"));
    expect(said).not.toContain("no-address-secret");
  });

  test("a sound installation has warnings at most; one that cannot reach its database fails", async () => {
    const sound = await run(["doctor"]);
    expect(sound.said).toMatch(/ 0 to mend$/u);
    expect(sound.code).toBe(0);
    const lost = await run(["doctor"], { ...variables, DATABASE_URL: "postgres://okno@127.0.0.1:1/okno" });
    expect(lost.code).toBe(1);
    expect(lost.said).toMatch(/^FAIL {2}database: cannot be reached: .*ECONNREFUSED/mu);
  });

  test("looking makes nothing: without a database it says so", async () => {
    const { code, said } = await run(["doctor"], { OKNO_DATA_DIR: join(scratch, "none") });
    expect(code).toBe(0);
    expect(said).toContain("there is none");
    expect(await readdir(scratch)).not.toContain("none");
  });
});

test("backup, rehearsal and the journal's check, from the command line", async () => {
  await okno.client.tickets.create({ body: { subject: "Заявка", body: "Текст" } });
  const directory = join(scratch, "backup");
  const backup = await run(["backup", directory]);
  expect(backup).toMatchObject({ code: 0, complained: "" });
  expect(backup.said).toContain("The backup is complete");
  expect((await run(["backup", directory])).complained).toContain("not empty");

  const rehearsal = await run(["restore", "--rehearse", directory]);
  expect(rehearsal).toMatchObject({ code: 0, complained: "" });
  expect(rehearsal.said).toMatch(/^tickets +1 +1 {2}equal$/mu);
  expect(rehearsal.last).toContain("can be restored");

  expect((await run(["restore", directory], { OKNO_DATA_DIR: scratch })).code).toBe(2);
  const filesDir = join(scratch, "files");
  const onto = await run(["restore", directory], { ...variables, OKNO_FILES_URL: filesDir });
  expect(onto).toMatchObject({ code: 1, complained: expect.stringContaining("not empty") });

  expect((await run(["verify-journal"])).code).toBe(0);
  await inDatabase("update workspace_events set data = data || '{\"forged\": 1}' where type = 'key.created'");
  const broken = await run(["verify-journal"]);
  expect(broken).toMatchObject({ code: 1, said: expect.stringMatching(/broken at position \d+/u) });
});
