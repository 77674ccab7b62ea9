import { toPublicId } from "@okno/contract";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ListInput, plansOf } from "./modules/tickets/list.ts";
import { inOrder, type Plan, type Sort } from "./modules/tickets/plan.ts";
import { countStatement, horizonStatement, type ListCursor, pageStatement } from "./modules/tickets/walk.ts";
import { createWorkspace } from "./modules/workspaces/index.ts";
import type { Statement } from "./platform/database.ts";
import { addPerson, startTestApp, type TestApp } from "./testing/index.ts";

// No list reads a whole table: with sequential scans priced out of the way, any that remains means that no index serves the statement.

let t: TestApp;
let client: pg.Client;
const member = "018f0000-0001-7000-8000-000000000001";
const contact = "018f0000-0002-7000-8000-000000000001";
const topic = "018f0000-0003-7000-8000-000000000001";
const team = "018f0000-0005-7000-8000-000000000001";
const identity = "018f0000-0004-7000-8000-000000000001";
// In the middle, with as many tickets before as after.
const ticketId = "018f0000-0000-7000-8000-0000000007d0";

// A few thousand tickets in two workspaces, most of them done, as in life.
const fill = `with made as (
  insert into tickets (workspace_id, id, project_id, kind, number, state, phase, subject, topic_id, labels, weight, contact_id, identity_id,
    assignee_id, team_id, waiting_since, seq, message_seq, created_at, activity_at, completed_at, completed_by)
  select $1::uuid, ('018f0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $2, 'inquiry', n, 'working', phase, 's',
    case when n % 4 = 0 then ('018f0000-0003-7000-8000-' || lpad(to_hex(n % 9), 12, '0'))::uuid end,
    case when n % 7 = 0 then array['vip'] else '{}' end, case when n % 7 = 0 then 50 else 0 end,
    ('018f0000-0002-7000-8000-' || lpad(to_hex(n % 500), 12, '0'))::uuid,
    case when n % 2 = 0 then ('018f0000-0004-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid end,
    case when n % 3 > 0 then ('018f0000-0001-7000-8000-' || lpad(to_hex(n % 20), 12, '0'))::uuid end,
    case when n % 5 = 0 then ('018f0000-0005-7000-8000-' || lpad(to_hex(n % 4), 12, '0'))::uuid end, case when phase = 'open' then at end, 1, 1, at, at,
    case when phase = 'done' then at end, case when phase = 'done' then ('018f0000-0001-7000-8000-' || lpad(to_hex(n % 20), 12, '0'))::uuid end
  from (select n, timestamptz '2026-01-01' + n * interval '7 minutes' as at,
          case when n % 10 = 0 then 'open' when n % 10 = 1 then 'waiting' else 'done' end as phase
        from generate_series(1, 4000) n) g
  returning workspace_id, id, created_at, phase, labels
), labelled as (
  insert into ticket_labels (workspace_id, project_id, label, phase, ticket_id)
  select workspace_id, $2::uuid, unnest(labels), phase, id from made returning 1
), written as (
  insert into messages (workspace_id, id, ticket_id, seq, direction, author_kind, body, status, created_at)
  select workspace_id, gen_random_uuid(), id, s, 'in', 'contact', 'b', 'received', created_at from made, generate_series(1, 3) s
  returning 1
), told as (
  insert into ticket_events (workspace_id, ticket_id, seq, type, actor_kind, at, data)
  select workspace_id, id, s, 'ticket.changed', 'system', created_at, '{}' from made, generate_series(1, 3) s
  returning 1
), followed as (
  insert into ticket_followers (workspace_id, ticket_id, member_id, followed_at)
  select made.workspace_id, made.id, m.id, made.created_at from made join members m on m.workspace_id = made.workspace_id
  where made.phase = 'open' returning 1
), linked as (
  insert into ticket_links (workspace_id, ticket_id, other_id, kind, linked_at)
  select workspace_id, id, next, 'related', created_at
  from (select workspace_id, id, lead(id) over (order by id) as next, created_at from made) l where next is not null
  returning 1
), counted as (
  insert into inbox_deltas (workspace_id, id, project_id, phase, assignee_id, change)
  select workspace_id, gen_random_uuid(), $2, 'open', id, 1 from made returning 1
), met as (
  insert into contacts (workspace_id, id, project_id, created_at)
  select $1, ('018f0000-0002-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $2, now() from generate_series(0, 499) n returning 1
)
insert into journal (position, workspace_id, subject_id, seq, hash)
select $3::int + row_number() over (), workspace_id, id, 1, '\\x00' from made`;

