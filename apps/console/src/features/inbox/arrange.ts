import type { Label } from "@okno/contract";
import { belongs, type Scope, type Sort, type TicketFacts } from "../../shared/tickets/filters.ts";
import { heardTickets, type KnownTickets, newest } from "../../shared/tickets/known.ts";

export type Compare = (a: TicketFacts, b: TicketFacts) => number;

const down = (a: string, b: string) => (a < b ? 1 : a > b ? -1 : 0);

function weightOf(ticket: TicketFacts, labels: readonly Label[]): number {
  const weights = labels
    .filter(
      (label) => label.project === ticket.project && label.weight !== 0 && ticket.labels.includes(label.name),
    )
    .map((label) => label.weight);
  return weights.length === 0 ? 0 : Math.max(...weights);
}

/** The server's orders, so that a new ticket finds its place without asking. */
export function compareBy(sort: Sort, labels: readonly Label[]): Compare {
  // Ids are UUIDv7 in base32: their order is the order of creation.
  const byAge: Compare = (a, b) => down(a.id, b.id);
  const byActivity: Compare = (a, b) => Date.parse(b.activityAt) - Date.parse(a.activityAt) || byAge(a, b);
  if (sort === "newest") return byAge;
  if (sort === "waiting")
    return (a, b) =>
      Date.parse(a.waitingSince ?? a.activityAt) - Date.parse(b.waitingSince ?? b.activityAt) || byAge(b, a);
  if (sort === "activity") return byActivity;
  return (a, b) => weightOf(b, labels) - weightOf(a, labels) || byActivity(a, b);
}

export type Row = { ticket: TicketFacts; leaving: boolean };

export type ArrangeInput = {
  /** Everything fetched, in the server's order. */
  loaded: readonly TicketFacts[];
  /** False while further pages exist: whatever sorts below the last fetched row will come with them. */
  complete: boolean;
  known: KnownTickets;
  scope: Scope;
  compare: Compare;
  /** The ids as they were last shown. */
  previous: readonly string[];
  /** Nobody looks closely: everything may take its place at once. */
  calm: boolean;
  /** The pointer is moving over the list: what leaves keeps its place, so that nothing slides under the pointer. */
  hold: boolean;
};

export type Arranged = { rows: Row[]; waiting: string[] };

function candidates(input: ArrangeInput): Map<string, TicketFacts> {
  const { loaded, known, scope, compare, complete } = input;
  const found = new Map<string, TicketFacts>();
  for (const ticket of loaded) {
    const now = newest(ticket, known);
    if (belongs(now, scope, true)) found.set(now.id, now);
  }
  const last = loaded.at(-1);
  for (const ticket of heardTickets(known)) {
    const reached = complete || (last !== undefined && compare(ticket, last) < 0);
    if (reached && belongs(ticket, scope) && !found.has(ticket.id)) found.set(ticket.id, ticket);
  }
  return found;
}

/** Rows and what waits behind "N new". New rows move nothing that somebody is looking at or pointing at. */
export function arrange(input: ArrangeInput): Arranged {
  const { loaded, known, compare, previous, calm, hold } = input;
  const found = candidates(input);
  const sorted = [...found.values()].sort(compare);
  const shown = new Set(previous);
  if (calm || previous.length === 0)
    return { rows: sorted.map((ticket) => ({ ticket, leaving: false })), waiting: [] };

  const given = new Map(loaded.map((ticket) => [ticket.id, ticket]));
  const kept = previous.flatMap((id): Row[] => {
    const here = found.get(id);
    if (here) return [{ ticket: here, leaving: false }];
    const gone = known.get(id)?.facts ?? given.get(id);
    return hold && gone ? [{ ticket: newest(gone, known), leaving: true }] : [];
  });
  const last = kept.findLast((row) => !row.leaving)?.ticket;
  const fresh = sorted.filter((ticket) => !shown.has(ticket.id));
  const below = fresh.filter((ticket) => !last || compare(ticket, last) > 0);
  const waiting = fresh.filter((ticket) => !below.includes(ticket)).map((ticket) => ticket.id);
  return { rows: [...kept, ...below.map((ticket) => ({ ticket, leaving: false }))], waiting };
}
