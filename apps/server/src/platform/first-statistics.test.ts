import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../testing/index.ts";
import { sayFirstStatistics } from "./first-statistics.ts";

let t: TestApp;
let client: pg.Client;
beforeAll(async () => {
  t = await startTestApp();
  client = new pg.Client(t.connection);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await t.close();
});

async function planOf(text: string, types: string, values: string): Promise<string> {
  await client.query("set enable_seqscan = off; set plan_cache_mode = force_generic_plan");
  await client.query(`prepare asked(${types}) as ${text}`);
  const { rows } = await client.query(`explain (format json) execute asked(${values})`);
  await client.query("deallocate asked");
  return JSON.stringify(rows[0]);
}

test("on an installation of which no statistics were ever taken, one ticket is found by its key", async () => {
  const { rows } = await client.query(
    "select setting::int as version from pg_settings where name = 'server_version_num'",
  );
  if (rows[0].version < 180_000) return;
  const id = "'018f0000-0000-7000-8000-0000000007d0'";
  const where = "where workspace_id = $1 and id = $2";
  const found = await planOf(`select 1 from tickets ${where} for update`, "uuid, uuid", `${id}, ${id}`);
  expect(found).toContain('"Index Name":"tickets_pkey"');
  const scoped = `select 1 from tickets ${where} and project_id = any($3) for update`;
  expect(await planOf(scoped, "uuid, uuid, uuid[]", `${id}, ${id}, '{}'`)).toContain('"tickets_pkey"');
  expect(await planOf(`update tickets set weight = 1 ${where}`, "uuid, uuid", `${id}, ${id}`)).toContain(
    '"tickets_pkey"',
  );
});

test("statistics once taken are left alone", async () => {
  const knownOf = async () =>
    (await client.query("select attname, n_distinct from pg_stats where tablename = 'projects' order by 1"))
      .rows;
  await client.query("analyze projects");
  const taken = await knownOf();
  expect(taken.length).toBeGreaterThan(0);
  await sayFirstStatistics(client);
  expect(await knownOf()).toEqual(taken);
});