beforeAll(async () => {
  t = await startTestApp();
  const project = { name: "Второй", locale: "ru", timeZone: "UTC", accent: "#000000" } as const;
  const other = await createWorkspace(t, { name: "Соседи", project });
  client = new pg.Client(t.connection);
  await client.connect();
  await addPerson(t, { name: "Анна" });
  await client.query(fill, [t.workspaceId, t.projectId, 100_000]);
  await client.query(fill, [other.workspaceId, other.projectId, 200_000]);
  await client.query("analyze");
  await client.query("set role okno_app");
  await client.query("select set_config('okno.workspace', $1, false)", [t.workspaceId]);
  await client.query("set enable_seqscan = off");
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
  "Recheck Cond"?: string;
  Plans?: Node[];
};

async function nodesOf({ text }: Statement, values: readonly unknown[]): Promise<Node[]> {
  const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: Node }] }>(`explain (format json) ${text}`, [
    ...values,
  ]);
  const flat = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flat)];
  return flat(rows[0]?.["QUERY PLAN"][0].Plan as Node);
}

function noSeqScan(nodes: readonly Node[], what: string): void {
  const scans = nodes.filter((node) => node["Node Type"] === "Seq Scan").map((node) => node["Relation Name"]);
  expect(scans, what).toEqual([]);
}

const conditions = (nodes: readonly Node[], table: string) =>
  nodes
    .filter(
      (node) =>
        node["Index Cond"] && (node["Relation Name"] === table || node["Index Name"]?.startsWith(table)),
    )
    .map((node) => node["Index Cond"] ?? "");

type Query = ListInput["query"];
const filters = {
  contact: toPublicId("contact", contact),
  topic: toPublicId("topic", topic),
  label: "vip",
  team: toPublicId("team", team),
  following: "me",
  unansweredFor: 30,
} as const;
const assignees = [undefined, "me", "none"] as const;
const names = Object.keys(filters) as (keyof typeof filters)[];
/** No filter, each by itself, and all together. */
const subsets = [{}, ...names.map((name) => ({ [name]: filters[name] })), filters];
const at = "2026-01-10 00:00:00.000000+00";

function cursorsOf(sort: Sort): (ListCursor | undefined)[] {
  if (sort !== "important") return [undefined, { sort, id: ticketId, at }];
  return [undefined, { sort, id: ticketId, at, weight: 50 }, { sort, id: ticketId, at, weight: 0 }];
}

