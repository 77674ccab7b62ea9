import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { payoutConsoleRoutes } from "../../../../../kinds/payout/contract-console.ts";
import type { Statement } from "../../platform/database.ts";
import { call } from "../../testing/calls.ts";
import { admin, type NativeStage, startNativeStage } from "./fixtures/native-stage.ts";

// No list of payouts reads a whole table: with sequential scans priced out of the way, any that remains means that no index serves it.

let s: NativeStage;
let client: pg.Client;
const heard = new Map<string, Statement>();

// A few thousand payouts of two desks, most of them paid, as in life.
const fill = `with made as (
  insert into tickets (workspace_id, id, project_id, kind, number, state, phase, subject, seq, message_seq, created_at, activity_at, completed_at)
  select $1::uuid, ('018f0000-0000-7000-8000-' || $4 || lpad(to_hex(n), 8, '0'))::uuid, $2::uuid, 'payout', n + $5::int, 'paid', 'done', 's', 1, 0,
    now(), now(), now() from generate_series(1, 2000) n returning workspace_id, id, project_id, number as n
), paid as (
  insert into payouts (workspace_id, id, project_id, desk_id, reference, status, method, currency, scale, subtract_from, asked_amount,
    asked_currency, amount, receive, commission, deduction, destination, destination_masked, destination_digest, processor, created_at, final_at)
  select workspace_id, id, project_id, $3::uuid, id::text, case when n % 100 = 0 then 'failed' else 'paid' end,
    case when n % 90 = 0 then 'SBP' else 'TEST' end, 'RUB', 2, 'amount', '1', 'RUB', 100, 100, 0, 100, '\\x00', '…',
    '\\x00', 'sandbox', now(), now() from made returning workspace_id, id, desk_id
)
insert into ledger_postings (workspace_id, id, desk_id, method, payout_id, what, debit_id, credit_id, amount, at)
select p.workspace_id, p.id, p.desk_id, 'TEST', p.id, 'reserve', a.id, r.id, 100, now() from paid p
join ledger_accounts a on a.workspace_id = p.workspace_id and a.desk_id = p.desk_id and a.method = 'TEST' and a.role = 'available'
join ledger_accounts r on r.workspace_id = p.workspace_id and r.desk_id = p.desk_id and r.method = 'TEST' and r.role = 'reserved'`;

/** The statements as the application sends them: heard on the way to the database, not written down again. */
const original = pg.Client.prototype.query as (...values: unknown[]) => unknown;
pg.Client.prototype.query = function hear(this: pg.Client, ...values: unknown[]) {
  const [query] = values as [{ name?: string; text?: string } | undefined];
  if (query?.name && query.text) heard.set(query.name, { name: query.name, text: query.text });
  return original.apply(this, values);
} as typeof pg.Client.prototype.query;

async function askAll(): Promise<void> {
  const status = { status: "paid" };
  const method = { method: "TEST" };
  const params = { id: s.desk };
  const answers = [
    await s.ask("payoutDesks", "list"),
    await s.ask("payoutRates", "list"),
    await s.ask("payoutDesks", "balances", { params }),
    await s.ask("payoutDesks", "statement", { params, query: method }),
    await s.ask("payoutDesks", "statementCsv", { params, query: method }),
    await call({ t: s.t }, payoutConsoleRoutes.background, admin, { params: { id: (await s.created()).id } }),
  ];
  for (const query of [{}, status, method, { ...status, ...method }])
    answers.push(await s.ask("payouts", "list", { query }));
  for (const answer of answers) expect(answer.status, JSON.stringify(answer.json)).toBe(200);
}

beforeAll(async () => {
  s = await startNativeStage();
  const second = await s.makeDesk();
  client = new pg.Client(s.t.connection);
  await client.connect();
  const { workspaceId, projectId } = s.t;
  await client.query(fill, [workspaceId, projectId, s.deskUuid(), "0001", 100_000]);
  await client.query(fill, [workspaceId, projectId, s.deskUuid(second), "0002", 200_000]);
  await client.query("analyze");
  await askAll();
  await client.query("set role okno_app");
  await client.query("select set_config('okno.workspace', $1, false)", [workspaceId]);
  for (const each of ["seqscan", "hashjoin", "mergejoin"]) await client.query(`set enable_${each} = off`);
});
afterAll(async () => {
  pg.Client.prototype.query = original as typeof pg.Client.prototype.query;
  await client.end();
  await s.close();
});

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Index Cond"?: string;
  Filter?: string;
  Plans?: Node[];
};

const last = "ffffffff-ffff-ffff-ffff-ffffffffffff";
const first = "00000000-0000-0000-0000-000000000000";
const ws = () => s.t.workspaceId;
const desk = () => s.deskUuid();
const listed = () => [ws(), [s.t.projectId], null, last, 51, first];
const posted = [/workspace_id/u, /desk_id/u, /method/u, /\bid >=/u];

const cases: [string, () => unknown[], string, RegExp[]][] = [
  ["payouts.list", listed, "payouts_by_desk", [/workspace_id/u, /desk_id/u, /\bid </u]],
  [
    "payouts.list_by_status",
    () => [...listed(), "failed"],
    "payouts_by_status",
    [/desk_id/u, /status/u, /\bid </u],
  ],
  [
    "payouts.list_by_method",
    () => [...listed(), "SBP"],
    "payouts_by_method",
    [/desk_id/u, /method/u, /\bid </u],
  ],
  [
    "payouts.list_by_status_and_method",
    () => [...listed(), "failed", "SBP"],
    "payouts_by",
    [/desk_id/u, /status|method/u, /\bid </u],
  ],
  [
    "payouts.list_desks",
    () => [ws(), [s.t.projectId], last, 51],
    "payout_desks_by_project",
    [/project_id/u, /\bid </u],
  ],
  ["payouts.list_rates", () => [ws()], "payout_rates_newest", [/workspace_id/u, /currency/u]],
  ["payouts.balances", () => [ws(), desk()], "payouts_unsettled", [/workspace_id/u, /desk_id/u]],
  [
    "payouts.background",
    () => [ws(), desk(), Buffer.from("other"), first, 101],
    "payouts_by_destination",
    [/workspace_id/u, /desk_id/u, /destination_digest/u],
  ],
  [
    "payouts.statement_page",
    () => [ws(), desk(), "TEST", first, last, last, 51],
    "ledger_postings_by_desk",
    posted,
  ],
  [
    "payouts.statement_whole",
    () => [ws(), desk(), "TEST", first, last, 100],
    "ledger_postings_by_desk",
    posted,
  ],
];

test.each(cases)("%s reads along its index", async (name, values, index, patterns) => {
  const { text } = heard.get(name) as Statement;
  const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: Node }] }>(
    `explain (format json) ${text}`,
    values(),
  );
  const flat = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flat)];
  const nodes = flat(rows[0]?.["QUERY PLAN"][0].Plan as Node);
  expect(
    nodes.filter((node) => node["Node Type"] === "Seq Scan").map((node) => node["Relation Name"]),
  ).toEqual([]);
  const used = nodes
    .filter((node) => node["Index Name"]?.startsWith(index))
    .map((node) => node["Index Cond"] ?? "");
  const all = nodes.map((node) => `${node["Index Name"]}: ${node["Index Cond"]}`).join("\n");
  expect(
    used.some((cond) => patterns.every((pattern) => pattern.test(cond))),
    all,
  ).toBe(true);
});
