import { sql } from "kysely";
import { type Composed, compose } from "../../platform/compose.ts";
import type { Part } from "./conditions.ts";
import { inOrder, type Plan, type Sort } from "./plan.ts";
import { ticketColumns, ticketJoins } from "./row.ts";

/** Where a page ended: the sort keys of its last row. Instants with the microseconds the database keeps. */
export type ListCursor = { sort: Sort; id: string; at?: string; weight?: number };

const orders: Record<Sort, string> = {
  newest: "id desc",
  activity: "activity_at desc, id desc",
  important: "weight desc, activity_at desc, id desc",
  waiting: "waiting_since, id",
};

/** The order of a list, over the rows of `alias`. */
export function orderOf(sort: Sort, alias: string): Part {
  return sql.raw(orders[sort].replaceAll(/\w+(?: desc)?(?=,|$)/gu, (column) => `${alias}.${column}`));
}

function after(cursor: ListCursor | undefined): Part {
  if (!cursor) return sql`true`;
  const { sort, id, at, weight } = cursor;
  if (sort === "newest") return sql`id < ${id}::uuid`;
  if (sort === "activity") return sql`(activity_at, id) < (${at}::timestamptz, ${id}::uuid)`;
  if (sort === "waiting") return sql`(waiting_since, id) > (${at}::timestamptz, ${id}::uuid)`;
  return sql`(weight, activity_at, id) < (${weight}::int, ${at}::timestamptz, ${id}::uuid)`;
}

// Among tickets without weight the cursor's weight says all or nothing; the rest is a range of the index by activity.
function afterUnweighted(cursor: ListCursor | undefined): Part {
  if (!cursor || (cursor.weight ?? 0) > 0) return sql`true`;
  if ((cursor.weight ?? 0) < 0) return sql`false`;
  return sql`(activity_at, id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`;
}

/** Rows of an index in order; a list is one stream, or two that are merged. */
type Stream = { where: Part; order: string };

function streamsOf(plan: Plan, sort: Sort, cursor: ListCursor | undefined): Stream[] {
  if ((plan.lead.by === "label" || plan.lead.by === "follower") && sort === "newest")
    return [{ where: cursor ? sql`l.ticket_id < ${cursor.id}::uuid` : sql`true`, order: "l.ticket_id desc" }];
  if (sort !== "important") return [{ where: after(cursor), order: orders[sort] }];
  if (!inOrder(plan, sort)) return [{ where: after(cursor), order: orders.important }];
  // Few tickets carry a weighted label: they have an index of their own, and everything else is in order of activity.
  return [
    { where: sql`weight <> 0 and ${after(cursor)}`, order: orders.important },
    { where: sql`weight = 0 and ${afterUnweighted(cursor)}`, order: orders.activity },
  ];
}

const keyColumn = {
  project: "project_id",
  unanswered: "project_id",
  label: "project_id",
  team: "team_id",
  assignee: "assignee_id",
  topic: "topic_id",
  contact: "contact_id",
} as const satisfies Partial<Record<Plan["lead"]["by"], string>>;

function waitingBounds({ from, to }: NonNullable<Plan["waiting"]>): Part {
  const parts = [sql`waiting_since is not null and phase = 'open'`];
  if (to) parts.push(sql`waiting_since <= ${to}::timestamptz`);
  if (from) parts.push(sql`waiting_since > ${from}::timestamptz`);
  return sql.join(parts, sql` and `);
}

// The rows of one range: the permission scope is in every one of them, whatever leads.
function rangeOf(plan: Plan, { where }: Stream): Part {
  const { lead, scope, projectIds } = plan;
  const workspace = sql`${scope.workspaceId}::uuid`;
  if (lead.by === "label")
    return sql`select tickets.* from ticket_labels l join tickets on tickets.workspace_id = l.workspace_id and tickets.id = l.ticket_id
      where l.workspace_id = ${workspace} and l.project_id = k.key and l.label = ${lead.label} and l.phase = ph.phase
        and ${where}`;
  if (lead.by === "follower")
    return sql`select tickets.* from ticket_followers l join tickets on tickets.workspace_id = l.workspace_id and tickets.id = l.ticket_id
      where l.workspace_id = ${workspace} and l.member_id = k.key and tickets.phase = any(${plan.phases}::text[])
        and tickets.project_id = any(${projectIds}::uuid[]) and ${where}`;
  const byPhase = lead.by === "contact" ? sql`phase = any(${plan.phases}::text[])` : sql`phase = ph.phase`;
  const parts = [
    sql`workspace_id = ${workspace} and ${sql.raw(keyColumn[lead.by])} = k.key`,
    plan.waiting ? waitingBounds(plan.waiting) : byPhase,
    ...(plan.unassigned ? [sql`assignee_id is null and phase <> 'done'`] : []),
    ...(keyColumn[lead.by] === "project_id" ? [] : [sql`project_id = any(${projectIds}::uuid[])`]),
    where,
  ];
  return sql`select * from tickets where ${sql.join(parts, sql` and `)}`;
}

function keysOf({ lead, projectIds }: Plan): readonly string[] {
  return "ids" in lead ? lead.ids : projectIds;
}

/** Where a range holds few rows, one is read for all the phases. */
const readsPhasesAtOnce = ({ lead }: Plan) => lead.by === "contact" || lead.by === "follower";

/** How many ranges are read beside each other. */
function rangesOf(plan: Plan): number {
  return keysOf(plan).length * (readsPhasesAtOnce(plan) ? 1 : plan.phases.length);
}

