import { fromPublicId, routes } from "@okno/contract";
import { refuse } from "@okno/kit";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import type { BulkDeps } from "./deps.ts";
import { presentBulk } from "./present.ts";
import { previewBulk } from "./preview.ts";
import { type BulkRow, findOwnBulk, listOwn } from "./queries.ts";
import { cancelBulk, startBulk, undoBulk } from "./start.ts";

export function bulkBindings(deps: BulkDeps): Binding[] {
  return bindTable(routes.bulk, {
    preview: read(({ principal, body }, db) => previewBulk(deps, db, principal, body)),
    start: command(({ principal, body }, tx) => startBulk(deps, tx, principal, body)),
    list: read(async ({ principal }, db) => {
      const rows = await db.query<BulkRow>(listOwn, [principal.workspaceId, principal.id]);
      return { data: await Promise.all(rows.map((row) => presentBulk(db, row))) };
    }),
    get: read(async ({ principal, params }, db) => {
      const id = fromPublicId("bulk", params.id) ?? "";
      const key = { workspaceId: principal.workspaceId, id, actorId: principal.id };
      const row = await findOwnBulk(db, key);
      if (!row) throw refuse("not_found");
      return presentBulk(db, row);
    }),
    cancel: command(({ principal, params }, tx) => cancelBulk(deps, tx, principal, params.id)),
    undo: command(({ principal, params }, tx) => undoBulk(deps, tx, principal, params.id)),
  });
}
