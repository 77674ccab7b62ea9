import { fromPublicId, routes } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { statement, type Transaction } from "../../platform/database.ts";
import { type Binding, bindTable, command } from "../../platform/http/binding.ts";
import { findTicket, lockTicket, type TicketRow, ticketScope, writeChange } from "../tickets/index.ts";

export type ReadMarkDeps = {
  clock: Clock;
  poke(): void;
  /** Whether customers of this type of channel can see that they were read. */
  showsReading(channelType: string): boolean;
};

const findUnread = statement(
  "messages.find_unread",
  `select 1 from messages where workspace_id = $1 and ticket_id = $2 and seq <= $3 and direction = 'in' and status = 'received' limit 1`,
);
const mark = statement(
  "messages.mark_read",
  `update messages set status = 'read' where workspace_id = $1 and ticket_id = $2 and seq <= $3 and direction = 'in'
     and status = 'received' returning seq`,
);

/** One event a ticket, however many messages were unread, and none when all had been read. */
async function markRead(
  deps: ReadMarkDeps,
  tx: Transaction,
  ticket: TicketRow,
  upTo: number,
  reader: Reader,
) {
  const marked = await tx.query<{ seq: number }>(mark, [tx.workspaceId, ticket.id, upTo]);
  if (marked.length === 0) return 0;
  const data = { upTo: Math.max(...marked.map(({ seq }) => seq)), status: "read", direction: "in" };
  const happening = { type: "message.status_changed" as const, actor: reader, data };
  await writeChange(tx, ticket, ticket, [happening], deps.clock.now());
  tx.afterCommit(deps.poke);
  return marked.length;
}
type Reader = { kind: "member" | "key"; id: string };

export function readMarkBindings(deps: ReadMarkDeps): Binding[] {
  return bindTable(routes.readMarks, {
    mark: command(async ({ principal, params, body }, tx) => {
      const id = fromPublicId("ticket", params.id) ?? "";
      const seen = await findTicket(tx, ticketScope(principal), id);
      if (!seen) throw refuse("not_found");
      const told = seen.channel_type !== null && deps.showsReading(seen.channel_type);
      // Most openings find nothing new: those take no lock.
      const unread = told ? await tx.query(findUnread, [tx.workspaceId, id, body.upTo]) : [];
      const ticket = unread.length > 0 ? await lockTicket(tx, ticketScope(principal), id) : undefined;
      if (!ticket) return { marked: 0 };
      const reader = { kind: principal.kind, id: principal.id };
      return { marked: await markRead(deps, tx, ticket, body.upTo, reader) };
    }),
  });
}
