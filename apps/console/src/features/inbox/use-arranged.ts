import type { Ticket } from "@okno/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useLabels } from "../../shared/directory/directory.ts";
import type { Filters, View } from "../../shared/tickets/filters.ts";
import { listQuery, useKnownTickets } from "../../shared/tickets/queries.ts";
import { arrange, compareBy } from "./arrange.ts";

export type Attention = { calm: boolean; hold: boolean };

/** The list as it is shown: fetched pages, the stream's news, the person's own changes, and what waits. */
export function useArranged(view: View, filters: Filters, me: string, attention: Attention) {
  const query = useInfiniteQuery(listQuery(view, filters));
  const known = useKnownTickets();
  const labels = useLabels();
  const previous = useRef<{ key: string; ids: readonly string[] }>({ key: "", ids: [] });
  const [showAll, setShowAll] = useState(false);
  const key = `${view} ${JSON.stringify(filters)}`;

  const loaded = useMemo<Ticket[]>(() => query.data?.pages.flatMap((page) => page.data) ?? [], [query.data]);
  const arranged = useMemo(
    () =>
      query.data
        ? arrange({
            loaded,
            complete: !query.hasNextPage,
            known,
            scope: { view, filters, me },
            compare: compareBy(filters.sort ?? "newest", labels),
            previous: previous.current.key === key ? previous.current.ids : [],
            calm: attention.calm || showAll,
            hold: attention.hold,
          })
        : { rows: [], waiting: [] },
    [
      query.data,
      query.hasNextPage,
      loaded,
      known,
      view,
      filters,
      me,
      labels,
      key,
      attention.calm,
      attention.hold,
      showAll,
    ],
  );
  useLayoutEffect(() => {
    previous.current = { key, ids: arranged.rows.map((row) => row.ticket.id) };
    if (showAll) setShowAll(false);
  });
  return { ...arranged, query, reveal: useCallback(() => setShowAll(true), []) };
}
