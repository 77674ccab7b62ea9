import { fromPublicId, routes, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import type { Queryable } from "../../platform/database.ts";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { ticketScope } from "../tickets/index.ts";
import { dropDraft, getDraft, keepDraft, survivorOf } from "./drafts.ts";
import { type BegunRow, presentBegun } from "./present.ts";
import { listBegun } from "./queries.ts";

/** The place in a list by time: an instant and the ticket. @throws invalid_cursor */
function placeOf(cursor: string | undefined): [string, string] | [null, null] {
  if (cursor === undefined) return [null, null];
  const [ms = "", ticket = ""] = cursor.split(".");
  const id = fromPublicId("ticket", ticket);
  if (!id || !/^\d{1,15}$/u.test(ms)) throw refuse("invalid_cursor");
  return [new Date(Number(ms)).toISOString(), id];
}

const cursorOf = (row: BegunRow) => `${row.updated_at.getTime()}.${toPublicId("ticket", row.ticket_id)}`;

async function underSurvivor(db: Queryable, principal: Principal, row: BegunRow): Promise<BegunRow> {
  if (!row.merged_into) return row;
  const { id, number, subject } = await survivorOf(db, principal, row.ticket_id);
  return { ...row, ticket_id: id, number, subject };
}

export function draftBindings({ clock }: { clock: Clock }): Binding[] {
  return bindTable(routes.drafts, {
    list: read(async ({ principal, query }, db) => {
      const rows = await db.query<BegunRow>(listBegun, [
        principal.workspaceId,
        principal.id,
        ticketScope(principal).projectIds,
        ...placeOf(query.cursor),
        query.limit + 1,
      ]);
      const page = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? page.at(-1) : undefined;
      const data = await Promise.all(page.map((row) => underSurvivor(db, principal, row)));
      return { data: data.map(presentBegun), nextCursor: last ? cursorOf(last) : null };
    }),
    get: read(({ principal, params }, db) => getDraft(db, principal, params.id)),
    put: command(({ principal, params, body }, tx) =>
      keepDraft(clock, tx, principal, { publicId: params.id, input: body }),
    ),
    remove: command(({ principal, params }, tx) => dropDraft(tx, principal, params.id)),
  });
}
