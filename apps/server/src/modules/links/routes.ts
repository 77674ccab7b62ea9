import { fromPublicId, type Relation, routes, type TicketLink, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Queryable, statement, type Transaction } from "../../platform/database.ts";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { findTicket, lockTicket, type Scope, ticketScope } from "../tickets/index.ts";
import { inverse, linkTickets, type Pair, unlinkTickets } from "./link-tickets.ts";

type LinkRow = {
  relation: "related" | "duplicate_of" | "child_of";
  outward: boolean;
  linked_at: Date;
  id: string;
  number: number;
  project_id: string;
  subject: string;
  phase: TicketLink["other"]["phase"];
};

// From both ends. A ticket outside the caller's projects is not there: the same predicate as everywhere. One that was merged into this very
// ticket is no other ticket until it stands by itself again.
const list = statement(
  "ticket_links.list",
  `select l.kind as relation, l.outward, l.linked_at, t.id, t.number, t.project_id, t.subject, t.phase
   from (select kind, true as outward, linked_at, other_id as far_id from ticket_links where workspace_id = $1 and ticket_id = $3
         union all
         select kind, false, linked_at, ticket_id from ticket_links where workspace_id = $1 and other_id = $3) l
   join tickets t on t.workspace_id = $1 and t.id = l.far_id and t.project_id = any($2::uuid[])
     and t.merged_into is distinct from $3
   order by l.linked_at, t.id`,
);

async function listLinks(
  db: Queryable,
  { workspaceId, projectIds }: Scope,
  ticketId: string,
): Promise<TicketLink[]> {
  const rows = await db.query<LinkRow>(list, [workspaceId, projectIds, ticketId]);
  return rows.map((row) => {
    const relation: Relation = row.outward ? row.relation : inverse[row.relation];
    return {
      relation,
      linkedAt: row.linked_at.toISOString(),
      other: {
        id: toPublicId("ticket", row.id),
        number: row.number,
        project: toPublicId("project", row.project_id),
        subject: row.subject,
        phase: row.phase,
      },
    };
  });
}

type PairCall = { principal: Principal; params: { id: string; other: string } };

/** Locks both, the smaller id first, so that two calls upon one pair never wait for each other. @throws not_found for either */
async function lockPair(tx: Transaction, { principal, params }: PairCall): Promise<Pair> {
  const scope = ticketScope(principal);
  const [id = "", otherId = ""] = [params.id, params.other].map((each) => fromPublicId("ticket", each));
  const rows = new Map<string, Pair["ticket"]>();
  for (const each of [id, otherId].sort()) {
    const row = await lockTicket(tx, scope, each);
    if (!row) throw refuse("not_found");
    rows.set(each, row);
  }
  const [ticket, other] = [rows.get(id), rows.get(otherId)];
  if (!ticket || !other) throw refuse("not_found");
  return { ticket, other };
}

export function linkBindings({ clock, poke }: { clock: Clock; poke(): void }): Binding[] {
  const byOf = ({ kind, id }: Principal) => ({ actor: { kind, id }, now: clock.now() });
  return bindTable(routes.links, {
    list: read(async ({ principal, params }, db) => {
      const scope = ticketScope(principal);
      const ticket = await findTicket(db, scope, fromPublicId("ticket", params.id) ?? "");
      if (!ticket) throw refuse("not_found");
      return { data: await listLinks(db, scope, ticket.id) };
    }),
    put: command(async (call, tx) => {
      const pair = await lockPair(tx, call);
      await linkTickets(tx, pair, call.body.relation, byOf(call.principal));
      tx.afterCommit(poke);
      return { data: await listLinks(tx, ticketScope(call.principal), pair.ticket.id) };
    }),
    remove: command(async (call, tx) => {
      const pair = await lockPair(tx, call);
      await unlinkTickets(tx, pair, byOf(call.principal));
      tx.afterCommit(poke);
      return { data: await listLinks(tx, ticketScope(call.principal), pair.ticket.id) };
    }),
  });
}
