import { fromPublicId } from "@okno/contract";
import type { KindBinding } from "@okno/kit";
import { payoutRoutes } from "../../contract.ts";
import type { PayoutDeps } from "../core/deps.ts";
import { payoutFor, visibleProjects } from "./access.ts";
import { bindTable, command, own, prepared, read } from "./bind.ts";
import { prepareCreation, quotePayout } from "./create.ts";
import { beforeId, earlier, pageOf } from "./cursor.ts";
import { cancelOperation, confirmOperation, resolveOperation, showDestination } from "./moves.ts";
import { listPayouts } from "./payout-queries.ts";
import { presentCallback, presentPayout } from "./present.ts";
import { periodOf } from "./statement.ts";

const byId = ({ params }: { params: { id: string } }) => params.id;

export function payoutBindings(deps: PayoutDeps): KindBinding[] {
  const { ports } = deps;
  return bindTable(payoutRoutes, {
    quote: command((call, tx) => quotePayout(deps, tx, call)),
    // All creations of a desk by one method take from the same balance: one after the other, in one transaction.
    create: prepared(
      ({ body }) => `${body.desk} ${body.method}`,
      (call) => prepareCreation(deps, call),
    ),
    list: read(async ({ principal, query }, db) => {
      const { desk, status, method, cursor, limit } = query;
      const period = periodOf(query);
      const after = beforeId("payout", cursor);
      const rows = await listPayouts(db, principal.workspaceId, {
        projectIds: visibleProjects(principal),
        deskId: desk === undefined ? null : (fromPublicId("desk", desk) ?? null),
        status,
        method,
        from: period.from,
        before: earlier(period.to, after),
        limit: limit + 1,
      });
      return pageOf("payout", rows, limit, presentPayout);
    }),
    get: read(async ({ principal, params }, db) => presentPayout(await payoutFor(db, principal, params.id))),
    events: read(async ({ principal, params, query }, db) => {
      const { workspace_id: workspaceId, id } = await payoutFor(db, principal, params.id);
      return ports.tickets.history(db, { workspaceId, ticketId: id }, query);
    }),
    callbacks: read(async ({ principal, params }, db) => {
      const { workspace_id: workspaceId, id } = await payoutFor(db, principal, params.id);
      return { data: (await ports.callbacks.list(db, { workspaceId, ticketId: id })).map(presentCallback) };
    }),
    confirm: command((call, tx) => confirmOperation(deps, tx, call), byId),
    cancel: command((call, tx) => cancelOperation(deps, tx, call), byId),
    resolve: command((call, tx) => resolveOperation(deps, tx, call), byId),
    destination: own((call) => showDestination(deps, call)),
  });
}
