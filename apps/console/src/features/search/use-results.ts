import type { SearchHit } from "@okno/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { searchQuery } from "../../shared/search/queries.ts";
import type { TicketFacts } from "../../shared/tickets/filters.ts";
import { factsOf, newest } from "../../shared/tickets/known.ts";
import { useKnownTickets } from "../../shared/tickets/queries.ts";

export type Result = { ticket: TicketFacts; hits: SearchHit[] };

/**
 * What a query finds, with each ticket as it stands now. While the next answer is on its way the last one stays in sight,
 * marked as old.
 */
export function useResults(q: string) {
  const query = useInfiniteQuery({
    ...searchQuery(q),
    enabled: q !== "",
    placeholderData: (before) => before,
  });
  const known = useKnownTickets();
  const results = useMemo<Result[]>(() => {
    // A ticket that moved up meanwhile may come twice.
    const found = new Map<string, Result>();
    for (const { ticket, hits } of q === "" ? [] : (query.data?.pages.flatMap((page) => page.data) ?? []))
      if (!found.has(ticket.id)) found.set(ticket.id, { ticket: newest(factsOf(ticket), known), hits });
    return [...found.values()];
  }, [q, query.data, known]);
  const [first] = query.data?.pages ?? [];
  const current = q !== "" && !query.isPlaceholderData ? first : undefined;
  return {
    query,
    results,
    total: current?.total,
    understood: current?.understood ?? [],
    old: q !== "" && query.isPlaceholderData,
  };
}

export type Results = ReturnType<typeof useResults>;
