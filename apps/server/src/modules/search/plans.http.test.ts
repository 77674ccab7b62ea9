import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../testing/index.ts";
import { createWorkspace } from "../workspaces/index.ts";
import type { Condition } from "./conditions.ts";
import { candidatesStatement, type Place, walkStatement } from "./pages.ts";

// No search reads a whole table, not inside its functions either: with sequential scans priced out of the way, any that remains means
// that no index serves the statement. Plans are made as for any values at all, as a statement prepared long ago has them.

let t: TestApp;
let client: pg.Client;

const fill = `with made as (
  insert into tickets (workspace_id, id, project_id, kind, number, state, phase, subject, contact_id, topic_id, assignee_id, labels, seq,
    message_seq, created_at, activity_at, completed_at)
  select $1::uuid, ('018f0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $2, 'inquiry', n, 'working', phase, 's',
    ('018f0000-0002-7000-8000-' || lpad(to_hex(n % 500), 12, '0'))::uuid, ('018f0000-0003-7000-8000-' || lpad(to_hex(n % 9), 12, '0'))::uuid,
    ('018f0000-0001-7000-8000-' || lpad(to_hex(n % 20), 12, '0'))::uuid, '{}', 1, 1, at, at, case when phase = 'done' then at end
  from (select n, timestamptz '2026-01-01' + n * interval '7 minutes' as at,
          case when n % 10 = 0 then 'open' when n % 10 = 1 then 'waiting' else 'done' end as phase
        from generate_series(1, 3000) n) g
  returning workspace_id, project_id, id, number, created_at
), said as (
  insert into messages (workspace_id, id, ticket_id, seq, direction, author_kind, body, status, created_at)
  select workspace_id, gen_random_uuid(), id, s, 'in', 'contact', 'слово' || number, 'received', created_at
  from made, generate_series(1, 3) s returning 1
), indexed as (
  insert into search_entries (workspace_id, ticket_id, id, project_id, kind, at, vector)
  select workspace_id, id, gen_random_uuid(), project_id, 'message', created_at, to_tsvector('russian', 'слово' || number || ' общее')
  from made, generate_series(1, 3) s returning 1
)
insert into search_contacts (workspace_id, contact_id, project_id, vector)
select $1::uuid, ('018f0000-0002-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $2, to_tsvector('russian', 'имя' || n)
from generate_series(0, 499) n`;

beforeAll(async () => {
  t = await startTestApp();
  const project = { name: "Второй", locale: "ru", timeZone: "UTC", accent: "#000000" } as const;
  const other = await createWorkspace(t, { name: "Соседи", project });
  client = new pg.Client(t.connection);
  await client.connect();
  await client.query(fill, [t.workspaceId, t.projectId]);
  await client.query(fill, [other.workspaceId, other.projectId]);
  await client.query("vacuum analyze");
  await client.query("select set_config('okno.workspace', $1, false)", [t.workspaceId]);
  await client.query("set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off");
  await client.query("set plan_cache_mode = force_generic_plan");
});
afterAll(async () => {
  await client.end();
  await t.close();
});

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Index Cond"?: string;
  Plans?: Node[];
};

const flat = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flat)];

async function plan(role: string, text: string, types: string, values: readonly unknown[]): Promise<Node[]> {
  await client.query(`set role ${role}`);
  await client.query(`prepare searched${types} as ${text}`);
  const literals = values.map((value) => literal(value)).join(", ");
  const { rows } = await client.query(`explain (format json) execute searched(${literals})`);
  await client.query("deallocate searched; reset role");
  return flat(rows[0]["QUERY PLAN"][0].Plan);
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value instanceof Date) return `'${value.toISOString()}'`;
  if (Array.isArray(value)) {
    const items = value.map((item) => `"${String(item).replaceAll(/[\\"]/gu, "\\$&")}"`);
    return pg.escapeLiteral(`{${items.join(",")}}`);
  }
  return pg.escapeLiteral(String(value));
}

function expectIndexed(nodes: readonly Node[], index: string, cond: RegExp): void {
  const text = JSON.stringify(nodes.map(({ Plans: _, ...node }) => node));
  expect(
    nodes.filter((node) => node["Node Type"] === "Seq Scan"),
    text,
  ).toEqual([]);
  const used = nodes.filter((node) => node["Index Name"] === index);
  expect(
    used.map((node) => node["Index Cond"] ?? "").some((each) => cond.test(each)),
    `${index}: ${text}`,
  ).toBe(true);
}

/** A function's own statement, its parameters as it takes them. */
async function body(name: string): Promise<{ text: string; types: string }> {
  const { rows } = await client.query(
    "select prosrc as text, pg_get_function_arguments(oid) as types from pg_proc where proname = $1",
    [name],
  );
  return { text: rows[0].text, types: `(${rows[0].types})` };
}

