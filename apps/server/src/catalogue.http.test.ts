import { routes } from "@okno/contract";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { foldCounts } from "./modules/tickets/index.ts";
import { call } from "./testing/calls.ts";
import { visit } from "./testing/chat-visitor.ts";
import { fillApprovalTables } from "./testing/fixtures/approval-tables.ts";
import { fillPayoutTables } from "./testing/fixtures/payout-world.ts";
import { startTestIndex } from "./testing/search-index.ts";
import { createSigner, send, signed } from "./testing/signed.ts";
import { createWorld, type World } from "./testing/world.ts";

// Rules of the schema, read from the catalogue, so that a table of tomorrow is held to them the day it appears.

/** Tables with a workspace that belong to the installation, not to a tenant, and why. */
const local: Record<string, string> = {
  channel_keys: "finds the workspace of a public address, before any workspace is known",
  outbox: "the sequencer reads it over all workspaces; holds ids alone",
  journal: "the order of all workspaces' entries; holds ids and digests alone",
  jobs: "workers take them over all workspaces, with SKIP LOCKED",
  webhook_queue: "the deliverer takes from it over all workspaces, with SKIP LOCKED; holds ids alone",
  payout_desk_logins: "finds the workspace of a merchant's login, before any workspace is known",
  payout_provider_keys: "finds the workspace of a provider's call-back, before any workspace is known",
  ticket_number_blocks: "a directory keyed by the workspace itself; processes lease blocks from it",
};

let world: World;
let client: pg.Client;
let tenant: string[];
const foreignWorkspace = "00000000-0000-4000-8000-000000000000";

beforeAll(async () => {
  world = await createWorld();
  client = new pg.Client(world.t.connection);
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  );
  tenant = rows.map(({ name }) => name).filter((name) => !(name in local));
});
afterAll(async () => {
  await client.end();
  await world.close();
});

async function names(text: string): Promise<string[]> {
  return (await client.query<{ name: string }>(text, [tenant])).rows.map(({ name }) => name);
}

test("every table with a workspace is a tenant's, or is declared local with a reason", async () => {
  expect(tenant).toEqual(
    expect.arrayContaining(["tickets", "messages", "contacts", "members", "api_keys", "ticket_events"]),
  );
  const existing = new Set(
    await client
      .query<{ name: string }>("select relname as name from pg_class where relkind = 'r'")
      .then(({ rows }) => rows.map(({ name }) => name)),
  );
  expect(Object.keys(local).filter((name) => !existing.has(name))).toEqual([]);
});

