import type { QueryOf, routes, SuccessOf, Ticket } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Queryable, statement } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import type { Catalogs } from "../settings/index.ts";
import {
  type FlowOf,
  listTicketsByIds,
  presentTicket,
  type Scope,
  type TicketRow,
  ticketScope,
} from "../tickets/index.ts";
import { type Condition, valuesOf } from "./conditions.ts";
import { type Found, findTickets } from "./find.ts";
import { listHits } from "./hits.ts";
import { decodePlace, type Question, type Sort } from "./pages.ts";
import { type Reader, type Understanding, understand } from "./understand.ts";
import { uuidOf } from "./values.ts";

export type SearchDeps = { clock: Clock; flowOf: FlowOf; catalogs: Catalogs };

type SearchQuery = QueryOf<typeof routes.search.tickets>;
type ListQuery = QueryOf<typeof routes.tickets.list>;

const findNumbered = statement(
  "search.find_numbered",
  "select id from tickets where workspace_id = $1 and number = $2 and project_id = any($3::uuid[])",
);

async function readerOf({ catalogs, clock }: SearchDeps, principal: Principal): Promise<Reader> {
  const scope = ticketScope(principal);
  const catalog = await catalogs.of(principal.workspaceId);
  const [first] = scope.projectIds;
  return {
    scope,
    me: principal.id,
    catalog,
    now: clock.now(),
    timeZone: catalog.projects.get(first ?? "")?.time_zone ?? "UTC",
    seesContacts: principal.scopes === "all" || principal.scopes.has("contacts:read"),
  };
}

/** The projects that are searched: those of the caller, or those among them that were named. */
function narrowed(scope: Scope, conditions: readonly Condition[]): Scope {
  const wanted = valuesOf(conditions, "project_id");
  return wanted ? { ...scope, projectIds: scope.projectIds.filter((id) => wanted.includes(id)) } : scope;
}

function questionOf(
  reader: Reader,
  conditions: readonly Condition[],
  { sort, cursor }: { sort: Sort; cursor: string | undefined },
): Question {
  const place = cursor === undefined ? undefined : decodePlace(cursor, sort);
  return { scope: narrowed(reader.scope, conditions), conditions, sort, place };
}

/** Words too common to be looked for leave nothing to find; operators alone are a list. */
function asksNothing({ terms, conditions }: Understanding): boolean {
  return terms.length === 0 && conditions.length === 0;
}

const nothing: Found = { ids: [], nextCursor: null, total: { value: 0, more: false } };

