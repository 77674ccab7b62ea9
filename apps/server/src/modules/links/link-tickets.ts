import { maxLinksPerTicket, type Relation, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import { statement, type Transaction, violatedConstraint } from "../../platform/database.ts";
import type { ActorRef } from "../journal/index.ts";
import { type TicketRow, writeChange } from "../tickets/index.ts";

const replace = statement(
  "ticket_links.delete",
  `delete from ticket_links where workspace_id = $1
     and ((ticket_id = $2 and other_id = $3) or (ticket_id = $3 and other_id = $2)) returning ticket_id, kind`,
);
const insert = statement(
  "ticket_links.insert",
  "insert into ticket_links (workspace_id, ticket_id, other_id, kind, linked_at) values ($1, $2, $3, $4, $5)",
);
const count = statement(
  "ticket_links.count",
  `select ticket_id, count(*)::int as links from (
     select ticket_id from ticket_links where workspace_id = $1 and ticket_id = any($2::uuid[])
     union all select other_id from ticket_links where workspace_id = $1 and other_id = any($2::uuid[])) l
   group by ticket_id`,
);
// Up from the parent-to-be; `union` ends a circle.
const isAncestor = statement(
  "ticket_links.is_ancestor",
  `with recursive up as (
     select $2::uuid as id
     union select l.other_id from up join ticket_links l on l.workspace_id = $1 and l.ticket_id = up.id and l.kind = 'child_of')
   select 1 from up where id = $3`,
);

/** The same link seen from the other ticket. */
export const inverse: Readonly<Record<Relation, Relation>> = {
  related: "related",
  duplicate_of: "duplicated_by",
  duplicated_by: "duplicate_of",
  child_of: "parent_of",
  parent_of: "child_of",
};

type Kind = "related" | "duplicate_of" | "child_of";
type Stored = { from: string; to: string; kind: Kind };

/** How a relation is stored: the narrower side stands first; where both are equal, the smaller id. */
function storedAs(relation: Relation, id: string, other: string): Stored {
  if (relation === "duplicated_by" || relation === "parent_of") return storedAs(inverse[relation], other, id);
  if (relation === "related" && other < id) return { from: other, to: id, kind: relation };
  return { from: id, to: other, kind: relation };
}

/** Both tickets, locked by the caller within its scope. */
export type Pair = { ticket: TicketRow; other: TicketRow };
type By = { actor: ActorRef; now: Date };

/** Tells both tickets; neither moves in the lists. @returns both as they now stand */
async function tell(
  tx: Transaction,
  { ticket, other }: Pair,
  type: "ticket.linked" | "ticket.unlinked",
  relation: Relation,
  { actor, now }: By,
): Promise<Pair> {
  // Where everybody who sees the one sees the other too.
  const shared = ticket.project_id === other.project_id;
  const said = (about: TicketRow, as: Relation) => [
    {
      type,
      actor,
      data: { ticket: toPublicId("ticket", about.id), relation: as, ...(shared && { number: about.number }) },
    },
  ];
  return {
    ticket: await writeChange(tx, ticket, ticket, said(other, relation), now),
    other: await writeChange(tx, other, other, said(ticket, inverse[relation]), now),
  };
}

async function requireRoom(tx: Transaction, { ticket, other }: Pair): Promise<void> {
  const rows = await tx.query<{ links: number }>(count, [ticket.workspace_id, [ticket.id, other.id]]);
  if (rows.some(({ links }) => links > maxLinksPerTicket))
    throw refuse("limit_reached", { max: maxLinksPerTicket });
}

async function insertLink(tx: Transaction, { from, to, kind }: Stored, now: Date): Promise<void> {
  if (kind === "child_of" && (await tx.query(isAncestor, [tx.workspaceId, to, from])).length > 0)
    throw refuse("invalid_request", {}, [
      { pointer: "/relation", message: "a ticket cannot stand above itself" },
    ]);
  try {
    await tx.query(insert, [tx.workspaceId, from, to, kind, now]);
  } catch (error) {
    if (violatedConstraint(error) === "ticket_links_parent")
      throw refuse("already_exists", { relation: "child_of" });
    throw error;
  }
}

/**
 * Links two tickets that the caller has locked (in the order of their ids), and tells both. One link a pair: a former relation is replaced.
 * @returns both as they now stand
 * @throws already_exists for a second parent, limit_reached, invalid_request for a circle or a ticket with itself
 */
export async function linkTickets(tx: Transaction, pair: Pair, relation: Relation, by: By): Promise<Pair> {
  const { ticket, other } = pair;
  if (ticket.id === other.id)
    throw refuse("invalid_request", {}, [{ pointer: "/other", message: "is the ticket itself" }]);
  const stored = storedAs(relation, ticket.id, other.id);
  const [before] = await tx.query<{ ticket_id: string; kind: Kind }>(replace, [
    tx.workspaceId,
    ticket.id,
    other.id,
  ]);
  await insertLink(tx, stored, by.now);
  if (before?.kind === stored.kind && before.ticket_id === stored.from) return pair;
  await requireRoom(tx, pair);
  return tell(tx, pair, "ticket.linked", relation, by);
}

/** Links two tickets that the caller has locked and that were not linked before; for a moment whose own event tells of both. */
export async function linkUntold(
  tx: Transaction,
  { ticket, other }: Pair,
  relation: Relation,
  now: Date,
): Promise<void> {
  await insertLink(tx, storedAs(relation, ticket.id, other.id), now);
}

/** Parts two tickets that the caller has locked, and tells both; nothing where there is no link. */
export async function unlinkTickets(tx: Transaction, pair: Pair, by: By): Promise<Pair> {
  const { ticket, other } = pair;
  const [before] = await tx.query<{ ticket_id: string; kind: Kind }>(replace, [
    tx.workspaceId,
    ticket.id,
    other.id,
  ]);
  if (!before) return pair;
  const relation = before.ticket_id === ticket.id ? before.kind : inverse[before.kind];
  return tell(tx, pair, "ticket.unlinked", relation, by);
}
