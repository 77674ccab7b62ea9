import { fromPublicId, type IdKind, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import { afterAll } from "./desk-queries.ts";

/** A list that runs by id has the last one for its cursor. @throws invalid_cursor */
export function beforeId(kind: IdKind, cursor: string | undefined): string {
  if (cursor === undefined) return afterAll;
  const id = fromPublicId(kind, cursor);
  if (id === undefined) throw refuse("invalid_cursor");
  return id;
}

/** The smaller of two ids: ids made earlier sort first. */
export function earlier(one: string, other: string): string {
  return [one, other].sort()[0] ?? one;
}

/** One page; `rows` has one more than `limit` where there is a next one. */
export function pageOf<Row extends { id: string }, T>(
  kind: IdKind,
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => T,
): { data: T[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { data: shown.map(present), nextCursor: last ? toPublicId(kind, last.id) : null };
}