/** Rows in the order of their ids. */
async function rowsOf(db: Queryable, scope: Scope, ids: readonly string[]): Promise<TicketRow[]> {
  if (ids.length === 0) return [];
  const rows = await listTicketsByIds(db, scope.workspaceId, ids);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The ticket whose number was asked for stands first, whatever else has this number in it. */
async function withNumbered(
  db: Queryable,
  { scope, place }: Question,
  number: number | undefined,
  found: Found,
): Promise<Found> {
  if (number === undefined || number > Number.MAX_SAFE_INTEGER) return found;
  const values = [scope.workspaceId, number, scope.projectIds];
  const [ticket] = await db.query<{ id: string }>(findNumbered, values);
  if (!ticket) return found;
  const others = found.ids.filter((id) => id !== ticket.id);
  return { ...found, ids: place ? others : [ticket.id, ...others] };
}

/** Search as people see it: tickets, where in each the words stand, and how the query was understood. */
export async function searchTickets(
  deps: SearchDeps,
  db: Queryable,
  principal: Principal,
  { q, limit, cursor, project }: SearchQuery,
): Promise<SuccessOf<typeof routes.search.tickets>> {
  const reader = await readerOf(deps, principal);
  const understanding = await understand(db, reader, q);
  const { terms, conditions, marks, understood, number } = understanding;
  const within: Condition[] = project
    ? [{ column: "project_id", values: [uuidOf("project", project)], negated: false }]
    : [];
  const question = questionOf(reader, [...within, ...conditions], { sort: "activity", cursor });
  const found = asksNothing(understanding)
    ? nothing
    : await withNumbered(db, question, number, await findTickets(db, question, terms, limit));
  const rows = await rowsOf(db, question.scope, found.ids);
  const hits = await listHits(db, rows, {
    terms,
    marks,
    projectIds: question.scope.projectIds,
    seesContacts: reader.seesContacts,
  });
  const data = rows.map((row) => ({
    ticket: presentTicket(row, deps.flowOf(row.kind), principal.id),
    hits: hits.get(row.id) ?? [],
  }));
  return { data, nextCursor: found.nextCursor, total: found.total, understood };
}

const combinable = new Set([
  "q",
  "limit",
  "cursor",
  "sort",
  "kind",
  "phase",
  "assignee",
  "project",
  "topic",
  "label",
  "contact",
  "team",
]);

/** Filters that the list knows and search does not: said, never passed over. */
function requireCombinable(query: ListQuery): void {
  const others = Object.entries(query)
    .filter(([name, value]) => value !== undefined && !combinable.has(name))
    .map(([name]) => ({ pointer: `/${name}`, message: "cannot be combined with q" }));
  if (query.team === "mine") others.push({ pointer: "/team", message: "`mine` cannot be combined with q" });
  if (query.sort === "waiting") others.push({ pointer: "/sort", message: "cannot be combined with q" });
  if (others.length > 0) throw refuse("invalid_request", {}, others);
}

const unlessNone = (kind: "topic" | "team", id: string) => (id === "none" ? null : uuidOf(kind, id));

function conditionsOf(query: ListQuery, me: string): Condition[] {
  const one = (
    column: "kind" | "phase" | "project_id" | "topic_id" | "contact_id" | "assignee_id" | "team_id",
    value: string | null,
  ) => ({ column, values: [value], negated: false }) satisfies Condition;
  const { kind, phase, project, topic, contact, assignee, label, team } = query;
  const assigneeId = assignee === "none" ? null : assignee === "me" ? me : uuidOf("member", assignee ?? "");
  return [
    ...(kind === undefined ? [] : [one("kind", kind)]),
    ...(phase === undefined ? [] : [one("phase", phase)]),
    ...(project === undefined ? [] : [one("project_id", uuidOf("project", project))]),
    ...(topic === undefined ? [] : [one("topic_id", unlessNone("topic", topic))]),
    ...(contact === undefined ? [] : [one("contact_id", uuidOf("contact", contact))]),
    ...(assignee === undefined ? [] : [one("assignee_id", assigneeId)]),
    ...(team === undefined ? [] : [one("team_id", unlessNone("team", team))]),
    ...(label === undefined ? [] : [{ labels: [label], negated: false }]),
  ];
}

/** `q` of the list of tickets: the same matching, as a page of that list. @throws invalid_request with a filter search does not have */
export async function listFoundTickets(
  deps: SearchDeps,
  db: Queryable,
  principal: Principal,
  query: ListQuery & { q: string },
): Promise<{ data: Ticket[]; nextCursor: string | null }> {
  requireCombinable(query);
  const reader = await readerOf(deps, principal);
  const understanding = await understand(db, reader, query.q);
  const conditions = [...conditionsOf(query, principal.id), ...understanding.conditions];
  const sort = (query.sort ?? "newest") as Sort;
  const question = questionOf(reader, conditions, { sort, cursor: query.cursor });
  const found = asksNothing(understanding)
    ? nothing
    : await findTickets(db, question, understanding.terms, query.limit);
  const rows = await rowsOf(db, question.scope, found.ids);
  const data = rows.map((row) => presentTicket(row, deps.flowOf(row.kind), principal.id));
  return { data, nextCursor: found.nextCursor };
}
