import type { ActionBodies, EventType } from "@okno/contract";
import { toPublicId } from "@okno/contract";
import { type Flow, type FlowStep, refuse, runFlow } from "@okno/kit";
import type { ActorRef } from "../journal/index.ts";
import type { Happening } from "./change.ts";
import { priorityName, priorityRank, type TicketRow } from "./row.ts";

export type Decision = { after: TicketRow; happenings: Happening[] };

/** Whom an assignment names, looked up before deciding. */
export type Assignee = { id: string; name: string };

/** The team an assignment names, with who is in it. */
export type AssignedTeam = { id: string; name: string; members: readonly string[] };

type Moment = { flow: Flow; actor: ActorRef; now: Date };

/** One step of the flow. @throws action_not_allowed or already_claimed, with what stands in the way. */
export function step(ticket: TicketRow, action: string, { flow, actor }: Moment): FlowStep & { ok: true } {
  const taken = runFlow(flow, ticket.state, action, { assignee: ticket.assignee_id, actor: actor.id });
  if (taken.ok) return taken;
  if (taken.reason === "claimed_by_other" && ticket.assignee_id) {
    throw refuse("already_claimed", {
      assignee: { id: toPublicId("member", ticket.assignee_id), name: ticket.assignee_name },
    });
  }
  throw refuse("action_not_allowed", { action, state: ticket.state });
}

/** The ticket after a move: a completed one has an instant, a waiting one a reason, an open one neither. */
export function moved(
  ticket: TicketRow,
  { to, phase }: { to: string; phase: TicketRow["phase"] },
  actor: ActorRef,
  now: Date,
): TicketRow {
  const done = phase === "done";
  return {
    ...ticket,
    state: to,
    phase,
    completed_at: done ? (ticket.completed_at ?? now) : null,
    completed_by: done ? (ticket.completed_at ? ticket.completed_by : actor.id) : null,
    outcome: done ? ticket.outcome : null,
    waiting_for: phase === "waiting" ? ticket.waiting_for : null,
    due_at: phase === "waiting" ? ticket.due_at : null,
  };
}

function happened(type: EventType, actor: ActorRef, data: Record<string, unknown> = {}): Happening[] {
  return [{ type, actor, data }];
}

const teamRef = (id: string | null) => id && toPublicId("team", id);

/** A ticket of a team belongs to one of the team or to nobody yet: whoever else had it gives it up. */
function ofTeam(ticket: TicketRow, team: AssignedTeam | null): TicketRow {
  const stays = team === null || (ticket.assignee_id !== null && team.members.includes(ticket.assignee_id));
  return {
    ...ticket,
    team_id: team?.id ?? null,
    team_name: team?.name ?? null,
    assignee_id: stays ? ticket.assignee_id : null,
    assignee_name: stays ? ticket.assignee_name : null,
  };
}

const memberRef = (id: string | null) => id && toPublicId("member", id);

export function decideClaim(ticket: TicketRow, me: Assignee, moment: Moment): Decision {
  const taken = step(ticket, "claim", moment);
  // Claiming what is already mine changes nothing and says so by having no event.
  if (ticket.assignee_id === me.id) return { after: ticket, happenings: [] };
  const after = {
    ...moved(ticket, taken, moment.actor, moment.now),
    assignee_id: me.id,
    assignee_name: me.name,
  };
  return { after, happenings: happened("ticket.claimed", moment.actor, { to: memberRef(me.id) }) };
}

export function decideAssign(ticket: TicketRow, to: Assignee | null, moment: Moment): Decision {
  const taken = step(ticket, "assign", moment);
  if (ticket.assignee_id === (to?.id ?? null)) return { after: ticket, happenings: [] };
  const after = {
    ...moved(ticket, taken, moment.actor, moment.now),
    assignee_id: to?.id ?? null,
    assignee_name: to?.name ?? null,
  };
  const data = { from: memberRef(ticket.assignee_id), to: memberRef(to?.id ?? null) };
  return { after, happenings: happened("ticket.assigned", moment.actor, data) };
}

/** Gives the ticket to a team, or takes it out of one. */
export function decideAssignTeam(ticket: TicketRow, team: AssignedTeam | null, moment: Moment): Decision {
  const taken = step(ticket, "assign", moment);
  if (ticket.team_id === (team?.id ?? null)) return { after: ticket, happenings: [] };
  const after = ofTeam(moved(ticket, taken, moment.actor, moment.now), team);
  const data = {
    from: memberRef(ticket.assignee_id),
    to: memberRef(after.assignee_id),
    team: { from: teamRef(ticket.team_id), to: teamRef(after.team_id) },
  };
  return { after, happenings: happened("ticket.assigned", moment.actor, data) };
}

