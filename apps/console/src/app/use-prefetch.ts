import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { historyQuery, messagesQuery, ticketQuery } from "../shared/tickets/queries.ts";

/** Fetches a ticket before it is opened. */
export function usePrefetch(): (id: string | undefined) => void {
  const client = useQueryClient();
  return useCallback(
    (id) => {
      if (id === undefined) return;
      void client.prefetchQuery(ticketQuery(id));
      void client.prefetchInfiniteQuery(messagesQuery(id));
      void client.prefetchInfiniteQuery(historyQuery(id));
    },
    [client],
  );
}
