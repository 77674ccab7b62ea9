import type { Ticket, ticketSorts } from "@okno/contract";

export const views = ["mine", "unassigned", "waiting", "completed", "all"] as const;
export type View = (typeof views)[number];
export type Sort = (typeof ticketSorts)[number];

/** What stands in the address: everything but the view is optional, and absent when it is the usual. */
export type Filters = { project?: string; topic?: string; label?: string; contact?: string; sort?: Sort };

const sorts: readonly unknown[] = ["newest", "activity", "important"] satisfies Sort[];
const texts = ["project", "topic", "label", "contact"] as const;

/** Reads the filters out of an address; whatever is not understood is dropped. */
export function readFilters(search: Record<string, unknown>): Filters {
  const filters: Filters = {};
  for (const name of texts) {
    const value = search[name];
    // A label may look like a number; the router then hands over a number.
    if (typeof value === "string" || typeof value === "number") filters[name] = String(value);
  }
  if (sorts.includes(search.sort)) filters.sort = search.sort as Sort;
  return filters;
}

/** A view named in an address; the first one for anything else. */
export function viewOf(name: string | undefined): View {
  return views.find((view) => view === name) ?? "mine";
}

/** True where the reader narrowed the view. */
export function isNarrowed({ project, topic, label, contact }: Filters): boolean {
  return Boolean(project ?? topic ?? label ?? contact);
}

/** The query of the ticket list for a view and its filters. */
export function listQueryOf(view: View, filters: Filters) {
  const scope = {
    mine: { phase: "open", assignee: "me" },
    unassigned: { phase: "open", assignee: "none" },
    waiting: { phase: "waiting" },
    completed: { phase: "done" },
    all: {},
  } as const satisfies Record<View, object>;
  return { ...scope[view], ...filters };
}

/** The ticket as lists and the stream know it: without what the caller may do. */
export type TicketFacts = Omit<Ticket, "actions">;

function inView(ticket: TicketFacts, view: View, me: string): boolean {
  if (view === "all") return true;
  if (view === "waiting") return ticket.phase === "waiting";
  if (view === "completed") return ticket.phase === "done";
  if (ticket.phase !== "open") return false;
  return view === "mine" ? ticket.assignee?.id === me : ticket.assignee === null;
}

export type Scope = {
  view: View;
  filters: Filters;
  /** The reader's member id. */
  me: string;
};

/** Whether a ticket belongs in a list: the same question the server answers, asked again after every event. */
export function belongs(ticket: TicketFacts, { view, filters, me }: Scope): boolean {
  if (!inView(ticket, view, me)) return false;
  if (filters.project && ticket.project !== filters.project) return false;
  if (filters.topic && ticket.topic !== filters.topic) return false;
  if (filters.label && !ticket.labels.includes(filters.label)) return false;
  return !filters.contact || ticket.contact?.id === filters.contact;
}
