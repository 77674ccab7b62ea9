import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CompatStage, type Heard, hear, startCompatStage } from "./fixtures/compat-stage.ts";

// No list of the interface reads a whole table: with sequential scans priced out of the way, any that remains means that no index serves it.

let s: CompatStage;
let client: pg.Client;
const heard = new Map<string, Heard>();
beforeAll(async () => {
  s = await startCompatStage();
  const [shop, other] = [await s.merchant(), await s.merchant()];
  for (const each of [shop, other]) {
    await s.fund(each, "TEST", "1000");
    for (let n = 0; n < 8; n++) await s.create(each, "v2", { amount: 1 });
  }
  const statements = await hear(async () => {
    const page = { page: 2, items: 3, date_from: "2023-01-01 00:00:00" };
    const invoice = { amount: 1, type: "topup", lifetime: 9 };
    for (let n = 0; n < 12; n++) await s.call(shop, "v2", "invoice/create", invoice);
    const { id } = (await s.call(shop, "v2", "invoice/create", invoice)).json;
    await s.call(shop, "v2", "invoice/info", { id });
    await s.call(shop, "v2", "history/payoffs", page);
    await s.call(shop, "v2", "history/payments", page);
    await s.call(shop, "v2", "history/summary");
    await s.call(shop, "v2", "method/list");
  });
  for (const each of statements) heard.set(each.name, each);
  client = new pg.Client(s.t.connection);
  await client.connect();
  await client.query("analyze");
  await client.query("set role okno_app");
  await client.query("select set_config('okno.workspace', $1, false)", [s.t.workspaceId]);
  await client.query("set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off");
});
afterAll(async () => {
  await client.end();
  await s.close();
});

type Node = { "Node Type": string; "Relation Name"?: string; "Index Cond"?: string; Plans?: Node[] };

test.each([
  ["compat.find_invoice", "payout_invoices", [/workspace_id/u, /reference/u]],
  ["compat.list_methods", "payout_methods", [/workspace_id/u, /desk_id/u]],
  ["compat.page_payouts", "payouts", [/workspace_id/u, /desk_id/u, /id >=/u]],
  ["compat.page_invoices", "payout_invoices", [/workspace_id/u, /desk_id/u, /id >=/u]],
  ["compat.sum_payouts", "payouts", [/workspace_id/u, /desk_id/u, /id >=/u]],
  ["compat.sum_invoices", "payout_invoices", [/workspace_id/u, /desk_id/u, /id >=/u]],
])("%s is served by an index", async (name, table, conditions) => {
  const { text = "", values = [] } = heard.get(name) ?? {};
  const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: Node }] }>(
    `explain (format json) ${text}`,
    values,
  );
  const flat = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flat)];
  const nodes = flat(rows[0]?.["QUERY PLAN"][0].Plan as Node);
  expect(nodes.filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
  const found = nodes
    .filter((node) => node["Relation Name"] === table)
    .map((node) => node["Index Cond"] ?? "");
  expect(
    found.some((condition) => conditions.every((pattern) => pattern.test(condition))),
    found.join("\n"),
  ).toBe(true);
});
