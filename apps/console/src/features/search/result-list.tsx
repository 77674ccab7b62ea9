import { cx, ErrorState, ListEnd, ListSkeleton } from "@okno/ui";
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type Ref,
  type RefObject,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from "react";
import { errorMessage, requestIdOf } from "../../shared/api/error-message.ts";
import { useOffline } from "../../shared/live/live.ts";
import { useRowWalk } from "../../shared/tickets/use-row-walk.ts";
import { useT } from "./messages.ts";
import { ResultRow } from "./result-row.tsx";
import { Nothing, Start } from "./states.tsx";
import type { Results } from "./use-results.ts";

export type ResultListHandle = { focus: () => void };

type Props = {
  q: string;
  found: Results;
  current: string | undefined;
  /** Behind the ticket on a phone. */
  hidden: boolean;
  onOpen: (id: string) => void;
  onQuery: (query: string) => void;
  handle: Ref<ResultListHandle>;
};

const rowPx = 104;
const overscan = 6;

/** Where each query was scrolled to, for coming back to it. */
const places = new Map<string, number>();
const mostPlaces = 50;

function keepPlace(q: string, top: number): void {
  places.delete(q);
  places.set(q, top);
  for (const oldest of places.keys()) {
    if (places.size <= mostPlaces) break;
    places.delete(oldest);
  }
}

/** A list that was out of sight has lost its place in some browsers: it is put back before anything is painted. */
function usePlace(q: string, hidden: boolean, scroller: RefObject<HTMLElement | null>, ready: boolean) {
  const restored = useRef("");
  const here = `${q} ${hidden}`;
  useLayoutEffect(() => {
    if (!ready || hidden || restored.current === here) return;
    restored.current = here;
    scroller.current?.scrollTo({ top: places.get(q) ?? 0 });
  });
  useEffect(() => {
    if (hidden) restored.current = "";
  }, [hidden]);
}

function Rows({
  q,
  found,
  current,
  onOpen,
  handle,
  scroller,
}: Props & { scroller: RefObject<HTMLElement | null> }) {
  const t = useT();
  const { query, results } = found;
  const virtual = useVirtualizer({
    count: results.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => results[index]?.ticket.id ?? index,
    overscan,
    initialOffset: () => places.get(q) ?? 0,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index;
  const more = useEffectEvent(() => void query.fetchNextPage());
  const near = last !== undefined && last >= results.length - overscan - 2;
  const may = query.hasNextPage && !query.isFetching && !query.isFetchNextPageError && !found.old;
  useEffect(() => {
    if (near && may) more();
  }, [near, may]);
  const ids = results.map(({ ticket }) => ticket.id);
  const { focusList } = useRowWalk({
    ids,
    current,
    onOpen,
    scroller,
    show: (id) => virtual.scrollToIndex(ids.indexOf(id), { align: "auto" }),
  });
  useImperativeHandle(handle, () => ({ focus: focusList }));
  return (
    <>
      <ul
        aria-label={t("list")}
        className={cx("relative transition-opacity", found.old && "opacity-60")}
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map((item) => {
          const result = results[item.index];
          return result ? (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-setsize={query.hasNextPage ? -1 : results.length}
              aria-posinset={item.index + 1}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <ResultRow {...result} query={q} current={result.ticket.id === current} />
            </li>
          ) : null;
        })}
      </ul>
      <ListEnd
        loading={query.isFetchingNextPage}
        failed={query.isFetchNextPageError}
        label={t("more")}
        failedText={t("more.failed")}
        retryLabel={t("retry")}
        onRetry={() => void query.fetchNextPage()}
      />
    </>
  );
}

function Failed({ found }: Pick<Props, "found">) {
  const t = useT();
  const offline = useOffline();
  const { error, isFetching, refetch } = found.query;
  return (
    <ErrorState
      title={offline ? t("offline.title") : t("error.title")}
      text={offline ? t("offline.text") : errorMessage(error)}
      detail={requestIdOf(error)}
      retryLabel={t("retry")}
      onRetry={() => void refetch()}
      retrying={isFetching}
    />
  );
}

/** What was found, with its empty, loading, error and offline states. */
export function ResultList(props: Props) {
  const t = useT();
  const { q, found, hidden, onQuery } = props;
  const { query, results, understood } = found;
  const scroller = useRef<HTMLElement>(null);
  const shown = q !== "" && results.length > 0 && !query.isError;
  const failed = q !== "" && query.isError && results.length === 0;
  usePlace(q, hidden, scroller, shown);
  return (
    <section
      ref={scroller}
      data-testid="search-list"
      data-focus-home=""
      tabIndex={-1}
      aria-label={t("list")}
      aria-busy={query.isFetching}
      onScroll={(event) => {
        if (!hidden && shown && !found.old) keepPlace(q, event.currentTarget.scrollTop);
      }}
      className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain outline-none"
    >
      {q === "" ? <Start onQuery={onQuery} /> : null}
      {q !== "" && query.isPending ? <ListSkeleton label={t("loading")} /> : null}
      {failed ? <Failed found={found} /> : null}
      {q !== "" && query.isSuccess && !found.old && results.length === 0 ? (
        <Nothing query={q} parts={understood} onQuery={onQuery} />
      ) : null}
      {results.length > 0 ? <Rows {...props} scroller={scroller} /> : null}
    </section>
  );
}
