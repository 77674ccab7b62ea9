import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toPublicId } from "@okno/contract";
import { createClient, type OknoClient } from "@okno/sdk";
import pg from "pg";
import { inject } from "vitest";
import { type App, createApp } from "../app.ts";
import { createWorkspace } from "../modules/workspaces/index.ts";
import { type Database, openDatabase } from "../platform/database.ts";
import { createLog } from "../platform/log.ts";
import { templateName } from "./global-setup.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";

export const adminKey = "test-admin-key-0123456789abcdef";

export type TestApp = {
  app: App;
  db: Database;
  clock: TestClock;
  /** `http://127.0.0.1:port` of a real listening server. */
  url: string;
  workspaceId: string;
  /** The default project's UUID and public id. */
  projectId: string;
  project: string;
  /** The SDK with the provisioning key, or with another. */
  client: OknoClient;
  clientWith(key: string): OknoClient;
  /** Everything that was logged, as JSON lines. */
  logs: string[];
  connection: { host: string; port: number; user: string; database: string };
  /** Another process's worth of the same application over the same database. */
  startSibling(): Promise<{ app: App; url: string; client: OknoClient; close(): Promise<void> }>;
  close(): Promise<void>;
};

async function cloneTemplate(): Promise<TestApp["connection"]> {
  const postgres = inject("postgres");
  const database = `t_${randomBytes(6).toString("hex")}`;
  const client = new pg.Client({ ...postgres, database: "postgres" });
  await client.connect();
  await client.query(`create database ${database} template ${templateName}`);
  await client.end();
  return { ...postgres, database };
}

async function dropDatabase(connection: TestApp["connection"]): Promise<void> {
  const client = new pg.Client({ ...connection, database: "postgres" });
  await client.connect();
  await client.query(`drop database if exists ${connection.database} with (force)`);
  await client.end();
}

/** The application as one process runs it, on a database and a files directory of its own. Call `close` at the end. */
export async function startTestApp(): Promise<TestApp> {
  const connection = await cloneTemplate();
  const filesDir = await mkdtemp(join(tmpdir(), "okno-files-"));
  const clock = createTestClock();
  const logs: string[] = [];
  const log = createLog("debug", { write: (line) => void logs.push(line) });
  const settings = {
    adminApiKey: adminKey,
    publicUrl: undefined,
    filesDir,
    secretKey: "test-secret-key-0123456789abcdef0123",
    trustProxy: false,
    // Receivers of webhooks listen beside the tests.
    outgoingAllow: ["127.0.0.1", "receiver.test"],
  };

  async function start() {
    const db = openDatabase(connection, log, { interactive: 8, background: 3 });
    const app = await createApp({ db, clock, log, settings });
    const url = await app.http.listen({ port: 0, host: "127.0.0.1" });
    const close = async () => {
      await app.close();
      await db.end();
    };
    return { db, app, url, client: createClient({ baseUrl: url, key: adminKey }), close };
  }

  const setup = openDatabase(connection, log, { interactive: 1, background: 1 });
  const project = { name: "Проект", locale: "ru", timeZone: "Europe/Moscow", accent: "#0f766e" } as const;
  const { workspaceId, projectId } = await createWorkspace(
    { db: setup, clock },
    { name: "Проверка", project },
  );
  await setup.end();
  const { db, app, url, client, close } = await start();
  return {
    app,
    db,
    clock,
    url,
    workspaceId,
    projectId,
    project: toPublicId("project", projectId),
    client,
    clientWith: (key) => createClient({ baseUrl: url, key }),
    logs,
    connection,
    startSibling: start,
    async close() {
      await close();
      await dropDatabase(connection);
      await rm(filesDir, { recursive: true, force: true });
    },
  };
}
