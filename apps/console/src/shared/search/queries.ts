import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../api/client.ts";

const pageSize = 30;
/** The same words a moment later find the same; a list that was left is asked for again. */
const staleMs = 15_000;

/** Everything that a query finds, page by page, the latest first. */
export function searchQuery(q: string) {
  return infiniteQueryOptions({
    queryKey: ["search", "tickets", q],
    queryFn: ({ pageParam, signal }) =>
      api.search.tickets({
        query: { q, limit: pageSize, ...(pageParam !== undefined && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    staleTime: staleMs,
  });
}

/** The first few tickets, for a list that shows no more. */
export function quickSearchQuery(q: string, limit: number) {
  return queryOptions({
    queryKey: ["search", "quick", q, limit],
    queryFn: ({ signal }) => api.search.tickets({ query: { q, limit }, signal }),
    staleTime: staleMs,
    gcTime: 60_000,
  });
}

/** Customers whose name or address begins so. */
export function suggestQuery(q: string, limit: number) {
  return queryOptions({
    queryKey: ["search", "suggest", q, limit],
    queryFn: async ({ signal }) => (await api.search.suggest({ query: { q, limit }, signal })).data,
    staleTime: staleMs,
    gcTime: 60_000,
  });
}
