import { refuse } from "@okno/kit";
import { sql } from "kysely";
import { compose } from "../../platform/compose.ts";
import type { Scope } from "../tickets/index.ts";
import { type Column, type Condition, fitting, type Part, valuesOf, within } from "./conditions.ts";
import type { Term } from "./terms.ts";

export type Sort = "newest" | "activity" | "important";

/** Where a page ended, and how many tickets were shown up to there. Instants with the microseconds the database keeps. */
export type Place = { sort: Sort; id: string; at: string; weight: number; seen: number };

export function encodePlace(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;
const instant = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00$/u;
const isCount = (value: unknown) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;

/** @throws invalid_cursor for anything no search issued for this sort. */
export function decodePlace(text: string, sort: Sort): Place {
  try {
    const place = JSON.parse(Buffer.from(text, "base64url").toString()) as Place;
    const { id, at, weight, seen } = place;
    const shaped = typeof id === "string" && uuid.test(id) && typeof at === "string" && instant.test(at);
    if (shaped && place.sort === sort && isCount(weight) && isCount(seen)) return place;
  } catch {
    // Falls through: every way of being wrong has the one answer.
  }
  throw refuse("invalid_cursor");
}

const orders: Record<Sort, Part> = {
  newest: sql`id desc`,
  activity: sql`activity_at desc, id desc`,
  important: sql`weight desc, activity_at desc, id desc`,
};
const phases = ["open", "waiting", "done"];
const keys = sql`id, activity_at, weight,
  to_char(activity_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00' as at`;

function after(sort: Sort, place: Place | undefined): Part {
  if (!place) return sql`true`;
  const { id, at, weight } = place;
  if (sort === "newest") return sql`id < ${id}::uuid`;
  if (sort === "activity") return sql`(activity_at, id) < (${at}::timestamptz, ${id}::uuid)`;
  return sql`(weight, activity_at, id) < (${weight}::int, ${at}::timestamptz, ${id}::uuid)`;
}

/** Each has an index that leads with it and the phase; where none is given, projects are walked. */
const walkable: readonly Column[] = ["contact_id", "assignee_id", "topic_id"];

export type Question = {
  scope: Scope;
  conditions: readonly Condition[];
  sort: Sort;
  place: Place | undefined;
};
export type KeyRow = { id: string; at: string; weight: number };

/**
 * Tickets in order, from ranges of indexes: so many in all, whether they fit or not, so that a page costs the same however rare
 * what fits is. Each row says whether it does.
 */
export function walkStatement({ scope, conditions, sort, place }: Question, limit: number) {
  const column = walkable.find((each) => valuesOf(conditions, each)) ?? "project_id";
  const ranges = column === "project_id" ? scope.projectIds : (valuesOf(conditions, column) ?? []);
  const inPhases = valuesOf(conditions, "phase") ?? phases;
  return compose(
    "search.walk",
    sql`select id, at, weight, (project_id = any(${[...scope.projectIds]}::uuid[]) and ${fitting(conditions)}) as fits
      from unnest(${[...new Set(ranges)]}::uuid[]) as r (range_id) cross join unnest(${[...new Set(inPhases)]}::text[]) as ph (range_phase)
      cross join lateral (
        select ${keys}, project_id, phase, kind, topic_id, assignee_id, team_id, channel_id, contact_id, labels from tickets
        where workspace_id = ${scope.workspaceId}::uuid and ${sql.ref(column)} = range_id and phase = range_phase
          and ${after(sort, place)} and ${within(conditions)}
        order by ${orders[sort]} limit ${limit}
      ) s order by ${orders[sort]} limit ${limit}`,
  );
}

/**
 * Tickets in which all terms are found, from the index of words: a page of them, and how many there are up to the cap. Where the first
 * term stands in more than `readCap` texts, one row alone that says so.
 */
export function candidatesStatement(
  { scope, conditions, sort, place }: Question,
  terms: readonly Term[],
  { limit, countCap, readCap }: { limit: number; countCap: number; readCap: number },
) {
  const words = terms.map((term) => term.words);
  const people = terms.map((term) => term.people);
  const negated = terms.map((term) => term.negated);
  const projects = [...scope.projectIds];
  return compose(
    "search.candidates",
    sql`with led as materialized (
        select search_candidates(${scope.workspaceId}::uuid, ${projects}::uuid[], ${words}::tsquery[], ${people}::tsquery[], ${negated}::boolean[], ${readCap}::int) as id
      ), eligible as materialized (
        select ${keys} from tickets where workspace_id = ${scope.workspaceId}::uuid and project_id = any(${projects}::uuid[])
          and id in (select id from led where id is not null)
          and ${fitting(conditions)}
      )
      select * from (
        select id, at, weight, (select count(*)::int from (select from eligible limit ${countCap + 1}) c) as total, false as too_many
        from eligible where ${after(sort, place)} order by ${orders[sort]} limit ${limit}
      ) page
      union all select null, null, null, null, true from led where id is null`,
  );
}
