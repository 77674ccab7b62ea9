import type { Ticket } from "@okno/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useLabels } from "../../shared/directory/directory.ts";
import { type Filters, usualSort, type View } from "../../shared/tickets/filters.ts";
import { isFull } from "../../shared/tickets/known.ts";
import { listQuery, useKnownTickets } from "../../shared/tickets/queries.ts";
import { renewLists } from "../../shared/tickets/refresh.ts";
import { useMatches, useMyTeams, useSavedView } from "../../shared/views/queries.ts";
import { arrange, compareBy } from "./arrange.ts";

export type Attention = { calm: boolean; hold: boolean };

/** The list as it is shown: fetched pages, the stream's news, the person's own changes, and what waits. */
export function useArranged(view: View, filters: Filters, me: string, attention: Attention) {
  const query = useInfiniteQuery(listQuery(view, filters));
  const known = useKnownTickets();
  const labels = useLabels();
  const saved = useSavedView(view);
  const matches = useMatches(view);
  const teams = useMyTeams();
  const sort = filters.sort ?? saved?.sort ?? usualSort(view);
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
            scope: { view, filters, me, teams, ...(matches && { matches }) },
            compare: compareBy(sort, labels),
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
      teams,
      matches,
      sort,
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
  // More has come than is kept in hand: the list is fetched anew as soon as nobody looks closely, or asks for what is new.
  const full = isFull(known);
  useEffect(() => {
    if (full && attention.calm) void renewLists();
  }, [full, attention.calm]);
  const reveal = useCallback(() => {
    if (full) void renewLists().then(() => setShowAll(true));
    else setShowAll(true);
  }, [full]);
  return { ...arranged, query, reveal };
}
