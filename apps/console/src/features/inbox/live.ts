import type { StreamEvent } from "@okno/contract";
import { useEffect, useRef } from "react";
import { queryClient } from "../../shared/api/query-client.ts";
import { useLiveEvents, useResync } from "../../shared/live/live.ts";
import { learnAll } from "../../shared/tickets/known.ts";
import { changeKnown, comingBackQuery, countsKey } from "../../shared/tickets/queries.ts";
import { refreshLists } from "../../shared/tickets/refresh.ts";
import { refreshViews, viewCountsQuery } from "../../shared/views/queries.ts";

/** A burst of events asks for the counts once. */
const countsDelayMs = 250;
/** Events of one moment become one change of the screen. */
const batchMs = 30;
/** Counts of saved views cost the server more: a burst of events asks for them this often. */
const viewCountsDelayMs = 2_500;

type Current = NonNullable<StreamEvent["current"]>;

/** Keeps lists and counts equal to the server while the desk is open. */
export function useInboxLive(): void {
  const batch = useRef<Current[]>([]);
  const counting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const batching = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const countingViews = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const recountViews = () => {
    countingViews.current = undefined;
    void queryClient.invalidateQueries({ queryKey: viewCountsQuery.queryKey });
  };
  const flush = () => {
    batching.current = undefined;
    const tickets = batch.current.splice(0);
    changeKnown((all) => learnAll(all, tickets, true));
  };
  const recount = () => {
    counting.current = undefined;
    void queryClient.invalidateQueries({ queryKey: countsKey });
    void queryClient.invalidateQueries({ queryKey: comingBackQuery.queryKey });
  };

  useLiveEvents(({ current, type }) => {
    if (type.startsWith("view.")) refreshViews();
    if (!current) return;
    countingViews.current ??= setTimeout(recountViews, viewCountsDelayMs);
    batch.current.push(current);
    batching.current ??= setTimeout(flush, batchMs);
    counting.current ??= setTimeout(recount, countsDelayMs);
  });
  useResync(() => {
    void refreshLists();
    refreshViews();
    recount();
  });
  useEffect(
    () => () => {
      clearTimeout(counting.current);
      clearTimeout(batching.current);
      clearTimeout(countingViews.current);
      countingViews.current = undefined;
      counting.current = undefined;
      batching.current = undefined;
    },
    [],
  );
}
