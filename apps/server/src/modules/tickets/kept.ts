import type { TicketRow } from "./row.ts";

const kept = [
  "state",
  "phase",
  "topic_id",
  "priority",
  "labels",
  "weight",
  "assignee_id",
  "assignee_name",
  "team_id",
  "team_name",
  "outcome",
  "waiting_for",
  "due_at",
  "last_preview",
  "last_by",
  "last_message_at",
  "waiting_since",
  "completed_at",
  "completed_by",
  "conversations",
  "message_seq",
] as const satisfies readonly (keyof TicketRow)[];
const instants = ["due_at", "last_message_at", "waiting_since", "completed_at"] as const;

/** How a ticket stood, as something that can be stored and put back: an undo's memory. */
export type KeptTicket = Pick<TicketRow, (typeof kept)[number]>;

export function keepTicket(row: TicketRow): KeptTicket {
  return Object.fromEntries(kept.map((name) => [name, row[name]])) as KeptTicket;
}

/** What was kept, as it comes back from the database: JSON knows no instants. */
export function reviveKept(stored: KeptTicket): KeptTicket {
  const revived = { ...stored };
  for (const name of instants) {
    const at = stored[name];
    revived[name] = at === null ? null : new Date(at);
  }
  return revived;
}
