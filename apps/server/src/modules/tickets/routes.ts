import { fromPublicId, type QueryOf, routes, type SuccessOf, type TicketAction } from "@okno/contract";
import { refuse } from "@okno/kit";
import { type Queryable, statement } from "../../platform/database.ts";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import { type Principal, projectsWith } from "../../platform/http/principal.ts";
import { presentActor } from "../journal/index.ts";
import { type ActDeps, actOnTicket, presentFor } from "./act.ts";
import { countTickets } from "./counts.ts";
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

// A customer's own words about how it went are not part of the history: they stand beside it, and are shown with it.
const listEvents = statement(
  "tickets.list_events",
  `select e.seq, e.type, e.actor_kind, e.actor_id, coalesce(c.name, m.name, k.name) as actor_name, e.at,
     case when r.words is null then e.data else e.data || jsonb_build_object('words', r.words) end as data
   from ticket_events e
   left join ratings r on e.type = 'ticket.rated' and r.workspace_id = e.workspace_id and r.ticket_id = e.ticket_id and r.seq = e.seq
   left join contacts c on e.actor_kind = 'contact' and c.workspace_id = e.workspace_id and c.id = e.actor_id
   left join members m on e.actor_kind = 'member' and m.workspace_id = e.workspace_id and m.id = e.actor_id
   left join api_keys k on e.actor_kind = 'key' and k.workspace_id = e.workspace_id and k.id = e.actor_id
   where e.workspace_id = $1 and e.ticket_id = $2 and e.seq < $3 order by e.seq desc limit $4`,
);

type EventRow = {
  seq: number;
  type: string;
  actor_kind: "contact" | "member" | "key" | "system";
  actor_id: string | null;
  actor_name: string | null;
  at: Date;
  data: Record<string, unknown>;
};

/** A list that runs by `seq` has it for its cursor. @throws invalid_cursor */
export function seqCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 2 ** 31 - 1;
  if (!/^[1-9]\d{0,9}$/u.test(cursor)) throw refuse("invalid_cursor");
  return Math.min(Number(cursor), 2 ** 31 - 1);
}

/** One page of rows that run by `seq`, newest first; `rows` has one more than `limit` when there is a next page. */
export function seqPage<Row extends { seq: number }, T>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => T,
): { data: T[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  return { data: shown.map(present), nextCursor: rows.length > limit ? String(shown.at(-1)?.seq) : null };
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
      const rows = await db.query<EventRow>(listEvents, [
        principal.workspaceId,
        ticket.id,
        seqCursor(query.cursor),
        query.limit + 1,
      ]);
      return seqPage(rows, query.limit, (row): SuccessOf<typeof routes.tickets.events>["data"][number] => ({
        cursor: null,
        type: row.type,
        ticket: params.id,
        seq: row.seq,
        actor: presentActor(row),
        at: row.at.toISOString(),
        data: row.data,
      }));
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
