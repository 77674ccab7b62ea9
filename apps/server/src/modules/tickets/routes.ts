import { fromPublicId, type QueryOf, routes, type SuccessOf, type TicketAction } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Queryable } from "../../platform/database.ts";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import { type Principal, projectsWith } from "../../platform/http/principal.ts";
import { type ActDeps, actOnTicket, presentFor } from "./act.ts";
import { countTickets } from "./counts.ts";
import { listHistory } from "./history.ts";
import { listTickets, type ViewOfList } from "./list.ts";
import { findTicket, type Scope } from "./queries.ts";
import { readerOf } from "./reader.ts";

export type TicketDeps = ActDeps & {
  poke(): void;
  /** A saved view that the caller may use. @throws not_found */
  findView(db: Queryable, principal: Principal, publicId: string): Promise<ViewOfList>;
  /** Intake's own creation: batched with others, idempotent. */
  create: Parameters<typeof bindTable<typeof routes.tickets>>[1]["create"];
  /** Search's own page, for a list that is asked with `q`. */
  listFound(
    db: Queryable,
    principal: Principal,
    query: QueryOf<typeof routes.tickets.list> & { q: string },
  ): Promise<SuccessOf<typeof routes.tickets.list>>;
};

/** The tickets a caller may see: those of the projects they work in. */
export function ticketScope(principal: Principal): Scope {
  return { workspaceId: principal.workspaceId, projectIds: projectsWith(principal, "operator") };
}

export function ticketBindings(deps: TicketDeps): Binding[] {
  const found = async (db: Parameters<typeof findTicket>[0], principal: Principal, publicId: string) => {
    const row = await findTicket(db, ticketScope(principal), fromPublicId("ticket", publicId) ?? "");
    if (!row) throw refuse("not_found");
    return row;
  };
  return bindTable(routes.tickets, {
    create: deps.create,
    list: read(async ({ principal, query }, db) => {
      const { q } = query;
      if (q !== undefined) return deps.listFound(db, principal, { ...query, q });
      const catalog = await deps.catalogs.of(principal.workspaceId);
      const { rows, nextCursor } = await listTickets(db, {
        query,
        scope: ticketScope(principal),
        reader: readerOf(catalog, principal.id, deps.clock.now()),
        view: query.view === undefined ? undefined : await deps.findView(db, principal, query.view),
      });
      return { data: rows.map((row) => presentFor(deps, principal, row)), nextCursor };
    }),
    counts: read(async ({ principal, query }, db) => {
      const catalog = await deps.catalogs.of(principal.workspaceId);
      const timeZone = [...catalog.projects.values()][0]?.time_zone ?? "UTC";
      return countTickets(
        db,
        ticketScope(principal),
        { id: principal.id, now: deps.clock.now(), timeZone },
        query.project,
      );
    }),
    get: read(async ({ principal, params }, db) =>
      presentFor(deps, principal, await found(db, principal, params.id)),
    ),
    events: read(async ({ principal, params, query }, db) => {
      const ticket = await found(db, principal, params.id);
      return listHistory(db, { workspaceId: principal.workspaceId, ticketId: ticket.id }, query);
    }),
  });
}

export function ticketActionBindings(deps: TicketDeps): Binding[] {
  const bind = <A extends TicketAction>(action: A) =>
    command<(typeof routes.actions)[A]>(async ({ principal, params, body }, tx) => {
      const { id } = params as { id: string };
      const row = await actOnTicket(deps, tx, principal, id, action, body as never);
      tx.afterCommit(deps.poke);
      return presentFor(deps, principal, row) as SuccessOf<(typeof routes.actions)[A]>;
    });
  return bindTable(routes.actions, {
    claim: bind("claim"),
    assign: bind("assign"),
    transfer: bind("transfer"),
    complete: bind("complete"),
    postpone: bind("postpone"),
    reopen: bind("reopen"),
    set: bind("set"),
  });
}