function overRanges(plan: Plan, lateral: Part): Part {
  const phases = readsPhasesAtOnce(plan) ? plan.phases.slice(0, 1) : plan.phases;
  return sql`unnest(${keysOf(plan)}::uuid[]) as k (key) cross join unnest(${phases}::text[]) as ph (phase)
    cross join lateral (${lateral}) s`;
}

/** Rows looked at for one page or count, over all ranges: what a rare condition may cost. */
const pageBudget = 20_000;
const fewest = 200;

function windowOf(plan: Plan, sort: Sort, budget: number): number {
  return Math.max(fewest, Math.floor(budget / Math.max(1, rangesOf(plan) * (sort === "important" ? 2 : 1))));
}

const keys = sql.raw("id, activity_at, weight, waiting_since");

// The inner query walks the index in order, no further than the window; the outer one filters, and stops as soon as it has enough.
function matching(plan: Plan, sort: Sort, stream: Stream, limit: { rows: number; window: number }): Part {
  const range = rangeOf(plan, stream);
  const order = sql.raw(stream.order);
  if (!plan.filter) return sql`select ${keys} from (${range} order by ${order} limit ${limit.rows}) tickets`;
  const inner = inOrder(plan, sort) ? sql`${range} order by ${order} limit ${limit.window}` : range;
  const outer = sql.raw(stream.order.replace("l.ticket_id", "id"));
  return sql`select ${keys} from (${inner}) tickets where ${plan.filter} order by ${outer} limit ${limit.rows}`;
}

type PageInput = { plan: Plan; sort: Sort; cursor: ListCursor | undefined };

function pageOfIds({ plan, sort, cursor }: PageInput, rows: number): Part {
  const limit = { rows, window: windowOf(plan, sort, pageBudget) };
  const streams = streamsOf(plan, sort, cursor).map(
    (stream) => sql`(select s.* from ${overRanges(plan, matching(plan, sort, stream, limit))})`,
  );
  return sql`select s.id from (${sql.join(streams, sql` union all `)}) s order by ${orderOf(sort, "s")} limit ${rows}`;
}

const keyOf = (alias: string, column: string) =>
  sql.raw(`to_char(${alias}.${column} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00'`);
const cursorKeys = (alias: string) =>
  sql`${keyOf(alias, "activity_at")} as activity_key, ${keyOf(alias, "waiting_since")} as waiting_key`;

/** One page as one statement with its parameters; also what the EXPLAIN test reads. */
export function pageStatement(input: PageInput, rows: number): Composed {
  const { plan, sort } = input;
  return compose(
    "tickets.list",
    sql`select ${sql.raw(ticketColumns)}, ${cursorKeys("t")} from tickets t ${sql.raw(ticketJoins)}
      where t.workspace_id = ${plan.scope.workspaceId}::uuid and t.id in (${pageOfIds(input, rows)})
      order by ${orderOf(sort, "t")} limit ${rows}`,
  );
}

/**
 * How far the page has looked: the row at which the first of its ranges was left, if any was left before its end. The two are separate
 * statements, so rows may come and go between them: a quarter of the window is held back, and looked at again by the next page.
 */
export function horizonStatement({ plan, sort, cursor }: PageInput): Composed | undefined {
  if (!plan.filter || !inOrder(plan, sort)) return undefined;
  const held = Math.floor(windowOf(plan, sort, pageBudget) * 0.75);
  const streams = streamsOf(plan, sort, cursor).map((stream) => {
    const range = rangeOf(plan, stream);
    const last = sql`select ${keys} from (${range} order by ${sql.raw(stream.order)} offset ${held} limit 1) tickets`;
    return sql`(select s.* from ${overRanges(plan, last)})`;
  });
  return compose(
    "tickets.horizon",
    sql`select s.id, s.weight, ${cursorKeys("s")} from (${sql.join(streams, sql` union all `)}) s order by ${orderOf(sort, "s")} limit 1`,
  );
}

/** At most this many rows may be sorted for one page. */
export const mostSorted = 2_000;

function countOver(plan: Plan, sort: Sort, lateral: (range: Part) => Part, limit: number): Part {
  const range = rangeOf(plan, { where: sql`true`, order: orders[sort] });
  return sql`select count(*)::int as n from (select 1 from ${overRanges(plan, lateral(range))} limit ${limit}) x`;
}

/** Whether the rows of a lead are few enough to be sorted: how many, up to one too many. */
export function probeStatement(plan: Plan, sort: Sort): Composed {
  const limit = mostSorted + 1;
  return compose(
    "tickets.probe",
    countOver(plan, sort, (range) => sql`select 1 from (${range} limit ${limit}) tickets`, limit),
  );
}

/** Rows looked at for one count, over all ranges. */
const countBudget = 40_000;

/** How many tickets belong to a list, up to `limit`, looking no further than the budget. */
export function countStatement(plan: Plan, limit: number): Composed {
  const window = windowOf(plan, "newest", countBudget);
  const { filter } = plan;
  const lateral = (range: Part) =>
    filter
      ? sql`select 1 from (${range} limit ${window}) tickets where ${filter} limit ${limit}`
      : sql`select 1 from (${range} limit ${limit}) tickets`;
  return compose("tickets.count", countOver(plan, "newest", lateral, limit));
}

/** Whether such a count looked at less than everything; nothing to ask where nothing was filtered. */
export function countedAllStatement(plan: Plan): Composed | undefined {
  if (!plan.filter) return undefined;
  const window = windowOf(plan, "newest", countBudget);
  return compose(
    "tickets.counted_all",
    countOver(plan, "newest", (range) => sql`select 1 from (${range} offset ${window} limit 1) tickets`, 1),
  );
}
