import { cx, ResizeHandle, usePanelSize } from "@okno/ui";
import { useCanGoBack, useNavigate, useParams, useRouter, useSearch } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useInboxLive } from "../features/inbox/live.ts";
import { Rail } from "../features/inbox/rail.tsx";
import { Bell } from "../features/notifications/bell.tsx";
import { askable } from "../features/search/complete.ts";
import { useT as useSearchT } from "../features/search/messages.ts";
import { ResultList, type ResultListHandle } from "../features/search/result-list.tsx";
import type { SearchFieldHandle } from "../features/search/search-field.tsx";
import { SearchHeader } from "../features/search/search-header.tsx";
import { type Results, useResults } from "../features/search/use-results.ts";
import { runCommand, useCommands } from "../shared/keys/use-commands.ts";
import { usePageTitle } from "../shared/layout/page-title.ts";
import { useNarrow } from "../shared/layout/use-media.ts";
import { useT } from "./messages.ts";
import { hiddenInPlace, TicketPane } from "./ticket-pane.tsx";
import { usePrefetch } from "./use-prefetch.ts";

const settleMs = 250;
const showShortcuts = () => void runCommand("keys");

/** The field and the address: what is typed goes there when it settles; what comes from there goes into the field. */
function useQueryText(ticket: string | undefined) {
  const navigate = useNavigate();
  const { q = "" } = useSearch({ strict: false }) as { q?: string };
  const [text, setText] = useState(q);
  const [asked, setAsked] = useState(q);
  if (q !== asked) {
    setAsked(q);
    setText(q);
  }
  const ask = (typed: string) => {
    const next = askable(typed);
    if (next === q) return;
    setAsked(next);
    const search = next ? { q: next } : {};
    void (ticket
      ? navigate({ to: "/search/$ticket", params: { ticket }, search, replace: true })
      : navigate({ to: "/search", search, replace: true }));
  };
  const askSettled = useEffectEvent(ask);
  useEffect(() => {
    const timer = setTimeout(() => askSettled(text), settleMs);
    return () => clearTimeout(timer);
  }, [text]);
  return { q, text, setText, askNow: () => ask(text) };
}

function useWalk(q: string, ids: readonly string[], ticket: string | undefined) {
  const navigate = useNavigate();
  const prefetch = usePrefetch();
  const search = q ? { q } : {};
  const open = (id: string) =>
    void navigate({ to: "/search/$ticket", params: { ticket: id }, search, replace: ticket !== undefined });
  const back = () => void navigate({ to: "/search", search });
  const at = ids.indexOf(ticket ?? "");
  const next = at === -1 ? undefined : (ids[at + 1] ?? ids[at - 1]);
  useEffect(() => prefetch(next), [prefetch, next]);
  return { open, back, leave: () => (next ? open(next) : back()) };
}

/** Enter goes on to what was found: at once if it is there, else when it comes, unless one has gone on typing. */
function useSubmit(found: Results, toList: () => void, askNow: () => void, asked: boolean) {
  const [wanted, setWanted] = useState(false);
  const ready = asked && !found.old && found.query.isSuccess;
  const go = useEffectEvent(() => {
    setWanted(false);
    toList();
  });
  useEffect(() => {
    if (wanted && ready) go();
  }, [wanted, ready]);
  return {
    submit: () => {
      askNow();
      setWanted(true);
    },
    cancel: () => setWanted(false),
  };
}

/** The search: what was found on the left, the ticket in hand beside it; one of them at a time on a phone. */
export function SearchDesk() {
  const t = useT();
  const searchT = useSearchT();
  const navigate = useNavigate();
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const { ticket } = useParams({ strict: false });
  const narrow = useNarrow();
  const field = useRef<SearchFieldHandle>(null);
  const list = useRef<ResultListHandle>(null);
  const panel = usePanelSize({ storageKey: "okno.search.width", initial: 420, min: 320, max: 640 });
  const { q, text, setText, askNow } = useQueryText(ticket);
  usePageTitle(q === "" ? searchT("title") : `${searchT("title")}: ${q}`);
  const found = useResults(q);
  const ids = found.results.map((result) => result.ticket.id);
  const walk = useWalk(q, ids, ticket);
  useInboxLive();
  const focusOnComing = useEffectEvent(() => {
    if (!ticket) field.current?.goOn();
  });
  useEffect(() => focusOnComing(), []);
  const { submit, cancel } = useSubmit(found, () => list.current?.focus(), askNow, askable(text) === q);
  const leave = () =>
    canGoBack ? router.history.back() : void navigate({ to: "/inbox/$view", params: { view: "mine" } });
  const typeInstead = (query: string) => {
    setText(query);
    field.current?.goOn();
  };
  useCommands([
    { id: "search", title: searchT("title"), group: "go", keys: "/", run: () => field.current?.focus() },
    {
      id: "search.leave",
      title: searchT("key.leave"),
      group: "list",
      keys: "esc",
      enabled: ticket === undefined,
      run: leave,
    },
  ]);
  const listHidden = narrow && ticket !== undefined;
  return (
    <div className="flex h-full">
      <div className="w-14 shrink-0 border-r max-md:hidden lg:w-52">
        <Rail
          view={undefined}
          filters={{}}
          onShortcuts={showShortcuts}
          bell={narrow ? undefined : <Bell />}
        />
      </div>
      <main className="relative flex min-w-0 flex-1">
        <div
          className={cx(
            "flex min-h-0 min-w-0 flex-col max-md:w-full! md:shrink-0",
            listHidden && hiddenInPlace,
          )}
          style={{ width: `min(${panel.size}px, 46vw)` }}
        >
          <SearchHeader
            text={text}
            q={q}
            found={found}
            field={field}
            onText={(typed) => {
              cancel();
              setText(typed);
            }}
            onQuery={typeInstead}
            onSubmit={submit}
            onDown={() => list.current?.focus()}
            onLeave={leave}
          />
          <ResultList
            q={q}
            found={found}
            current={ticket}
            hidden={listHidden}
            onOpen={walk.open}
            onQuery={typeInstead}
            handle={list}
          />
        </div>
        <ResizeHandle label={t("list.resize")} {...panel.handle} className="max-md:hidden" />
        <div className={cx("min-h-0 min-w-0 flex-1", narrow && ticket === undefined && "hidden")}>
          <TicketPane ticket={ticket} walk={walk} />
        </div>
      </main>
    </div>
  );
}
