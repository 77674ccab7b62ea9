import type { BegunDraft } from "@okno/contract";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../api/client.ts";

export const begunKey = ["drafts", "begun"] as const;

/** What the person has begun to write, newest first: the first hundred. */
const begunQuery = queryOptions({
  queryKey: begunKey,
  queryFn: async ({ signal }): Promise<BegunDraft[]> =>
    (await api.drafts.list({ query: { limit: 100 }, signal })).data,
  staleTime: 60_000,
});

export function useBegunDrafts(): BegunDraft[] {
  return useQuery(begunQuery).data ?? [];
}

/** Tickets in which the person has begun to write. */
export function useDraftTickets(): ReadonlySet<string> {
  const { data } = useQuery(begunQuery);
  return useMemo(() => new Set(data?.map((each) => each.ticket.id)), [data]);
}
