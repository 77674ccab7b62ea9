import type { Ticket, ticketSorts } from "@okno/contract";

/** The views everybody has. */
export const views = ["mine", "unassigned", "unanswered", "waiting", "completed", "all"] as const;
export type BuiltInView = (typeof views)[number];
/** A saved view is named by its public id. */
export type SavedView = `vie_${string}`;
export type View = BuiltInView | SavedView;
export type Sort = (typeof ticketSorts)[number];

/** What stands in the address: everything but the view is optional, and absent when it is the usual. */
export type Filters = {
  project?: string;
  topic?: string;
  label?: string;
  contact?: string;
  /** A team, `mine`, or `none`. */
  team?: string;
  /** Those that the reader follows. */
  following?: "me";
  /** A member, `me`, or `none`. */
  assignee?: string;
  /** Minutes that the customer has waited at least, and at most. */
  unansweredFor?: number;
  unansweredUnder?: number;
  sort?: Sort;
};

const sorts: readonly unknown[] = ["newest", "activity", "important", "waiting"] satisfies Sort[];
const texts = ["project", "topic", "label", "contact", "team", "assignee"] as const;
const numbers = ["unansweredFor", "unansweredUnder"] as const;

/** Reads the filters out of an address; whatever is not understood is dropped. */
export function readFilters(search: Record<string, unknown>): Filters {
  const filters: Filters = {};
  for (const name of texts) {
    const value = search[name];
    // A label may look like a number; the router then hands over a number.
    if (typeof value === "string" || typeof value === "number") filters[name] = String(value);
  }
  for (const name of numbers) {
    const value = search[name];
    if (typeof value === "number" && Number.isInteger(value) && value >= 0) filters[name] = value;
  }
  if (search.following === "me") filters.following = "me";
  if (sorts.includes(search.sort)) filters.sort = search.sort as Sort;
  return filters;
}

export function isSaved(view: View): view is SavedView {
  return view.startsWith("vie_");
}

/** A view named in an address; the first one for anything else. */
export function viewOf(name: string | undefined): View {
  if (name?.startsWith("vie_")) return name as SavedView;
  return views.find((view) => view === name) ?? "mine";
}

/** True where the reader narrowed the view. */
export function isNarrowed(filters: Filters): boolean {
  return [...texts, ...numbers, "following" as const].some(
    (name) => filters[name] !== undefined && filters[name] !== "",
  );
}

/** The order in which a built-in view comes. */
export function usualSort(view: View): Sort {
  return view === "unanswered" ? "waiting" : "newest";
}

const scopes = {
  mine: { phase: "open", assignee: "me" },
  unassigned: { phase: "open", assignee: "none" },
  unanswered: { phase: "open", unansweredFor: 0, sort: "waiting" },
  waiting: { phase: "waiting" },
  completed: { phase: "done" },
  all: {},
} as const satisfies Record<BuiltInView, object>;

/** The query of the ticket list for a view and its filters. */
export function listQueryOf(view: View, filters: Filters) {
  return { ...(isSaved(view) ? { view } : scopes[view]), ...filters };
}

/** The ticket as lists and the stream know it: without what the caller may do. */
export type TicketFacts = Omit<Ticket, "actions">;

const waits = (ticket: TicketFacts) => ticket.phase === "open" && ticket.waitingSince !== null;

const inView: Record<BuiltInView, (ticket: TicketFacts, me: string) => boolean> = {
  mine: (ticket, me) => ticket.phase === "open" && ticket.assignee?.id === me,
  unassigned: (ticket) => ticket.phase === "open" && ticket.assignee === null,
  unanswered: waits,
  waiting: (ticket) => ticket.phase === "waiting",
  completed: (ticket) => ticket.phase === "done",
  all: () => true,
};

export type Scope = {
  view: View;
  filters: Filters;
  /** The reader's member id. */
  me: string;
  /** The reader's teams. */
  teams?: readonly string[];
  /** What a saved view asks; where that is not known here, what the server gave belongs, and nothing else. */
  matches?: (ticket: TicketFacts) => boolean;
};

function byPeople(ticket: TicketFacts, { filters, me, teams = [] }: Scope): boolean {
  const { assignee, team } = filters;
  const who = ticket.assignee?.id ?? "none";
  if (assignee && who !== (assignee === "me" ? me : assignee)) return false;
  if (!team) return true;
  if (team === "none") return ticket.team === null;
  return ticket.team !== null && (team === "mine" ? teams.includes(ticket.team.id) : ticket.team.id === team);
}

function byAge(ticket: TicketFacts, { unansweredFor, unansweredUnder }: Filters): boolean {
  if (unansweredFor === undefined && unansweredUnder === undefined) return true;
  if (!waits(ticket) || ticket.waitingSince === null) return false;
  const minutes = (Date.now() - Date.parse(ticket.waitingSince)) / 60_000;
  return minutes >= (unansweredFor ?? 0) && minutes < (unansweredUnder ?? Number.POSITIVE_INFINITY);
}

function inScope(ticket: TicketFacts, { view, me, matches }: Scope, given: boolean): boolean {
  return isSaved(view) ? (matches?.(ticket) ?? given) : inView[view](ticket, me);
}

/**
 * Whether a ticket belongs in a list: the same question the server answers, asked again after every event. Who follows it does
 * not stand on a ticket: there the server's own answer counts.
 * @param given the server gave it for this very list
 */
export function belongs(ticket: TicketFacts, scope: Scope, given = false): boolean {
  const { filters } = scope;
  if (!inScope(ticket, scope, given) || (filters.following && !given)) return false;
  if (filters.project && ticket.project !== filters.project) return false;
  if (filters.topic && (ticket.topic ?? "none") !== filters.topic) return false;
  if (filters.label && !ticket.labels.includes(filters.label)) return false;
  if (filters.contact && ticket.contact?.id !== filters.contact) return false;
  return byPeople(ticket, scope) && byAge(ticket, filters);
}
