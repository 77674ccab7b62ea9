import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { historyQuery, messagesQuery } from "../../shared/tickets/queries.ts";
import { useConfirmations } from "./confirmations.ts";
import { buildTimeline } from "./timeline.ts";

/** Messages and history of a ticket as one story; history is fetched as far back as the messages go. */
export function useTimeline(id: string) {
  const messages = useInfiniteQuery(messagesQuery(id));
  const history = useInfiniteQuery(historyQuery(id));
  const confirmations = useConfirmations(id);
  const said = useMemo(() => messages.data?.pages.flatMap((page) => page.data) ?? [], [messages.data]);
  const done = useMemo(() => history.data?.pages.flatMap((page) => page.data) ?? [], [history.data]);
  const complete = messages.data !== undefined && !messages.hasNextPage;

  const reached = Math.min(...done.map((event) => event.seq));
  const needed = complete ? 1 : Math.min(...said.map((message) => message.seq));
  const { hasNextPage, isFetching, isError, fetchNextPage } = history;
  const behind = hasNextPage && !isFetching && !isError && reached > needed;
  useEffect(() => {
    if (behind) void fetchNextPage();
  }, [behind, fetchNextPage]);

  const entries = useMemo(
    () => (messages.data ? buildTimeline({ messages: said, history: done, confirmations, complete }) : []),
    [messages.data, said, done, confirmations, complete],
  );
  return { entries, messages, said, newest: said[0], complete };
}
