import { cx, ResizeHandle, Sheet, usePanelSize } from "@okno/ui";
import { useNavigate, useParams, useRouter, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ListHeader } from "../features/inbox/list-header.tsx";
import { useInboxLive } from "../features/inbox/live.ts";
import { useT as useInboxT } from "../features/inbox/messages.ts";
import { Rail } from "../features/inbox/rail.tsx";
import { TicketList } from "../features/inbox/ticket-list.tsx";
import { ViewBar } from "../features/inbox/view-bar.tsx";
import { useViewCount } from "../features/inbox/view-count.ts";
import { Bell } from "../features/notifications/bell.tsx";
import { runCommand } from "../shared/keys/use-commands.ts";
import { useNarrow } from "../shared/layout/use-media.ts";
import { useMe } from "../shared/session/session.ts";
import { type Filters, isNarrowed, readFilters, type View, viewOf } from "../shared/tickets/filters.ts";
import { useT } from "./messages.ts";
import { hiddenInPlace, loadTicketView, TicketPane } from "./ticket-pane.tsx";
import { usePrefetch } from "./use-prefetch.ts";
import { ViewEditorHost } from "./view-editor-host.tsx";

const afterFirstScreenMs = 800;

/** A pointer that only passes over a row asks for nothing. */
const restMs = 80;

const showShortcuts = () => void runCommand("keys");

function usePlace(): { view: View; filters: Filters; ticket: string | undefined } {
  const { view, ticket } = useParams({ strict: false });
  const search = useSearch({ strict: false });
  // One identity for one address: lists are looked up by it.
  const address = JSON.stringify(readFilters(search));
  const filters = useMemo<Filters>(() => JSON.parse(address) as Filters, [address]);
  return { view: viewOf(view), filters, ticket };
}

/** Opening, leaving and coming back, always within the same view and filters. */
function useWalk({ view, filters, ticket }: ReturnType<typeof usePlace>, narrow: boolean) {
  const navigate = useNavigate();
  const { history } = useRouter();
  const overList = useRef(false);
  const before = useRef(ticket);
  useEffect(() => {
    if (!ticket) overList.current = false;
    else if (!before.current) overList.current = true;
    before.current = ticket;
  }, [ticket]);
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
  // On a phone the ticket lies over its list: the way back is the browser's, so that its gesture leads to no ticket again.
  const back = () =>
    narrow && overList.current
      ? history.back()
      : void navigate({ to: "/inbox/$view", params: { view }, search: filters, replace: narrow });
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

const withoutProject = ({ project: _, ...rest }: Filters): Filters => rest;

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
  const count = useViewCount(view, filters.project);
  const walk = useWalk(place, narrow);
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
  const listHidden = narrow && ticket !== undefined;
  // Nothing to choose from: the calm picture has the whole room.
  const alone = walk.empty && ticket === undefined;
  return (
    <div className="flex h-full">
      <div className="w-14 shrink-0 border-r max-md:hidden lg:w-52">
        <Rail
          view={view}
          filters={filters}
          onShortcuts={showShortcuts}
          bell={narrow ? undefined : <Bell />}
        />
      </div>
      <main className="relative flex min-w-0 flex-1">
        <div
          className={cx(
            "flex min-h-0 min-w-0 flex-col max-md:w-full! md:shrink-0",
            listHidden && hiddenInPlace,
            alone && "md:w-full!",
          )}
          style={{ width: `min(${panel.size}px, 38vw)` }}
        >
          <ListHeader
            view={view}
            filters={filters}
            count={isNarrowed(withoutProject(filters)) ? undefined : count}
            onMenu={() => setMenu(true)}
            bell={narrow ? <Bell /> : undefined}
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
          <TicketPane ticket={ticket} walk={walk} />
        </div>
      </main>
      <ViewEditorHost />
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
