import type { Label, Member, Project, Ticket, Topic } from "@okno/contract";
import type { QueryClient } from "@tanstack/react-query";
import type { TicketFacts } from "../../shared/tickets/filters.ts";
import { factsOf, heardTickets, type KnownTickets, newest } from "../../shared/tickets/known.ts";
import { knownQuery, listKey, type Pages, ticketQuery } from "../../shared/tickets/queries.ts";

/** What the page knows without asking, as it was when the palette opened: so nothing moves while one looks at it. */
export type Sources = {
  tickets: readonly TicketFacts[];
  recent: readonly TicketFacts[];
  people: readonly Member[];
  projects: readonly Project[];
  topics: readonly Topic[];
  labels: readonly Label[];
};

/** Every ticket that any list, event or opened page has shown, the latest first. */
export function knownTickets(client: QueryClient): TicketFacts[] {
  const known: KnownTickets = client.getQueryData(knownQuery.queryKey) ?? new Map();
  const all = new Map<string, TicketFacts>();
  for (const [, pages] of client.getQueriesData<Pages<Ticket>>({ queryKey: listKey }))
    for (const ticket of pages?.pages.flatMap((page) => page.data) ?? []) all.set(ticket.id, factsOf(ticket));
  for (const ticket of heardTickets(known)) all.set(ticket.id, ticket);
  return [...all.values()]
    .map((ticket) => newest(ticket, known))
    .sort((a, b) => Date.parse(b.activityAt) - Date.parse(a.activityAt));
}

/** The tickets opened last, as far as the page knows them. */
export function recentOf(
  client: QueryClient,
  ids: readonly string[],
  known: readonly TicketFacts[],
): TicketFacts[] {
  return ids.flatMap((id) => {
    const inList = known.find((ticket) => ticket.id === id);
    const opened = client.getQueryData(ticketQuery(id).queryKey);
    const ticket = inList ?? (opened && factsOf(opened));
    return ticket ? [ticket] : [];
  });
}