/** What must be looked up in an index, not filtered row by row, by what leads. */
const leading: Readonly<Record<Plan["lead"]["by"], RegExp[]>> = {
  project: [/workspace_id/u, /project_id/u],
  unanswered: [/workspace_id/u, /project_id/u, /waiting_since/u],
  team: [/workspace_id/u, /team_id/u, /phase/u],
  assignee: [/workspace_id/u, /assignee_id/u, /phase/u],
  topic: [/workspace_id/u, /topic_id/u, /phase/u],
  contact: [/workspace_id/u, /contact_id/u],
  label: [/workspace_id/u, /project_id/u, /label/u, /phase/u],
  follower: [/workspace_id/u, /member_id/u],
};
const pagedBy = {
  newest: /\((ticket_)?id < /u,
  activity: /ROW\(activity_at, id\) </u,
  important: /ROW\((weight, )?activity_at, id\) </u,
  waiting: /ROW\(waiting_since, id\) >/u,
};

type Variant = { query: Query; sort: Sort; cursor: ListCursor | undefined };

function variantsOf(sort: Sort, phase: Query["phase"]): Variant[] {
  const places = [{}, { project: t.project, kind: "inquiry" }];
  return subsets.flatMap((subset) =>
    assignees.flatMap((assignee) =>
      places.flatMap((place) =>
        cursorsOf(sort).map((cursor) => ({
          query: { limit: 50, sort, phase, assignee, ...place, ...subset } as Query,
          sort,
          cursor,
        })),
      ),
    ),
  );
}

async function check({ query, sort, cursor }: Variant): Promise<void> {
  const scope = { workspaceId: t.workspaceId, projectIds: [t.projectId] };
  const reader = {
    me: member,
    now: new Date(),
    teams: [team],
    teammates: [member],
    topicsWithin: (id: string) => [id],
  };
  for (const plan of plansOf({ query, scope, reader })) {
    const page = { plan, sort, cursor };
    const statements = {
      page: pageStatement(page, 51),
      horizon: horizonStatement(page),
      count: countStatement(plan, 1001),
    };
    for (const [kind, statement] of Object.entries(statements)) {
      if (!statement) continue;
      const nodes = await nodesOf(statement.statement, statement.values);
      const found = conditions(nodes, "ticket");
      const what = `${JSON.stringify({ ...query, cursor })} by ${plan.lead.by}\n${statement.statement.text}\n${found.join("\n")}`;
      noSeqScan(nodes, what);
      const served = found.some((cond) => leading[plan.lead.by].every((pattern) => pattern.test(cond)));
      // Several narrow conditions at once: any of them may be the index that the planner takes.
      const narrowed = found.some((cond) =>
        /contact_id|topic_id|assignee_id|team_id|label|member_id/u.test(cond),
      );
      expect(served || narrowed || plan.phases.length === 0, what).toBe(true);
      const paged = cursor && kind !== "count" && !narrowed && inOrder(plan, sort) && plan.phases.length > 0;
      if (paged)
        expect(
          found.some((cond) => pagedBy[sort].test(cond)),
          what,
        ).toBe(true);
    }
  }
}

const sorts = ["newest", "activity", "important", "waiting"] as const;
describe.each(sorts)("every ticket list in the order %s", (sort) => {
  test.each([undefined, "open", "done"] as const)("phase %s", async (phase) => {
    for (const variant of variantsOf(sort, phase)) await check(variant);
  });
});

describe("every other list", () => {
  const statements = new Map<string, Statement>();

  /** The statements as the application sends them: heard on the way to the database, not written down again. */
  beforeAll(async () => {
    const original = pg.Client.prototype.query as (...values: unknown[]) => unknown;
    pg.Client.prototype.query = function heard(this: pg.Client, ...values: unknown[]) {
      const [query] = values as [{ name?: string; text?: string } | undefined];
      if (query?.name && query.text) statements.set(query.name, { name: query.name, text: query.text });
      return original.apply(this, values);
    } as typeof pg.Client.prototype.query;
    try {
      const id = toPublicId("ticket", ticketId);
      await t.client.tickets.get({ params: { id } });
      await t.client.tickets.events({ params: { id } });
      await t.client.messages.list({ params: { id } });
      await t.client.tickets.counts();
      await t.client.events.list({ query: { limit: 10 } });
      await t.client.followers.list({ params: { id } });
      await t.client.links.list({ params: { id } });
      await t.client.confirmations.list({ params: { id } });
      await t.client.contacts.get({ params: { id: toPublicId("contact", contact) } });
      await t.client.contactFields.list();
      await t.client.bulk.list();
      await t.client.webhooks.list();
      const webhook = toPublicId("webhook", contact);
      for (const query of [{}, { webhook }, { ticket: id }, { state: "failed" }] as const)
        await t.client.webhooks.deliveries({ query });
      const strange = toPublicId("message", contact);
      const split = { params: { id, message: strange }, body: { subject: "…" } };
      await t.client.merging.split(split).catch(() => undefined);
      const { listConversation } = await import("./modules/channels/conversation.ts");
      await listConversation(t.db.in(t.workspaceId), t.workspaceId, [identity]);
      const { listBegun, listDrafts } = await import("./modules/drafts/queries.ts");
      await t.db.in(t.workspaceId).query(listBegun, [t.workspaceId, member, [t.projectId], null, null, 51]);
      await listDrafts(t.db.in(t.workspaceId), { workspaceId: t.workspaceId, id: member }, ticketId);
      const { createFirstAnswers } = await import("./modules/channels/first-answers.ts");
      const channel = { id: identity, workspaceId: t.workspaceId, project: { id: t.projectId } };
      await createFirstAnswers({ db: t.db, clock: t.clock })(channel);
    } finally {
      pg.Client.prototype.query = original as typeof pg.Client.prototype.query;
    }
  });

  const cases: [string, () => unknown[], [string, RegExp[]]][] = [
    [
      "tickets.find",
      () => [t.workspaceId, [t.projectId], ticketId],
      ["tickets", [/workspace_id/u, /\bid =/u]],
    ],
    [
      "tickets.list_events",
      () => [t.workspaceId, ticketId, 100, 51],
      ["ticket_events", [/workspace_id/u, /ticket_id/u, /seq </u]],
    ],
    [
      "messages.list",
      () => [t.workspaceId, ticketId, 100, 51],
      ["messages", [/workspace_id/u, /ticket_id/u, /seq </u]],
    ],
    ["bulk.list_own", () => [t.workspaceId, member], ["bulks", [/workspace_id/u, /actor_id/u]]],
    [
      "webhooks.list",
      () => [t.workspaceId, [t.projectId], false, new Date()],
      ["webhook", [/workspace_id/u]],
    ],
    [
      "webhooks.list_deliveries_",
      () => [t.workspaceId, [t.projectId], false, ticketId, 51],
      ["webhook_deliveries", [/workspace_id/u, /\bid </u]],
    ],
    [
      "webhooks.list_deliveries_failed",
      () => [t.workspaceId, [t.projectId], false, ticketId, 51],
      ["webhook_deliveries", [/workspace_id/u, /\bid </u]],
    ],
    [
      "webhooks.list_deliveries_webhook",
      () => [t.workspaceId, [t.projectId], false, ticketId, 51, contact],
      ["webhook_deliveries", [/workspace_id/u, /webhook_id/u]],
    ],
    [
      "webhooks.list_deliveries_ticket",
      () => [t.workspaceId, [t.projectId], false, ticketId, 51, ticketId],
      ["webhook_deliveries", [/workspace_id/u, /ticket_id/u]],
    ],
    ["merging.list_all", () => [t.workspaceId, ticketId], ["messages", [/workspace_id/u, /ticket_id/u]]],
    [
      "drafts.list",
      () => [t.workspaceId, member, [t.projectId], null, null, 51],
      ["drafts", [/workspace_id/u, /member_id/u]],
    ],
    [
      "drafts.list_of_ticket",
      () => [t.workspaceId, member, ticketId],
      ["drafts", [/workspace_id/u, /member_id/u]],
    ],
    ["tickets.read_counts", () => [t.workspaceId, [t.projectId]], ["inbox", [/workspace_id/u]]],
    [
      "tickets.completed_today",
      () => [t.workspaceId, member, new Date(), "UTC"],
      ["tickets", [/workspace_id/u, /completed_by/u, /completed_at/u]],
    ],
    [
      "journal.read_workspace_after",
      () => [t.workspaceId, 100, 51],
      ["journal", [/workspace_id/u, /position/u]],
    ],
    [
      "followers.list",
      () => [t.workspaceId, ticketId],
      ["ticket_followers", [/workspace_id/u, /ticket_id/u]],
    ],
    [
      "ticket_links.list",
      () => [t.workspaceId, [t.projectId], ticketId],
      ["ticket_links", [/workspace_id/u, /other_id/u]],
    ],
    [
      "confirmations.list",
      () => [t.workspaceId, null, ticketId],
      ["confirmations", [/workspace_id/u, /ticket_id/u]],
    ],
    [
      "contacts.find",
      () => [t.workspaceId, [t.projectId], contact],
      ["contacts", [/workspace_id/u, /\bid =/u]],
    ],
    [
      "contact_fields.list",
      () => [t.workspaceId, [t.projectId]],
      ["contact_fields", [/workspace_id/u, /project_id/u]],
    ],
    [
      "channels.list_conversation",
      () => [t.workspaceId, [identity], null, 51],
      ["tickets", [/workspace_id/u, /identity_id/u]],
    ],
    [
      "channels.find_latest_state",
      () => [t.workspaceId, [identity]],
      ["tickets", [/workspace_id/u, /identity_id/u]],
    ],
    [
      "channels.list_first_answers",
      () => [t.workspaceId, t.projectId, identity, new Date()],
      ["tickets", [/workspace_id/u, /project_id/u, /phase/u]],
    ],
  ];
  test.each(cases)("%s", async (name, values, [table, patterns]) => {
    const heard = statements.get(name);
    expect(heard, "the application sent it").toBeDefined();
    const nodes = await nodesOf(heard as Statement, values());
    noSeqScan(nodes, name);
    const found = conditions(nodes, table);
    expect(
      found.some((cond) => patterns.every((pattern) => pattern.test(cond))),
      `${name}\n${found.join("\n")}`,
    ).toBe(true);
  });
});
