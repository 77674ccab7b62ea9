import { fromPublicId, type NotificationKind } from "@okno/contract";
import type { JournalRow } from "../journal/index.ts";

/** What is known of a ticket when its news is told. Ids are UUIDs. */
export type TicketFacts = { assignee: string | null; followers: readonly string[] };

/** What the decision needs to look up about a project. */
export type ProjectFacts = {
  /** Members of a team of the project. */
  teamMembers(teamId: string): readonly string[];
  /** Those who asked to hear of every new ticket that nobody has. */
  watchers: readonly string[];
};

export type Told = { memberId: string; kind: NotificationKind };

const uuidsOf = (kind: "member" | "team", ids: unknown): string[] =>
  (Array.isArray(ids) ? ids : [ids]).flatMap((id) => {
    const uuid = typeof id === "string" ? fromPublicId(kind, id) : undefined;
    return uuid ? [uuid] : [];
  });

function mentioned({ data }: JournalRow, project: ProjectFacts): Told[] {
  const people = uuidsOf("member", data.mentions);
  const teams = uuidsOf("team", data.mentions).flatMap((team) => project.teamMembers(team));
  return [...people, ...teams].map((memberId) => ({ memberId, kind: "mention" as const }));
}

function given({ data }: JournalRow, project: ProjectFacts): Told[] {
  const person = uuidsOf("member", data.to).map((memberId) => ({ memberId, kind: "assigned" as const }));
  if (person.length > 0) return person;
  const teams = [...uuidsOf("team", data.to), ...uuidsOf("team", data.team)];
  return teams.flatMap((team) =>
    project.teamMembers(team).map((memberId) => ({ memberId, kind: "team" as const })),
  );
}

const concerned = (ticket: TicketFacts, kind: NotificationKind): Told[] =>
  [...(ticket.assignee ? [ticket.assignee] : []), ...ticket.followers].map((memberId) => ({
    memberId,
    kind,
  }));

function told(row: JournalRow, ticket: TicketFacts, project: ProjectFacts): Told[] {
  switch (row.type) {
    case "note.added":
      return [...mentioned(row, project), ...concerned(ticket, "note")];
    case "ticket.assigned":
    case "ticket.transferred":
      return given(row, project);
    case "message.added":
      return row.data.from === "customer" || row.actor_kind === "contact" ? concerned(ticket, "reply") : [];
    case "confirmation.confirmed":
    case "confirmation.refused":
      return concerned(ticket, "reply");
    case "ticket.returned":
      // Brought back by an answer: the answer itself is told.
      return row.data.why === "time" ? concerned(ticket, "returned") : [];
    case "ticket.rated":
      return concerned(ticket, "rated");
    case "ticket.created":
      return ticket.assignee ? [] : project.watchers.map((memberId) => ({ memberId, kind: "unassigned" }));
    default:
      return [];
  }
}

/** The teams that these events name: their members are to be looked up. */
export function teamsNamed(rows: readonly JournalRow[]): string[] {
  const named = rows.flatMap(({ data }) => [data.mentions, data.to, data.team]);
  return [...new Set(named.flatMap((ids) => uuidsOf("team", ids)))];
}

/** Whom an event is told, and why: each person once, the most telling reason first; nobody hears of what they did themselves. */
export function whomToTell(row: JournalRow, ticket: TicketFacts, project: ProjectFacts): Told[] {
  const seen = new Set<string>();
  return told(row, ticket, project).filter(({ memberId }) => {
    if (memberId === row.actor_id || seen.has(memberId)) return false;
    seen.add(memberId);
    return true;
  });
}
