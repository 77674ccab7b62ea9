import type { EventType } from "@okno/contract";
import { type Queryable, statement } from "../../platform/database.ts";

export type ActorRef = { kind: "contact" | "member" | "key" | "system"; id: string | null };

/** One fact about a ticket, with its place in the ticket's own history. */
export type TicketEventRow = {
  ticketId: string;
  seq: number;
  type: EventType;
  actor: ActorRef;
  at: Date;
  /** Public ids, facts and digests; no personal values. */
  data: Record<string, unknown>;
};

/** The parts of a statement that store ticket events, and its end that queues them for the sequencer, by the names of its parameters. */
export const storingEvents = (workspace: string, events: string) => ({
  parts: `events as (
     select * from json_to_recordset(${events}::json)
       as r(ticket_id uuid, seq int, type text, actor_kind text, actor_id uuid, at timestamptz, data jsonb)
   ), stored as (
     insert into ticket_events (workspace_id, ticket_id, seq, type, actor_kind, actor_id, at, data)
     select ${workspace}, ticket_id, seq, type, actor_kind, actor_id, at, data from events
   )`,
  end: `insert into outbox (workspace_id, subject_id, seq) select ${workspace}, ticket_id, seq from events order by seq`,
});

/** What `storingEvents` takes. */
export function eventsValue(events: readonly TicketEventRow[]): string {
  const rows = events.map(({ ticketId, seq, type, actor, at, data }) => ({
    ticket_id: ticketId,
    seq,
    type,
    actor_kind: actor.kind,
    actor_id: actor.id,
    at,
    data,
  }));
  return JSON.stringify(rows);
}

const storing = storingEvents("$1", "$2");
const insertTicketEvents = statement("journal.insert_ticket_events", `with ${storing.parts} ${storing.end}`);

const insertWorkspaceEvent = statement(
  "journal.insert_workspace_event",
  `with stored as (
     insert into workspace_events (workspace_id, id, project_id, type, actor_kind, actor_id, at, data)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
   )
   insert into outbox (workspace_id, subject_id, seq) values ($1, $2, 0)`,
);

/** Writes ticket events and their outbox rows in the caller's transaction. The caller holds the tickets' row locks. */
export async function appendTicketEvents(
  tx: Queryable & { workspaceId: string },
  events: readonly TicketEventRow[],
): Promise<void> {
  await tx.query(insertTicketEvents, [tx.workspaceId, eventsValue(events)]);
}

export type WorkspaceEvent = {
  id: string;
  type: EventType;
  projectId: string | null;
  actor: { kind: "member" | "key" | "system"; id: string | null };
  at: Date;
  data: Record<string, unknown>;
};

/** Writes an event about settings or people in the caller's transaction. */
export async function appendWorkspaceEvent(
  tx: Queryable & { readonly workspaceId: string },
  event: WorkspaceEvent,
): Promise<void> {
  const { id, projectId, type, actor, at, data } = event;
  await tx.query(insertWorkspaceEvent, [
    tx.workspaceId,
    id,
    projectId,
    type,
    actor.kind,
    actor.id,
    at,
    JSON.stringify(data),
  ]);
}
