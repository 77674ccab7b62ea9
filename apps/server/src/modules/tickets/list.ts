import { type Condition, fromPublicId, type QueryOf, type routes } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Queryable } from "../../platform/database.ts";
import type { Reader } from "./conditions.ts";
import { inOrder, type Plan, plansFor, type Sort } from "./plan.ts";
import type { Scope } from "./queries.ts";
import type { TicketRow } from "./row.ts";
import { horizonStatement, type ListCursor, mostSorted, pageStatement, probeStatement } from "./walk.ts";

export type ListQuery = QueryOf<typeof routes.tickets.list>;

/** What a saved view contributes to a list. */
export type ViewOfList = { condition: Condition; sort: Sort };

/** What is asked, by whom, within what. */
export type ListInput = { query: ListQuery; scope: Scope; reader: Reader; view?: ViewOfList | undefined };

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

const minutes = (amount: number) => ({ amount, unit: "minutes" }) as const;

/** The filters of the address as a condition: one compiler serves them and saved views alike. */
export function conditionOf(query: ListQuery): Condition {
  const all: Condition[] = [];
  const { assignee, unansweredFor, unansweredUnder } = query;
  if (query.phase) all.push({ field: "phase", op: "is", value: [query.phase] });
  if (query.project) all.push({ field: "project", op: "is", value: [query.project] });
  if (query.kind) all.push({ field: "kind", op: "is", value: [query.kind] });
  if (assignee === "none") all.push({ field: "assignee", op: "empty" });
  else if (assignee) all.push({ field: "assignee", op: "is", value: [assignee] });
  if (query.topic === "none") all.push({ field: "topic", op: "empty" });
  else if (query.topic) all.push({ field: "topic", op: "is", value: [query.topic] });
  if (query.label) all.push({ field: "label", op: "is", value: [query.label] });
  if (query.contact) all.push({ field: "contact", op: "is", value: [query.contact] });
  if (query.following) all.push({ field: "follower", op: "is", value: [query.following] });
  if (query.team === "none") all.push({ field: "team", op: "empty" });
  else if (query.team) all.push({ field: "team", op: "is", value: [query.team] });
  if (unansweredFor !== undefined)
    all.push({ field: "waiting", op: "longerThan", value: minutes(unansweredFor) });
  if (unansweredUnder !== undefined)
    all.push({ field: "waiting", op: "shorterThan", value: minutes(unansweredUnder) });
  return { all };
}

/** The whole condition of a list: what the address says, within the view it names. */
export function conditionOfList({ query, view }: Pick<ListInput, "query" | "view">): Condition {
  const own = conditionOf(query);
  return view ? { all: [view.condition, own] } : own;
}

export function sortOf({ query, view }: Pick<ListInput, "query" | "view">): Sort {
  return query.sort ?? view?.sort ?? "newest";
}

// A topic in the address is that topic alone; in a view it is the topic with those under it.
function exactly(reader: Reader, query: ListQuery): Reader {
  const id = query.topic && fromPublicId("topic", query.topic);
  return id
    ? { ...reader, topicsWithin: (topic) => (topic === id ? [id] : reader.topicsWithin(topic)) }
    : reader;
}

/** The ways to read a list, the best first. */
export function plansOf(input: ListInput): Plan[] {
  const { scope, query, reader } = input;
  return plansFor(conditionOfList(input), scope, exactly(reader, query), sortOf(input));
}

/** The first plan whose index has the order, or has few enough rows to be sorted. */
async function choosePlan(db: Queryable, plans: readonly Plan[], sort: Sort): Promise<Plan> {
  for (const plan of plans) {
    if (inOrder(plan, sort)) return plan;
    const probe = probeStatement(plan, sort);
    const [found] = await db.query<{ n: number }>(probe.statement, probe.values);
    if ((found?.n ?? 0) <= mostSorted) return plan;
  }
  throw new Error("a list has no plan");
}

type Keys = { id: string; weight: number; activity_key: string; waiting_key: string | null };
export type ListedTicket = TicketRow & Keys;

const cursorAt = (sort: Sort, { id, weight, activity_key, waiting_key }: Keys): ListCursor => ({
  sort,
  id,
  at: sort === "waiting" ? (waiting_key ?? activity_key) : activity_key,
  weight,
});

const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);

/** Does `a` stand before or at `b` in this order? */
function reaches(sort: Sort, a: Keys, b: Keys): boolean {
  if (sort === "newest") return a.id >= b.id;
  if (sort === "waiting")
    return (compare(a.waiting_key ?? "", b.waiting_key ?? "") || compare(a.id, b.id)) <= 0;
  const byWeight = sort === "important" ? compare(b.weight, a.weight) : 0;
  return (byWeight || compare(b.activity_key, a.activity_key) || compare(b.id, a.id)) <= 0;
}

export type ListPage = { rows: ListedTicket[]; nextCursor: string | null };

/**
 * One page of the tickets the scope may see. Where a condition is rare the page may be short or empty and still have a cursor: it
 * looked at a bounded number of rows and says how far it came.
 */
export async function listTickets(db: Queryable, input: ListInput): Promise<ListPage> {
  const { query } = input;
  const sort = sortOf(input);
  const cursor = query.cursor === undefined ? undefined : decodeListCursor(query.cursor, sort);
  const plan = await choosePlan(db, plansOf(input), sort);
  const page = { plan, sort, cursor };
  const { statement, values } = pageStatement(page, query.limit + 1);
  const rows = await db.query<ListedTicket>(statement, values);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  if (rows.length > query.limit && last)
    return { rows: shown, nextCursor: encodeListCursor(cursorAt(sort, last)) };
  const further = horizonStatement(page);
  const [horizon] = further ? await db.query<Keys>(further.statement, further.values) : [];
  if (!horizon) return { rows: shown, nextCursor: null };
  return {
    rows: shown.filter((row) => reaches(sort, row, horizon)),
    nextCursor: encodeListCursor(cursorAt(sort, horizon)),
  };
}