describe("inside the functions", () => {
  const ticket = "018f0000-0000-7000-8000-0000000007d0";
  const cases: [string, () => unknown[], [string, RegExp][]][] = [
    [
      "search_candidates",
      () => [
        t.workspaceId,
        `{${t.projectId}}`,
        ["'слово7'", "'обще'"],
        ["'имя7'", ""],
        [false, false],
        20_000,
      ],
      [
        ["search_entries_words", /vector @@/u],
        ["search_contacts_words", /vector @@/u],
        ["search_entries_pkey", /workspace_id.*ticket_id/u],
        ["tickets_by_contact", /workspace_id.*contact_id/u],
      ],
    ],
    [
      "search_holding",
      () => [t.workspaceId, `{${ticket}}`, ["'обще'"], ["'имя7'"]],
      [
        ["search_entries_pkey", /workspace_id.*ticket_id/u],
        ["search_contacts_pkey", /workspace_id.*contact_id/u],
        ["tickets_pkey", /workspace_id.*id/u],
      ],
    ],
    [
      "search_hits",
      () => [t.workspaceId, `{${ticket}}`, "'обще'"],
      [
        ["search_entries_pkey", /workspace_id.*ticket_id/u],
        ["messages_pkey", /workspace_id.*id/u],
      ],
    ],
    [
      "search_people",
      () => [t.workspaceId, `{${t.projectId}}`, "'имя7'", null, 51],
      [["search_contacts_words", /vector @@/u]],
    ],
  ];
  test.each(cases)("%s", async (name, values, expected) => {
    const { text, types } = await body(name);
    const inputs = types.replace(/, held .*|TABLE.*/u, "");
    const nodes = await plan("okno_worker", text, inputs, values());
    for (const [index, cond] of expected) expectIndexed(nodes, index, cond);
  });
});

describe("the statements that call them", () => {
  const place: Place = {
    sort: "activity",
    id: "018f0000-0000-7000-8000-0000000007d0",
    at: "2026-01-10 00:00:00.000000+00",
    weight: 0,
    seen: 1,
  };
  const one = (column: "assignee_id" | "topic_id" | "contact_id" | "phase", value: string): Condition => ({
    column,
    values: [value],
    negated: false,
  });
  const leads: [string, Condition[], RegExp][] = [
    ["nothing else", [], /workspace_id.*project_id.*phase/u],
    ["a label", [{ labels: ["vip"], negated: false }], /workspace_id.*project_id.*phase/u],
    ["a phase", [one("phase", "open")], /workspace_id.*project_id.*phase/u],
    [
      "an assignee",
      [one("assignee_id", "018f0000-0001-7000-8000-000000000001")],
      /workspace_id.*assignee_id/u,
    ],
    ["a topic", [one("topic_id", "018f0000-0003-7000-8000-000000000001")], /workspace_id.*topic_id/u],
    ["a contact", [one("contact_id", "018f0000-0002-7000-8000-000000000001")], /workspace_id.*contact_id/u],
    [
      "a time",
      [{ from: new Date("2026-01-03"), negated: false }],
      /workspace_id.*project_id.*phase.*activity_at/u,
    ],
  ];
  const scope = () => ({ workspaceId: t.workspaceId, projectIds: [t.projectId] });
  const sorts = ["newest", "activity"] as const;

  test.each(leads)("walking, with %s", async (_, conditions, cond) => {
    for (const sort of sorts) {
      for (const at of [undefined, { ...place, sort }]) {
        const { statement, values } = walkStatement({ scope: scope(), conditions, sort, place: at }, 120);
        const nodes = await plan("okno_app", statement.text, "", values);
        const text = JSON.stringify(nodes);
        expect(
          nodes.filter((node) => node["Node Type"] === "Seq Scan"),
          text,
        ).toEqual([]);
        const onTickets = nodes.filter((node) => /^tickets_/u.test(node["Index Name"] ?? ""));
        // By time the order of ids has no index of its own: the range is the project's and phase's, and the time is filtered.
        const wanted = sort === "newest" ? new RegExp(cond.source.replace(".*activity_at", ""), "u") : cond;
        expect(
          onTickets.some((node) => wanted.test(node["Index Cond"] ?? "")),
          text,
        ).toBe(true);
        if (at && cond.source.includes("project_id"))
          expect(
            onTickets.some((node) => /ROW\(activity_at, id\) <|\(id </u.test(node["Index Cond"] ?? "")),
            text,
          ).toBe(true);
      }
    }
  });

  test.each(["newest", "activity", "important"] as const)("candidates, in the order %s", async (sort) => {
    const terms = [{ words: "'слово7'", people: "'имя7'", negated: false }];
    const question = { scope: scope(), conditions: [], sort, place: { ...place, sort } };
    const { statement, values } = candidatesStatement(question, terms, {
      limit: 21,
      countCap: 1000,
      readCap: 20_000,
    });
    const nodes = await plan("okno_app", statement.text, "", values);
    expectIndexed(nodes, "tickets_pkey", /workspace_id.*id/u);
  });
});
