import { OfflineBar, runToastAction } from "@okno/ui";
import { useQueryClient } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { openOutbox, resendUnreached } from "../features/ticket/outbox.ts";
import { directoryKeys, staleAfter } from "../shared/directory/directory.ts";
import { useShortcuts } from "../shared/keys/use-shortcuts.ts";
import { joinLive, useLiveEvents, useOffline, useResync } from "../shared/live/live.ts";
import { meQuery, useMe } from "../shared/session/session.ts";
import { refreshLists } from "../shared/tickets/refresh.ts";
import { useT } from "./messages.ts";

const ShortcutSheet = lazy(async () => ({ default: (await import("./shortcut-sheet.tsx")).ShortcutSheet }));

/** Names and rights: fetched again when the journal says they changed, or may have. */
function useDirectoryLive(): void {
  const client = useQueryClient();
  useLiveEvents((event) => {
    const key = staleAfter(event.type);
    if (!key) return;
    void client.invalidateQueries({ queryKey: key });
    if (!event.type.startsWith("member.")) return;
    // Roles may have changed, and with them what may be seen at all.
    void client.invalidateQueries({ queryKey: meQuery.queryKey });
    void refreshLists();
  });
  useResync(() => {
    for (const queryKey of directoryKeys) void client.invalidateQueries({ queryKey });
  });
}

/** Everything behind the sign-in shares one stream, one outbox and one line about the connection. */
export function SignedIn() {
  const t = useT();
  const me = useMe();
  const offline = useOffline();
  const [keys, setKeys] = useState(false);
  useEffect(() => joinLive(me.session), [me.session]);
  useEffect(() => openOutbox(me.member.id), [me.member.id]);
  useEffect(() => {
    if (!offline) resendUnreached();
  }, [offline]);
  useDirectoryLive();
  useShortcuts({ "?": () => setKeys(true), z: () => runToastAction() });
  useEffect(() => {
    const show = () => setKeys(true);
    window.addEventListener("okno:shortcuts", show);
    return () => window.removeEventListener("okno:shortcuts", show);
  }, []);
  return (
    <div className="flex h-dvh flex-col">
      <OfflineBar offline={offline} text={t("offline")} />
      <div className="min-h-0 flex-1">
        <Outlet />
      </div>
      {keys ? (
        <Suspense>
          <ShortcutSheet open onOpenChange={setKeys} />
        </Suspense>
      ) : null}
    </div>
  );
}
