import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApprovalStage, startApprovalStage } from "./fixtures/approval-stage.ts";

// What is looked at before a payout is created or confirmed is read by indexes: with sequential scans priced out of the way, any that
// remains means that no index serves it.

let s: ApprovalStage;
let client: pg.Client;
const heard = new Map<string, { text: string; values: unknown[] }>();
beforeAll(async () => {
  const original = pg.Client.prototype.query as (...values: unknown[]) => unknown;
  pg.Client.prototype.query = function hear(this: pg.Client, ...args: unknown[]) {
    const [query] = args as [{ name?: string; text: string; values?: unknown[] } | undefined];
    if (query?.name) heard.set(query.name, { text: query.text, values: query.values ?? [] });
    return original.apply(this, args);
  } as typeof pg.Client.prototype.query;
  s = await startApprovalStage();
  const [desk, other] = [await s.makeDesk("live"), await s.makeDesk("live")];
  for (const each of [desk, other]) {
    await s.addRule(each, { amountFrom: "1" });
    await s.addRule(each, { method: "ETHEREUM", newDestination: true });
    const limits = [
      { what: "day", most: "1000000" },
      { what: "key_day", method: "TEST", most: "1000000" },
    ];
    await s.guard(each, { limits: [...limits, { what: "new_destination", method: "ETHEREUM", hours: 1 }] });
    for (let n = 0; n < 20; n++) await s.create(each, { destination: `Кому ${n % 7}` });
  }
  try {
    const { id } = await s.confirmed(desk);
    const anna = await s.person();
    await s.approval(anna, id);
    await s.call("adminKey", "GET", `/v1/payout-desks/${s.dsk(desk)}/guards`);
    await s.call("adminKey", "GET", `/v1/payout-desks/${s.dsk(desk)}/approval-rules`);
    await s.approve(anna, id);
  } finally {
    pg.Client.prototype.query = original as typeof pg.Client.prototype.query;
  }
  client = new pg.Client(s.t.connection);
  await client.connect();
  await client.query("analyze");
  await client.query("set role okno_app");
  await client.query("select set_config('okno.workspace', $1, false)", [s.t.workspaceId]);
  await client.query(
    "set enable_seqscan = off; set enable_bitmapscan = off; set enable_hashjoin = off; set enable_mergejoin = off",
  );
});
afterAll(async () => {
  await client.end();
  await s.close();
});

type Node = { "Node Type": string; "Relation Name"?: string; "Index Cond"?: string; Plans?: Node[] };

test.each([
  ["payouts.look", "payouts", [/workspace_id/u, /desk_id/u]],
  ["payouts.look", "payout_approval_rules", [/workspace_id/u, /desk_id/u]],
  ["payouts.lock_limits", "payout_limits", [/workspace_id/u, /desk_id/u]],
  ["payouts.count_limits", "payouts", [/workspace_id/u, /desk_id/u]],
  ["payouts.count_limits", "payout_destinations", [/workspace_id/u, /desk_id/u, /digest/u]],
  ["payouts.list_rules", "payout_approval_rules", [/workspace_id/u, /desk_id/u]],
  ["payouts.list_limits", "payout_limits", [/workspace_id/u, /desk_id/u]],
  ["payouts.find_approval", "payout_approvals", [/workspace_id/u, /payout_id/u]],
  ["confirmations.find_latest_for", "confirmations", [/workspace_id/u, /ticket_id/u]],
  ["members.persons_behind", "api_keys", [/workspace_id/u, /id/u]],
])("%s reads %s by an index", async (name, table, conditions) => {
  const { text = "", values = [] } = heard.get(name) ?? {};
  expect(text).not.toBe("");
  const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: Node }] }>(
    `explain (format json) ${text}`,
    values,
  );
  const flat = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flat)];
  const nodes = flat(rows[0]?.["QUERY PLAN"][0].Plan as Node);
  expect(nodes.filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
  const found = nodes
    .filter((node) => node["Relation Name"] === table)
    .map((node) => node["Index Cond"] ?? "none");
  expect(found.length).toBeGreaterThan(0);
  for (const condition of found)
    expect(
      conditions.filter((pattern) => !pattern.test(condition)),
      `${name}: ${condition}`,
    ).toEqual([]);
});
