import { type BulkMatch, fromPublicId } from "@okno/contract";
import type { Database, Queryable } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { listTickets, readerOf, type TicketDeps, ticketScope } from "../tickets/index.ts";

export type BulkDeps = TicketDeps & { db: Database };

/** At most so many tickets a bulk. */
export const mostTickets = 10_000;
const pageSize = 500;
const foundPageSize = 100;

type Ids = { ids: string[]; capped: boolean };

async function collect(
  readPage: (cursor: string | undefined) => Promise<{ ids: string[]; nextCursor: string | null }>,
): Promise<Ids> {
  const ids = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await readPage(cursor);
    for (const id of page.ids) ids.add(id);
    cursor = page.nextCursor ?? undefined;
  } while (cursor && ids.size <= mostTickets);
  return { ids: [...ids].slice(0, mostTickets), capped: ids.size > mostTickets };
}

const uuidsOf = (ids: readonly string[]) => ids.flatMap((id) => fromPublicId("ticket", id) ?? []);

/** The tickets a bulk is about, read through the very list the caller sees: nothing else could be within their sight. */
export async function matching(
  deps: BulkDeps,
  db: Queryable,
  principal: Principal,
  match: BulkMatch,
): Promise<Ids> {
  if ("ids" in match) return { ids: [...new Set(uuidsOf(match.ids))], capped: false };
  const { q, ...query } = match.list;
  if (q !== undefined)
    return collect(async (cursor) => {
      const asked = { ...query, q, limit: foundPageSize, ...(cursor && { cursor }) };
      const page = await deps.listFound(db, principal, asked);
      return { ids: uuidsOf(page.data.map(({ id }) => id)), nextCursor: page.nextCursor };
    });
  const catalog = await deps.catalogs.of(principal.workspaceId);
  const view = query.view === undefined ? undefined : await deps.findView(db, principal, query.view);
  const reader = readerOf(catalog, principal.id, deps.clock.now());
  return collect(async (cursor) => {
    const asked = { ...query, limit: pageSize, ...(cursor && { cursor }) };
    const page = await listTickets(db, { query: asked, scope: ticketScope(principal), reader, view });
    return { ids: page.rows.map(({ id }) => id), nextCursor: page.nextCursor };
  });
}
