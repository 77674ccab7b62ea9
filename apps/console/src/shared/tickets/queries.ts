import type { Message, Ticket, TicketEvent } from "@okno/contract";
import {
  type InfiniteData,
  infiniteQueryOptions,
  queryOptions,
  skipToken,
  useQuery,
} from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { queryClient } from "../api/query-client.ts";
import { type Filters, listQueryOf, type View } from "./filters.ts";
import { type KnownTickets, newest } from "./known.ts";

export type Page<T> = { data: T[]; nextCursor: string | null };
export type Pages<T> = InfiniteData<Page<T>, string | undefined>;

const pageSize = 50;
const nothingKnown: KnownTickets = new Map();

/** What events and the person's own actions say beyond the fetched lists. Kept in the cache, never fetched. */
export const knownQuery = queryOptions({
  queryKey: ["tickets", "known"],
  queryFn: skipToken,
  initialData: nothingKnown,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

export function useKnownTickets(): KnownTickets {
  return useQuery(knownQuery).data ?? nothingKnown;
}

export function changeKnown(change: (all: KnownTickets) => KnownTickets): void {
  queryClient.setQueryData<KnownTickets>(knownQuery.queryKey, (all) => change(all ?? nothingKnown));
}

export const listKey = ["tickets", "list"] as const;

/** One list of tickets, page by page. */
export function listQuery(view: View, filters: Filters) {
  return infiniteQueryOptions({
    queryKey: [...listKey, view, filters],
    queryFn: ({ pageParam, signal }) =>
      api.tickets.list({
        query: {
          ...listQueryOf(view, filters),
          limit: pageSize,
          ...(pageParam !== undefined && { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    // The stream keeps a list on the screen fresh; one that was left is fetched again when the reader comes back.
    staleTime: 15_000,
    gcTime: 60_000,
  });
}

export const countsKey = ["tickets", "counts"] as const;

/** The numbers of the rail. */
export function countsQuery(project: string | undefined) {
  return queryOptions({
    queryKey: [...countsKey, project ?? "all"],
    queryFn: ({ signal }) =>
      api.tickets.counts({ query: { ...(project !== undefined && { project }) }, signal }),
    placeholderData: (before) => before,
  });
}

/** The postponed tickets of the person, for what comes next. */
export const comingBackQuery = queryOptions({
  queryKey: ["tickets", "coming-back"],
  queryFn: async ({ signal }) => {
    const { data } = await api.tickets.list({
      query: { phase: "waiting", assignee: "me", limit: 100 },
      signal,
    });
    return data;
  },
  staleTime: 0,
});

export function ticketQuery(id: string) {
  return queryOptions({
    queryKey: ["ticket", id, "facts"],
    queryFn: ({ signal }) => api.tickets.get({ params: { id }, signal }),
  });
}

/** The ticket with the newest facts and the person's own unanswered changes. */
export function useTicket(id: string) {
  const query = useQuery(ticketQuery(id));
  const known = useKnownTickets();
  const ticket: Ticket | undefined = query.data && newest(query.data, known);
  return { ...query, ticket };
}

/** Messages and notes, newest first. */
export function messagesQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ["ticket", id, "messages"],
    queryFn: ({ pageParam, signal }): Promise<Page<Message>> =>
      api.messages.list({
        params: { id },
        query: { limit: pageSize, ...(pageParam !== undefined && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

/** Who did what, newest first. */
export function historyQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ["ticket", id, "history"],
    queryFn: ({ pageParam, signal }): Promise<Page<TicketEvent>> =>
      api.tickets.events({
        params: { id },
        query: { limit: 100, ...(pageParam !== undefined && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

export function contactQuery(id: string) {
  return queryOptions({
    queryKey: ["contact", id, "card"],
    queryFn: ({ signal }) => api.contacts.get({ params: { id }, signal }),
  });
}
