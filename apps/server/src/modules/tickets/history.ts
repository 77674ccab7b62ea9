import { type TicketEvent, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import { type Queryable, statement } from "../../platform/database.ts";
import { presentActor } from "../journal/index.ts";

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

/** What happened to a ticket, newest first. The caller may see it. @throws invalid_cursor */
export async function listHistory(
  db: Queryable,
  { workspaceId, ticketId }: { workspaceId: string; ticketId: string },
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ data: TicketEvent[]; nextCursor: string | null }> {
  const rows = await db.query<EventRow>(listEvents, [workspaceId, ticketId, seqCursor(cursor), limit + 1]);
  const ticket = toPublicId("ticket", ticketId);
  return seqPage(
    rows,
    limit,
    (row): TicketEvent => ({
      cursor: null,
      type: row.type,
      ticket,
      seq: row.seq,
      actor: presentActor(row),
      at: row.at.toISOString(),
      data: row.data,
    }),
  );
}
