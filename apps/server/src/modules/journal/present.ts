import { type EventType, type JournalEvent, toPublicId } from "@okno/contract";
import { encodeCursor } from "./cursor.ts";
import type { JournalRow } from "./queries.ts";

const actorIds = { contact: "contact", member: "member", key: "key" } as const;

export function presentActor(
  row: Pick<JournalRow, "actor_kind" | "actor_id" | "actor_name">,
): JournalEvent["actor"] {
  const { actor_kind: kind, actor_id: id, actor_name: name } = row;
  return { kind, id: kind === "system" || id === null ? null : toPublicId(actorIds[kind], id), name };
}

export function presentEvent(row: JournalRow, epoch: string): JournalEvent {
  return {
    cursor: encodeCursor({ epoch, position: row.position }),
    type: row.type as EventType,
    at: row.at.toISOString(),
    actor: presentActor(row),
    project: row.project_id && toPublicId("project", row.project_id),
    ticket: row.ticket_id && toPublicId("ticket", row.ticket_id),
    seq: row.seq,
    data: row.data,
  };
}
