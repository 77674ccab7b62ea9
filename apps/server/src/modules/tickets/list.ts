import { fromPublicId, type QueryOf, type routes } from "@okno/contract";
import { refuse } from "@okno/kit";
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from "kysely";
import { type Queryable, type Statement, statement } from "../../platform/database.ts";
import type { Scope } from "./queries.ts";
import { type TicketRow, ticketColumns, ticketJoins } from "./row.ts";

type Query = QueryOf<typeof routes.tickets.list>;
type Part = RawBuilder<unknown>;

// Kysely only composes and compiles here: parameters stay parameters, however the filters combine.
const composer = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

type Sort = Query["sort"];
const orders: Record<Sort, string> = {
  newest: "id desc",
  activity: "activity_at desc, id desc",
  important: "weight desc, activity_at desc, id desc",
};
const phases = ["open", "waiting", "done"] as const;

/** Where a page ended: the sort keys of its last row. Instants with the microseconds the database keeps. */
export type ListCursor = { sort: Sort; id: string; at?: string; weight?: number };

export function encodeListCursor(cursor: ListCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;
const instant = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00$/u;

/** @throws invalid_cursor for anything this list did not issue for this sort. */
export function decodeListCursor(text: string, sort: Sort): ListCursor {
  try {
    const cursor = JSON.parse(Buffer.from(text, "base64url").toString()) as Partial<ListCursor>;
    const { id, at, weight } = cursor;
    const shaped = typeof id === "string" && uuid.test(id) && cursor.sort === sort;
    const timed = sort === "newest" || (typeof at === "string" && instant.test(at));
    const weighed = sort !== "important" || Number.isInteger(weight);
    if (shaped && timed && weighed) return cursor as ListCursor;
  } catch {
    // Falls through: every way of being wrong has the one answer.
  }
  throw refuse("invalid_cursor");
}

function after(cursor: ListCursor | undefined): Part {
  if (!cursor) return sql`true`;
  if (cursor.sort === "newest") return sql`id < ${cursor.id}::uuid`;
  if (cursor.sort === "activity")
    return sql`(activity_at, id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`;
  return sql`(weight, activity_at, id) < (${cursor.weight}::int, ${cursor.at}::timestamptz, ${cursor.id}::uuid)`;
}

// Among tickets without weight the cursor's weight says all or nothing; the rest is a range of the index by activity.
function afterUnweighted(cursor: ListCursor | undefined): Part {
  if (!cursor || (cursor.weight ?? 0) > 0) return sql`true`;
  if ((cursor.weight ?? 0) < 0) return sql`false`;
  return sql`(activity_at, id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`;
}

type Filter = { query: Query; scope: Scope; me: string; cursor: ListCursor | undefined };

function publicId(kind: Parameters<typeof fromPublicId>[0], id: string): string {
  return fromPublicId(kind, id) ?? "";
}

// Conditions that some index serves by itself: few rows, filtered and sorted after. Labels are not among them: `@>` is not
// leakproof, so under the workspace's policy no GIN index may serve it; the ordered ranges below are walked and filtered instead.
function narrow({ query, me }: Filter): Part | undefined {
  if (query.contact) return sql`contact_id = ${publicId("contact", query.contact)}::uuid`;
  if (query.topic) return sql`topic_id = ${publicId("topic", query.topic)}::uuid`;
  if (query.assignee && query.assignee !== "none") {
    return sql`assignee_id = ${query.assignee === "me" ? me : publicId("member", query.assignee)}::uuid`;
  }
  return undefined;
}

function common({ query, me }: Filter): Part {
  const parts: Part[] = [];
  if (query.kind) parts.push(sql`kind = ${query.kind}`);
  if (query.assignee === "none") parts.push(sql`assignee_id is null`);
  else if (query.assignee)
    parts.push(sql`assignee_id = ${query.assignee === "me" ? me : publicId("member", query.assignee)}::uuid`);
  if (query.topic) parts.push(sql`topic_id = ${publicId("topic", query.topic)}::uuid`);
  if (query.label) parts.push(sql`labels @> array[${query.label}]::text[]`);
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
}

function projectsOf({ query, scope }: Filter): readonly string[] {
  if (!query.project) return scope.projectIds;
  const id = publicId("project", query.project);
  return scope.projectIds.includes(id) ? [id] : [];
}

// One index range a project and phase, each already in order and cut to a page, then merged: the cost of a page does not depend on
// how many tickets there are.
function byRange(filter: Filter, limit: number, extra: Part, past = after(filter.cursor)): Part {
  const { query, scope } = filter;
  const wanted = query.phase ? [query.phase] : phases;
  return sql`select s.id from unnest(${projectsOf(filter)}::uuid[]) as p (id) cross join unnest(${wanted}::text[]) as ph (phase)
    cross join lateral (
      select id, activity_at, weight from tickets
      where workspace_id = ${scope.workspaceId}::uuid and project_id = p.id and phase = ph.phase
        and ${past} and ${common(filter)} and ${extra}
      order by ${sql.raw(orders[query.sort])} limit ${limit}
    ) s order by ${sql.raw(orders[query.sort].replaceAll(/(\w+) desc/gu, "s.$1 desc"))} limit ${limit}`;
}

function byNarrow(filter: Filter, condition: Part, limit: number): Part {
  const { query, scope, cursor } = filter;
  const wanted = query.phase ? [query.phase] : phases;
  return sql`select id from tickets where workspace_id = ${scope.workspaceId}::uuid and ${condition}
    and phase = any(${wanted}::text[]) and project_id = any(${projectsOf(filter)}::uuid[]) and ${after(cursor)} and ${common(filter)}
    order by ${sql.raw(orders[query.sort])} limit ${limit}`;
}

function page(filter: Filter, limit: number): Part {
  const condition = narrow(filter);
  if (condition) return byNarrow(filter, condition, limit);
  if (filter.query.sort !== "important") return byRange(filter, limit, sql`true`);
  // Few tickets carry a weighted label: they have an index of their own, and everything else is in order of activity.
  const weighted = byRange(filter, limit, sql`weight <> 0`);
  return sql`(${weighted}) union all (${byRange(filter, limit, sql`weight = 0`, afterUnweighted(filter.cursor))})`;
}

/** The list as one statement with its parameters; also what the EXPLAIN test reads. */
export function listStatement(
  filter: Filter,
  limit: number,
): { statement: Statement; values: readonly unknown[] } {
  const { sort } = filter.query;
  const query = sql`select ${sql.raw(ticketColumns)}, to_char(t.activity_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00' as activity_key
    from tickets t ${sql.raw(ticketJoins)} where t.workspace_id = ${filter.scope.workspaceId}::uuid and t.id in (${page(filter, limit)})
    order by ${sql.raw(orders[sort].replaceAll(/(\w+) desc/gu, "t.$1 desc"))} limit ${limit}`;
  const compiled = query.compile(composer);
  return {
    statement: statement(`tickets.list ${shapeOf(compiled.sql)}`, compiled.sql),
    values: compiled.parameters,
  };
}

const shapes = new Map<string, number>();

// A statement's name must stand for one text: each combination of filters gets a number.
function shapeOf(text: string): number {
  const known = shapes.get(text);
  if (known !== undefined) return known;
  shapes.set(text, shapes.size);
  return shapes.size - 1;
}

export type ListedTicket = TicketRow & { activity_key: string };

/** One page of the tickets the scope may see. */
export async function listTickets(
  db: Queryable,
  scope: Scope,
  me: string,
  query: Query,
): Promise<{ rows: ListedTicket[]; nextCursor: string | null }> {
  const cursor = query.cursor === undefined ? undefined : decodeListCursor(query.cursor, query.sort);
  const compiled = listStatement({ query, scope, me, cursor }, query.limit + 1);
  const rows = await db.query<ListedTicket>(compiled.statement, compiled.values);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  if (rows.length <= query.limit || !last) return { rows: shown, nextCursor: null };
  return {
    rows: shown,
    nextCursor: encodeListCursor({
      sort: query.sort,
      id: last.id,
      at: last.activity_key,
      weight: last.weight,
    }),
  };
}
