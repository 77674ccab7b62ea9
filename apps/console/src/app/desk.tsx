import { cx, ResizeHandle, Sheet, usePanelSize } from "@okno/ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ListHeader } from "../features/inbox/list-header.tsx";
import { useInboxLive } from "../features/inbox/live.ts";
import { useT as useInboxT } from "../features/inbox/messages.ts";
import { countOf, Rail } from "../features/inbox/rail.tsx";
import { TicketList } from "../features/inbox/ticket-list.tsx";
import { ViewBar } from "../features/inbox/view-bar.tsx";
import { viewKeys } from "../features/inbox/views.tsx";
import { NoTicket } from "../features/ticket/no-ticket.tsx";
import { useShortcuts } from "../shared/keys/use-shortcuts.ts";
import { useNarrow } from "../shared/layout/use-media.ts";
import { useMe } from "../shared/session/session.ts";
import { type Filters, isNarrowed, type View, viewOf, views } from "../shared/tickets/filters.ts";
import { countsQuery, historyQuery, messagesQuery, ticketQuery } from "../shared/tickets/queries.ts";
import { useT } from "./messages.ts";

const loadTicketView = () => import("../features/ticket/ticket-view.tsx");
/** The ticket's code comes right after the list's, so that the first screen is there sooner. */
const TicketView = lazy(async () => ({ default: (await loadTicketView()).TicketView }));

const afterFirstScreenMs = 800;

/** A pointer that only passes over a row asks for nothing. */
const restMs = 80;

const showShortcuts = () => window.dispatchEvent(new Event("okno:shortcuts"));

/** Fetches a ticket before it is opened. */
function usePrefetch(): (id: string | undefined) => void {
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

function usePlace(): { view: View; filters: Filters; ticket: string | undefined } {
  const { view, ticket } = useParams({ strict: false });
  const { project, topic, label, contact, sort } = useSearch({ strict: false }) as Filters;
  const filters = useMemo<Filters>(
    () => ({
      ...(project && { project }),
      ...(topic && { topic }),
      ...(label && { label }),
      ...(contact && { contact }),
      ...(sort && { sort }),
    }),
    [project, topic, label, contact, sort],
  );
  return { view: viewOf(view), filters, ticket };
}

/** Opening, leaving and coming back, always within the same view and filters. */
function useWalk({ view, filters, ticket }: ReturnType<typeof usePlace>) {
  const navigate = useNavigate();
  const prefetch = usePrefetch();
  const order = useRef<readonly string[]>([]);
  const [empty, setEmpty] = useState(false);
  const open = useCallback(
    (id: string) =>
      void navigate({
        to: "/inbox/$view/$ticket",
        params: { view, ticket: id },
        search: filters,
        replace: ticket !== undefined,
      }),
    [navigate, view, filters, ticket],
  );
  const back = () => void navigate({ to: "/inbox/$view", params: { view }, search: filters });
  const next = () => {
    const at = order.current.indexOf(ticket ?? "");
    return at === -1
      ? order.current.find((id) => id !== ticket)
      : (order.current[at + 1] ?? order.current[at - 1]);
  };
  const onOrder = (ids: readonly string[]) => {
    order.current = ids;
    setEmpty(ids.length === 0);
    if (ticket) prefetch(next());
  };
  const leave = () => {
    const to = next();
    if (to) open(to);
    else back();
  };
  return { open, back, leave, onOrder, prefetch, empty };
}

function useGoKeys(filters: Filters): void {
  const navigate = useNavigate();
  const keep = filters.project ? { project: filters.project } : {};
  const go = views.map((view) => [
    viewKeys[view],
    () => void navigate({ to: "/inbox/$view", params: { view }, search: keep }),
  ]);
  useShortcuts({ ...Object.fromEntries(go), "g s": () => void navigate({ href: "/settings" }) });
}

/** The operator's desk: views, list and the ticket in hand. One of them at a time on a phone. */
export function Desk() {
  const t = useT();
  const inboxT = useInboxT();
  const place = usePlace();
  const { view, filters, ticket } = place;
  const { member } = useMe();
  const narrow = useNarrow();
  const [menu, setMenu] = useState(false);
  const panel = usePanelSize({ storageKey: "okno.list.width", initial: 360, min: 300, max: 560 });
  const { data: counts } = useQuery(countsQuery(filters.project));
  const walk = useWalk(place);
  const rest = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const { prefetch } = walk;
  const onPoint = useCallback(
    (id: string) => {
      clearTimeout(rest.current);
      rest.current = setTimeout(() => prefetch(id), restMs);
    },
    [prefetch],
  );
  useEffect(() => {
    const soon = setTimeout(() => void loadTicketView(), afterFirstScreenMs);
    return () => clearTimeout(soon);
  }, []);
  useInboxLive();
  useGoKeys(filters);
  const listHidden = narrow && ticket !== undefined;
  // Nothing to choose from: the calm picture has the whole room.
  const alone = walk.empty && ticket === undefined;
  return (
    <div className="flex h-full">
      <div className="w-14 shrink-0 border-r max-md:hidden lg:w-52">
        <Rail view={view} filters={filters} onShortcuts={showShortcuts} />
      </div>
      <main className="flex min-w-0 flex-1">
        <div
          className={cx(
            "flex min-h-0 min-w-0 flex-col max-md:w-full! md:shrink-0",
            listHidden && "hidden",
            alone && "md:w-full!",
          )}
          style={{ width: `min(${panel.size}px, 38vw)` }}
        >
          <ListHeader
            view={view}
            filters={filters}
            count={isNarrowed({ ...filters, project: "" }) ? undefined : countOf(counts, view)}
            onMenu={() => setMenu(true)}
          />
          <TicketList
            view={view}
            filters={filters}
            me={member.id}
            current={ticket}
            onOpen={walk.open}
            onOrder={walk.onOrder}
            onPoint={onPoint}
          />
          <ViewBar view={view} filters={filters} onMore={() => setMenu(true)} />
        </div>
        <ResizeHandle
          label={t("list.resize")}
          {...panel.handle}
          className={cx("max-md:hidden", alone && "hidden")}
        />
        <div
          className={cx("min-h-0 min-w-0 flex-1", ((narrow && ticket === undefined) || alone) && "hidden")}
        >
          {ticket ? (
            <Suspense>
              <TicketView
                id={ticket}
                onBack={walk.back}
                onLeave={walk.leave}
                onReturn={() => walk.open(ticket)}
              />
            </Suspense>
          ) : (
            <NoTicket />
          )}
        </div>
      </main>
      <Sheet
        title={inboxT("navigation")}
        closeLabel={t("close")}
        side="start"
        open={menu && narrow}
        onOpenChange={setMenu}
      >
        {/* Choosing anything closes the sheet. */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it only listens to the links inside */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: a link's Enter is a click */}
        <div
          className="h-full"
          onClick={(event) => {
            if ((event.target as HTMLElement).closest("a")) setMenu(false);
          }}
        >
          <Rail spread view={view} filters={filters} onShortcuts={showShortcuts} />
        </div>
      </Sheet>
    </div>
  );
}
