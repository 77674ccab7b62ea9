import type { Priority } from "@okno/contract";

/** A ticket as stored, with the names that a presentation needs. */
export type TicketRow = {
  id: string;
  workspace_id: string;
  project_id: string;
  kind: string;
  number: number;
  state: string;
  phase: "open" | "waiting" | "done";
  subject: string;
  topic_id: string | null;
  priority: number;
  labels: string[];
  weight: number;
  contact_id: string | null;
  contact_name: string | null;
  channel_id: string | null;
  channel_type: string | null;
  identity_id: string | null;
  assignee_id: string | null;
  assignee_name: string | null;
  team_id: string | null;
  team_name: string | null;
  /** The ticket that took this one in, when it was merged. */
  merged_into: string | null;
  /** Tickets whose conversations this one carries besides its own. */
  conversations: string[];
  outcome: string | null;
  waiting_for: "reply" | "time" | null;
  due_at: Date | null;
  seq: number;
  message_seq: number;
  last_preview: string | null;
  last_by: "customer" | "us" | null;
  last_message_at: Date | null;
  waiting_since: Date | null;
  created_at: Date;
  activity_at: Date;
  completed_at: Date | null;
  completed_by: string | null;
};

/** Everything of a ticket, from `tickets t` and the joins of `ticketJoins`. */
export const ticketColumns = `t.id, t.workspace_id, t.project_id, t.kind, t.number, t.state, t.phase, t.subject, t.topic_id, t.priority,
  t.labels, t.weight, t.contact_id, c.name as contact_name, t.channel_id, ch.type as channel_type, t.identity_id, t.assignee_id,
  a.name as assignee_name, t.team_id, tm.name as team_name, t.merged_into, t.conversations, t.outcome, t.waiting_for, t.due_at, t.seq, t.message_seq, t.last_preview, t.last_by, t.last_message_at,
  t.waiting_since, t.created_at, t.activity_at, t.completed_at, t.completed_by`;

export const ticketJoins = `left join contacts c on c.workspace_id = t.workspace_id and c.id = t.contact_id
  left join channels ch on ch.workspace_id = t.workspace_id and ch.id = t.channel_id
  left join members a on a.workspace_id = t.workspace_id and a.id = t.assignee_id
  left join teams tm on tm.workspace_id = t.workspace_id and tm.id = t.team_id`;

const priorities = ["low", "normal", "high", "urgent"] as const;

/** `priority` is stored as 1…4, so that it sorts. */
export function priorityRank(priority: Priority): number {
  return priorities.indexOf(priority) + 1;
}

export function priorityName(rank: number): Priority {
  return priorities[rank - 1] ?? "normal";
}

const previewLength = 160;

/** The first words of a message, in one line, for lists. Cut between code points. */
export function previewOf(body: string): string {
  const text = body.replace(/\s+/gu, " ").trim();
  return text.length <= previewLength
    ? text
    : `${[...text.slice(0, previewLength * 2)].slice(0, previewLength - 1).join("")}…`;
}