test("the workspace stands first in every primary key and every unique index of tenant tables", async () => {
  const wrong = await names(
    `select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
     where c.relnamespace = 'public'::regnamespace and c.relname = any($1) and i.indisunique
       and (select attname from pg_attribute where attrelid = c.oid and attnum = i.indkey[0]) is distinct from 'workspace_id'`,
  );
  expect(wrong).toEqual([]);
  const keyless = await names(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname = any($1)
       and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)`,
  );
  expect(keyless).toEqual([]);
});

test("the workspace stands first in every foreign key between tenant tables", async () => {
  const wrong = await names(
    `select k.conname as name from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class r on r.oid = k.confrelid
     where k.contype = 'f' and c.relname = any($1) and not (
       (select attname from pg_attribute where attrelid = c.oid and attnum = k.conkey[1]) = 'workspace_id'
       and (r.relname = 'workspaces' or (select attname from pg_attribute where attrelid = r.oid and attnum = k.confkey[1]) = 'workspace_id'))`,
  );
  expect(wrong).toEqual([]);
});

test("every other index of a tenant table leads with the workspace, but those for array elements and text", async () => {
  const wrong = await names(
    `select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
       join pg_class x on x.oid = i.indexrelid join pg_am am on am.oid = x.relam
     where c.relname = any($1) and am.amname <> 'gin'
       and (select attname from pg_attribute where attrelid = c.oid and attnum = i.indkey[0]) is distinct from 'workspace_id'`,
  );
  expect(wrong).toEqual([]);
});

test("tenant tables have no triggers and no sequences: they can be spread over machines", async () => {
  const triggers = await names(
    "select tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid where not tgisinternal and c.relname = any($1)",
  );
  expect(triggers).toEqual([]);
  const sequences = await names(
    `select s.relname as name from pg_class s join pg_depend d on d.objid = s.oid and d.classid = 'pg_class'::regclass
       join pg_class c on c.oid = d.refobjid where s.relkind = 'S' and c.relname = any($1)`,
  );
  expect(sequences).toEqual([]);
});

test("row-level security is enabled and forced on every tenant table, with both policies and no other", async () => {
  const open = await names(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relname = any($1) and not (relrowsecurity and relforcerowsecurity)",
  );
  expect(open).toEqual([]);
  const { rows } = await client.query<{ name: string; policies: string[] }>(
    `select tablename as name, array_agg(policyname || ' to ' || array_to_string(roles, ',') || ' using ' || qual order by policyname) as policies
     from pg_policies where tablename = any($1) group by 1`,
    [tenant],
  );
  expect(rows.map(({ name }) => name).sort()).toEqual(tenant);
  for (const { policies } of rows)
    expect(policies).toEqual([
      "background to okno_worker using true",
      "tenant to okno_app using (workspace_id = (current_setting('okno.workspace'::text))::uuid)",
    ]);
});

test("the roles that serve own nothing, and cannot step round the wall", async () => {
  const { rows } = await client.query<{ rolname: string }>(
    "select rolname from pg_roles where rolname like 'okno\\_%' and (rolsuper or rolbypassrls or rolcanlogin)",
  );
  expect(rows).toEqual([]);
  const owned = await client.query(
    "select from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in ('okno_app', 'okno_worker')",
  );
  expect(owned.rowCount).toBe(0);
});

/** A matter from the chat, done and rated. */
async function rateChat(t: World["t"], channelKey: string): Promise<void> {
  const visitor = await visit(t.url, channelKey);
  await visitor.say("Оценю сама");
  const [ticket] = (await t.client.tickets.list({ query: { limit: 1 } })).data;
  const params = { id: ticket?.id ?? "" };
  await t.client.messages.add({ params, body: { body: "Готово" } });
  await t.client.actions.complete({ params, body: {} });
  const { completion } = (await visit(t.url, channelKey, visitor.token)).opened.body as {
    completion: { name: string };
  };
  expect((await visitor.post("rating", { completion: completion.name, score: 5 })).status).toBe(200);
}

describe("the second wall", () => {
  /** As the application, in a transaction that is taken back. */
  async function asApp<T>(workspace: string | undefined, run: () => Promise<T>): Promise<T> {
    await client.query("begin");
    try {
      await client.query("set local role okno_app");
      if (workspace !== undefined)
        await client.query("select set_config('okno.workspace', $1, true)", [workspace]);
      return await run();
    } finally {
      await client.query("rollback");
    }
  }
  const count = async (table: string) =>
    Number((await client.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]?.n);

  beforeAll(async () => {
    const { t, fullKey, here } = world;
    const input = {
      params: { id: here.ticket },
      body: { body: "…" },
      headers: { "idempotency-key": crypto.randomUUID() },
    };
    expect((await call(world, routes.messages.add, fullKey, input)).status).toBe(201);
    await foldCounts(t.db);
    await t.client.tickets.create({ body: { subject: "s", body: "b" } });
    await rateChat(t, here.channelKey);
    await fillPayoutTables(t, fullKey, here);
    await fillApprovalTables(t, fullKey, here.project);
    await send(t, signed(t, await createSigner(t, ["tickets:read"]), { method: "GET" }));
    const index = startTestIndex(t);
    await index.caughtUp();
    await index.consumer.stop();
  });

  test("every tenant table has rows to hide, so that seeing none means something", async () => {
    for (const table of tenant) expect(await count(table), table).toBeGreaterThan(0);
  });

  test("with its own workspace the application sees rows, with another none, without any it is refused", async () => {
    for (const table of tenant) {
      expect(await asApp(world.t.workspaceId, () => count(table)), table).toBeGreaterThan(0);
      expect(await asApp(foreignWorkspace, () => count(table)), table).toBe(0);
      await expect(
        asApp(undefined, () => count(table)),
        table,
      ).rejects.toThrow(/okno\.workspace|uuid/u);
    }
  });

  test("another workspace's rows can be neither changed, nor deleted, nor written", async () => {
    for (const table of tenant) {
      const { rows } = await client.query<{ row: unknown }>(
        `select to_jsonb(r) as row from ${table} r where workspace_id = $1 limit 1`,
        [world.t.workspaceId],
      );
      expect(
        await asApp(
          foreignWorkspace,
          async () => (await client.query(`update ${table} set workspace_id = workspace_id`)).rowCount,
        ),
        table,
      ).toBe(0);
      expect(
        await asApp(foreignWorkspace, async () => (await client.query(`delete from ${table}`)).rowCount),
        table,
      ).toBe(0);
      const write = () =>
        client.query(`insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`, [
          JSON.stringify(rows[0]?.row),
        ]);
      await expect(asApp(foreignWorkspace, write), table).rejects.toMatchObject({ code: "42501" });
    }
  });
});