/** Whom a transfer names: a member or a team. */
export type Receiver = { member: Assignee } | { team: AssignedTeam };

/** Hands the ticket over together with a note: the note comes first in the history, so that it is read before. */
export function decideTransfer(ticket: TicketRow, to: Receiver, noteId: string, moment: Moment): Decision {
  const { actor, now } = moment;
  const taken = step(ticket, "assign", moment);
  const settled = moved(ticket, taken, actor, now);
  const given =
    "team" in to
      ? ofTeam(settled, to.team)
      : { ...settled, assignee_id: to.member.id, assignee_name: to.member.name };
  const after: TicketRow = { ...given, message_seq: ticket.seq + 1 };
  const note = toPublicId("message", noteId);
  const data = {
    from: memberRef(ticket.assignee_id),
    to: memberRef(after.assignee_id),
    ...("team" in to && { team: { from: teamRef(ticket.team_id), to: teamRef(to.team.id) } }),
    note,
  };
  return {
    after,
    happenings: [
      { type: "note.added", actor, data: { message: note } },
      { type: "ticket.transferred", actor, data },
    ],
  };
}

export function decideComplete(
  ticket: TicketRow,
  { outcome }: ActionBodies["complete"],
  moment: Moment,
): Decision {
  const taken = step(ticket, "complete", moment);
  const after = {
    ...moved(ticket, taken, moment.actor, moment.now),
    outcome: outcome ?? null,
    waiting_since: null,
  };
  return { after, happenings: happened("ticket.completed", moment.actor, { outcome: outcome ?? null }) };
}

/** @throws invalid_request for an instant that has passed. */
export function decidePostpone(ticket: TicketRow, body: ActionBodies["postpone"], moment: Moment): Decision {
  if ("untilReply" in body) {
    const taken = step(ticket, "await_reply", moment);
    const after: TicketRow = {
      ...moved(ticket, taken, moment.actor, moment.now),
      waiting_for: "reply",
      due_at: null,
    };
    return { after, happenings: happened("ticket.postponed", moment.actor, { untilReply: true }) };
  }
  const until = new Date(body.until);
  if (until <= moment.now)
    throw refuse("invalid_request", {}, [{ pointer: "/until", message: "has already passed" }]);
  const taken = step(ticket, "postpone", moment);
  const after: TicketRow = {
    ...moved(ticket, taken, moment.actor, moment.now),
    waiting_for: "time",
    due_at: until,
  };
  return { after, happenings: happened("ticket.postponed", moment.actor, { until: until.toISOString() }) };
}

export function decideReopen(ticket: TicketRow, moment: Moment): Decision {
  const taken = step(ticket, "reopen", moment);
  return {
    after: moved(ticket, taken, moment.actor, moment.now),
    happenings: happened("ticket.reopened", moment.actor),
  };
}

/** A postponed ticket whose time has come; undefined when it has moved on meanwhile. */
export function decideDue(ticket: TicketRow, moment: Moment): Decision | undefined {
  if (ticket.due_at === null || ticket.due_at > moment.now) return undefined;
  const taken = runFlow(moment.flow, ticket.state, "due", { assignee: ticket.assignee_id, actor: null });
  if (!taken.ok) return undefined;
  return {
    after: moved(ticket, taken, moment.actor, moment.now),
    happenings: happened("ticket.returned", moment.actor, { why: "time" }),
  };
}

export type Settable = {
  topicId?: string | null;
  priority?: NonNullable<ActionBodies["set"]["priority"]>;
  labels?: readonly string[];
  weight?: number;
  subject?: string;
};

export function decideSet(ticket: TicketRow, set: Settable, moment: Moment): Decision {
  step(ticket, "set", moment);
  const data: Record<string, unknown> = {};
  const after = { ...ticket };
  if (set.topicId !== undefined && set.topicId !== ticket.topic_id) {
    data.topic = {
      from: ticket.topic_id && toPublicId("topic", ticket.topic_id),
      to: set.topicId && toPublicId("topic", set.topicId),
    };
    after.topic_id = set.topicId;
  }
  if (set.subject !== undefined && set.subject !== ticket.subject) {
    // The words themselves are personal and stay out of the journal.
    data.subject = true;
    after.subject = set.subject;
  }
  if (set.priority && priorityRank(set.priority) !== ticket.priority) {
    data.priority = { from: priorityName(ticket.priority), to: set.priority };
    after.priority = priorityRank(set.priority);
  }
  if (set.labels && set.labels.join("\n") !== ticket.labels.join("\n")) {
    data.labels = { from: ticket.labels, to: set.labels };
    after.labels = [...set.labels];
    after.weight = set.weight ?? 0;
  }
  return {
    after,
    happenings: Object.keys(data).length === 0 ? [] : happened("ticket.changed", moment.actor, data),
  };
}
