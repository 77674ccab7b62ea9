import { type Ticket, TicketAction, toPublicId } from "@okno/contract";
import { allowedActions, type Flow, stateOf } from "@okno/kit";
import { priorityName, type TicketRow } from "./row.ts";

const iso = (at: Date | null) => at?.toISOString() ?? null;
const shownActions = new Set<string>(TicketAction.options);

/** Finds the flow of a kind; throws for a kind this installation does not have. */
export type FlowOf = (kind: string) => Flow;

export function presentTicketState(row: TicketRow, flow: Flow): Omit<Ticket, "actions"> {
  return {
    id: toPublicId("ticket", row.id),
    number: row.number,
    kind: row.kind,
    project: toPublicId("project", row.project_id),
    state: row.state,
    phase: row.phase,
    progress: stateOf(flow, row.state).progress,
    subject: row.subject,
    topic: row.topic_id && toPublicId("topic", row.topic_id),
    priority: priorityName(row.priority),
    labels: row.labels,
    contact:
      row.contact_id === null ? null : { id: toPublicId("contact", row.contact_id), name: row.contact_name },
    channel: row.channel_id && toPublicId("channel", row.channel_id),
    channelType: row.channel_type,
    assignee:
      row.assignee_id === null
        ? null
        : { id: toPublicId("member", row.assignee_id), name: row.assignee_name ?? "" },
    team: row.team_id === null ? null : { id: toPublicId("team", row.team_id), name: row.team_name ?? "" },
    mergedInto: row.merged_into && toPublicId("ticket", row.merged_into),
    outcome: row.outcome,
    waitingFor: row.waiting_for,
    dueAt: iso(row.due_at),
    lastMessage:
      row.last_by === null || row.last_message_at === null
        ? null
        : { preview: row.last_preview ?? "", by: row.last_by, at: row.last_message_at.toISOString() },
    waitingSince: iso(row.waiting_since),
    seq: row.seq,
    messageSeq: row.message_seq,
    createdAt: row.created_at.toISOString(),
    activityAt: row.activity_at.toISOString(),
    completedAt: iso(row.completed_at),
  };
}

/** The ticket with what this caller may do with it now. */
export function presentTicket(row: TicketRow, flow: Flow, actorId: string): Ticket {
  // A merged ticket moves no more: whatever is to be done is done to the one that has it.
  const actions =
    row.merged_into === null
      ? allowedActions(flow, row.state, { assignee: row.assignee_id, actor: actorId })
      : [];
  // Transfer is an assignment with a note: allowed together.
  const offered = actions.includes("assign") ? [...actions, "transfer"] : actions;
  return {
    ...presentTicketState(row, flow),
    actions: offered.filter((name) => shownActions.has(name)) as TicketAction[],
  };
}
