import { Button, cx, ErrorState, ListEnd, ListSkeleton, Spinner } from "@okno/ui";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowUp } from "lucide-react";
import { type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { useAnnounced } from "../../shared/announce/announce.ts";
import { errorMessage, requestIdOf } from "../../shared/api/error-message.ts";
import { usePageTitle } from "../../shared/layout/page-title.ts";
import { usePreferences } from "../../shared/session/use-preferences.ts";
import type { Filters, View } from "../../shared/tickets/filters.ts";
import { useRowWalk } from "../../shared/tickets/use-row-walk.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { BulkStatus } from "./bulk-status.tsx";
import { EmptyList } from "./empty-list.tsx";
import { useT } from "./messages.ts";
import { SelectableRow } from "./selectable-row.tsx";
import { TicketRow } from "./ticket-row.tsx";
import { useArranged } from "./use-arranged.ts";
import { useAttention } from "./use-attention.ts";
import { useSelection } from "./use-selection.ts";
import { useSwipe } from "./use-swipe.tsx";
import { useViewTitle } from "./views.tsx";

export type TicketListProps = {
  view: View;
  filters: Filters;
  me: string;
  /** The ticket in hand. */
  current: string | undefined;
  onOpen: (id: string) => void;
  /** The ids as they are shown, for whoever needs to know what comes next. */
  onOrder: (ids: readonly string[]) => void;
  /** The pointer rests on this row: a good moment to fetch it. */
  onPoint: (id: string) => void;
};

const rowPx = { comfortable: 85, compact: 73 } as const;
const overscan = 8;

function NewPill({ count, onReveal }: { count: number; onReveal: () => void }) {
  const t = useT();
  useAnnounced(count > 0 ? t("new.said", { count }) : "");
  return (
    <div className="pointer-events-none absolute inset-x-0 top-2 z-10 flex justify-center">
      {count > 0 ? (
        <Button
          data-testid="new-pill"
          variant="primary"
          size="sm"
          icon={<ArrowUp />}
          onClick={onReveal}
          className="pointer-events-auto rounded-full! shadow-overlay"
        >
          {t("new", { count })}
        </Button>
      ) : null}
    </div>
  );
}

/** Fetches the next page when the reader comes near the end of the rows. */
function useNextPage(list: ReturnType<typeof useArranged>, lastIndex: number | undefined): void {
  const { query, rows } = list;
  const more = useEffectEvent(() => void query.fetchNextPage());
  const near = lastIndex !== undefined && lastIndex >= rows.length - overscan - 2;
  const may = query.hasNextPage && !query.isFetching && !query.isFetchNextPageError;
  useEffect(() => {
    if (near && may) more();
  }, [near, may]);
}

function Rows({
  list,
  scroller,
  ...props
}: TicketListProps & {
  list: ReturnType<typeof useArranged>;
  scroller: RefObject<HTMLElement | null>;
  choice: ReturnType<typeof useSelection>;
  show: RefObject<((index: number) => void) | undefined>;
}) {
  const { view, filters, current, onPoint, choice, show } = props;
  const t = useT();
  const { preferences } = usePreferences();
  const { rows, query } = list;
  const size = rowPx[preferences.density];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => size,
    getItemKey: (index) => rows[index]?.ticket.id ?? index,
    overscan,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another density is another height for every row
  useEffect(() => virtual.measure(), [virtual, size]);
  const items = virtual.getVirtualItems();
  const swipe = useSwipe();
  useNextPage(list, items.at(-1)?.index);
  const scrollTo = (index: number) => virtual.scrollToIndex(index, { align: "auto" });
  useEffect(() => {
    show.current = scrollTo;
  });
  useRowWalk({
    ...props,
    ids: rows.filter((row) => !row.leaving).map((row) => row.ticket.id),
    scroller,
    show: (id) => scrollTo(rows.findIndex((row) => row.ticket.id === id)),
  });

  return (
    <>
      <ul aria-label={t("list.label")} className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          return row ? (
            <SelectableRow
              key={row.ticket.id}
              ticket={row.ticket}
              choice={choice}
              swipe={row.leaving ? {} : swipe(row.ticket)}
              aria-setsize={query.hasNextPage ? -1 : rows.length}
              aria-posinset={item.index + 1}
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              <TicketRow
                ticket={row.ticket}
                leaving={row.leaving}
                view={view}
                filters={filters}
                current={row.ticket.id === current}
                onPoint={onPoint}
              />
            </SelectableRow>
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

/** A rare condition is looked for step by step: the server says how far it came, and the list goes on by itself. */
function StillLooking({ list: { query } }: { list: ReturnType<typeof useArranged> }) {
  const t = useT();
  const on = useEffectEvent(() => void query.fetchNextPage());
  const may = !query.isFetching && !query.isFetchNextPageError;
  useEffect(() => {
    if (may) on();
  }, [may]);
  return query.isFetchNextPageError ? (
    <ErrorState
      title={t("more.failed")}
      text={errorMessage(query.error)}
      retryLabel={t("retry")}
      onRetry={() => void query.fetchNextPage()}
    />
  ) : (
    <div role="status" className="flex flex-col items-center gap-2 p-8 text-13 text-text-2">
      <Spinner label={t("looking")} />
      {t("looking")}
    </div>
  );
}

/** The list of one view, however long, with its loading, empty and error states. */
export function TicketList(props: TicketListProps) {
  const t = useT();
  const title = useViewTitle(props.view);
  usePageTitle(title);
  const scroller = useRef<HTMLElement>(null);
  const attention = useAttention(scroller);
  const list = useArranged(props.view, props.filters, props.me, attention);
  const { query, rows, waiting } = list;
  const order = useEffectEvent(() =>
    props.onOrder(rows.flatMap((row) => (row.leaving ? [] : [row.ticket.id]))),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: told again whenever the rows are others
  useEffect(() => {
    if (query.data) order();
  }, [rows, query.data]);
  const reveal = () => {
    list.reveal();
    scroller.current?.scrollTo({ top: 0 });
  };
  const show = useRef<(index: number) => void>(undefined);
  const choice = useSelection({
    list: `${props.view} ${JSON.stringify(props.filters)}`,
    rows,
    current: props.current,
    scroller,
    show,
  });
  const failed = query.isError && !query.data;
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <NewPill count={waiting.length} onReveal={reveal} />
      <section
        ref={scroller}
        data-testid="inbox-list"
        data-focus-home=""
        tabIndex={-1}
        aria-busy={query.isPending}
        aria-label={t("list", { view: title })}
        className={cx("flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain outline-none")}
      >
        {query.isPending ? <ListSkeleton label={t("loading")} /> : null}
        {failed ? (
          <ErrorState
            title={t("error.title")}
            text={errorMessage(query.error)}
            detail={requestIdOf(query.error)}
            retryLabel={t("retry")}
            onRetry={() => void query.refetch()}
            retrying={query.isFetching}
          />
        ) : null}
        {query.data && rows.length === 0 && query.hasNextPage ? <StillLooking list={list} /> : null}
        {query.data && rows.length === 0 && !query.hasNextPage ? (
          <EmptyList view={props.view} filters={props.filters} />
        ) : null}
        {rows.length > 0 ? (
          <Rows {...props} list={list} scroller={scroller} choice={choice} show={show} />
        ) : null}
      </section>
      <BulkStatus />
      {choice.active ? (
        <BulkBar
          view={props.view}
          filters={props.filters}
          selection={choice.selection}
          canSelectAll={choice.everything && query.hasNextPage}
          onSelectAll={choice.selectAll}
          onClear={choice.clear}
        />
      ) : null}
    </div>
  );
}
