import { OfflineBar, toast } from "@okno/ui";
import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useEffectEvent, useState } from "react";
import { CreateForms } from "../features/contact/create.tsx";
import { useNotificationsLive } from "../features/notifications/live.ts";
import { Palette } from "../features/palette/palette.tsx";
import { openOutbox, resendUnreached, useWaitingOutbox } from "../features/ticket/outbox.ts";
import { directoryKeys, staleAfter } from "../shared/directory/directory.ts";
import { openDrafts, ownDrafts, saveDrafts } from "../shared/drafts/draft-store.ts";
import { useLocale } from "../shared/i18n/i18n.ts";
import { useFocusKept } from "../shared/keys/keep-focus.ts";
import { useKeyboardRoom } from "../shared/layout/use-keyboard-room.ts";
import { isLineUp, joinLive, useLiveEvents, useOffline, useResync } from "../shared/live/live.ts";
import { keepRead } from "../shared/offline/kept.ts";
import { readWithout, useReadUntil } from "../shared/offline/reading.ts";
import { startServiceWorker } from "../shared/offline/service-worker.ts";
import { joinPresence } from "../shared/presence/announce.ts";
import { useStatusCommands } from "../shared/presence/status-menu.tsx";
import { keepUntilLeaving } from "../shared/session/leaving.ts";
import { meQuery, useMe } from "../shared/session/session.ts";
import { forgetOpened } from "../shared/tickets/recent.ts";
import { refreshLists } from "../shared/tickets/refresh.ts";
import { Announcer } from "./announcer.tsx";
import { useT } from "./messages.ts";
import { useAppCommands } from "./use-app-commands.ts";

const ShortcutSheet = lazy(async () => ({ default: (await import("./shortcut-sheet.tsx")).ShortcutSheet }));

/** The words of the settings come after the first screen: nobody looks for them in its first moment. */
const SettingsCommands = lazy(async () => ({
  default: (await import("../features/settings/commands.tsx")).SettingsCommands,
}));

/** Names and rights: fetched again when the journal says they changed, or may have. */
function useDirectoryLive(): void {
  const client = useQueryClient();
  useLiveEvents((event) => {
    const key = staleAfter(event.type);
    if (!key) return;
    void client.invalidateQueries({ queryKey: key });
    if (!event.type.startsWith("member.") || event.type === "member.status_changed") return;
    // Roles may have changed, and with them what may be seen at all.
    void client.invalidateQueries({ queryKey: meQuery.queryKey });
    void refreshLists();
  });
  useResync(() => {
    // Who one is, too: a console opened without a server knows only who was here last.
    for (const queryKey of [meQuery.queryKey, ...directoryKeys]) void client.invalidateQueries({ queryKey });
  });
}

/** What is read stays readable without a network, and the console opens without one. */
function useOfflineReading(session: string, offline: boolean): void {
  const navigate = useNavigate();
  const open = useEffectEvent((address: string) => void navigate({ href: address }));
  useEffect(() => keepRead(session, isLineUp), [session]);
  useEffect(() => {
    // What the memory has let go of meanwhile is still in the browser.
    if (offline) void readWithout();
  }, [offline]);
  useEffect(() => startServiceWorker((address) => open(address)), []);
}

/** A call may fail while the stream stands: then it is tried again before long. */
const resendMs = 15_000;

/** What was written while the server was away goes to it when it is back; where something was written meanwhile, the author is asked. */
function useSendingOn(offline: boolean): void {
  const t = useT();
  const navigate = useNavigate();
  const waiting = useWaitingOutbox();
  const current = useParams({ strict: false }).ticket;
  const sendOn = useEffectEvent(async () => {
    const moved = new Set(await resendUnreached());
    // Where the ticket is open, the question stands in it.
    if (current) moved.delete(current);
    for (const ticket of moved)
      toast({
        title: t("moved_on"),
        text: t("moved_on.text"),
        tone: "late",
        durationMs: resendMs,
        action: {
          label: t("moved_on.open"),
          onAction: () => void navigate({ to: "/inbox/$view/$ticket", params: { view: "all", ticket } }),
        },
      });
  });
  useEffect(() => {
    if (offline) return;
    void sendOn();
    void saveDrafts();
  }, [offline]);
  useEffect(() => {
    if (offline || !waiting) return;
    const again = setInterval(() => void sendOn(), resendMs);
    return () => clearInterval(again);
  }, [offline, waiting]);
}

/** When the server was last heard, in the reader's words; the day only where it is another one. */
function useHeardUntil(): string | undefined {
  const locale = useLocale();
  const until = useReadUntil();
  if (until === undefined) return undefined;
  const day =
    new Date(until).toDateString() === new Date().toDateString() ? {} : { day: "numeric", month: "long" };
  const form = { ...day, hour: "2-digit", minute: "2-digit" } as Intl.DateTimeFormatOptions;
  return new Intl.DateTimeFormat(locale, form).format(until);
}

/** Everything behind the sign-in shares one stream, one outbox and one line about the connection. */
export function SignedIn() {
  const t = useT();
  const me = useMe();
  const offline = useOffline();
  const until = useHeardUntil();
  // Before the first field is drawn: it reads what this browser keeps of this person.
  ownDrafts(me.member.id);
  const [keys, setKeys] = useState(false);
  const [palette, setPalette] = useState(false);
  useEffect(() => joinLive(me.session), [me.session]);
  useOfflineReading(me.session, offline);
  useEffect(() => joinPresence(), []);
  useEffect(() => openOutbox(me.member.id), [me.member.id]);
  useEffect(() => openDrafts(me.member.id), [me.member.id]);
  useEffect(
    () => keepUntilLeaving({ handOver: async () => true, forget: () => forgetOpened(me.member.id) }),
    [me.member.id],
  );
  useSendingOn(offline);
  useDirectoryLive();
  useNotificationsLive(useParams({ strict: false }).ticket, me.member.id);
  useFocusKept();
  useKeyboardRoom();
  useStatusCommands();
  useAppCommands({ onKeys: () => setKeys(true), onPalette: () => setPalette(true) });
  return (
    <div className="flex h-[var(--room,100dvh)] flex-col pt-[env(safe-area-inset-top)] pr-[env(safe-area-inset-right)] pl-[env(safe-area-inset-left)]">
      <OfflineBar offline={offline} text={until ? t("offline.since", { time: until }) : t("offline")} />
      <div className="min-h-0 flex-1">
        <Outlet />
      </div>
      <Announcer />
      <CreateForms />
      <Suspense>
        <SettingsCommands />
      </Suspense>
      <Palette open={palette} onOpenChange={setPalette} />
      {keys ? (
        <Suspense>
          <ShortcutSheet open onOpenChange={setKeys} />
        </Suspense>
      ) : null}
    </div>
  );
}
