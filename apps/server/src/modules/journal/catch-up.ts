import type { Database } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { decodeCursor, type Epoch, resolvePlace } from "./cursor.ts";
import { mayReadEvent } from "./policy.ts";
import { type JournalRow, listEpochs, readWorkspaceAfter } from "./queries.ts";

/** A cursor's position in the present journal. @throws invalid_cursor */
export async function positionOf(db: Database, cursor: string): Promise<number> {
  const place = decodeCursor(cursor);
  return resolvePlace(place, await db.system.query<Epoch>(listEpochs));
}

/**
 * Entries of the caller's workspace after a position, within the caller's sight. `position` is how far was read, which may be
 * beyond the last row that may be shown; `more` is false at the end.
 */
export async function readVisibleAfter(
  db: Database,
  principal: Principal,
  after: number,
  limit: number,
): Promise<{ rows: JournalRow[]; position: number; more: boolean }> {
  const rows = await db
    .in(principal.workspaceId)
    .query<JournalRow>(readWorkspaceAfter, [principal.workspaceId, after, limit]);
  return {
    rows: rows.filter((row) => mayReadEvent(principal, row)),
    position: rows.at(-1)?.position ?? after,
    more: rows.length === limit,
  };
}
