import { cx, NoAccessState } from "@okno/ui";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { queryClient } from "../../shared/api/query-client.ts";
import { directoryKeys, staleAfter } from "../../shared/directory/directory.ts";
import { useLiveEvents, useResync } from "../../shared/live/live.ts";
import { hasRole, useMe } from "../../shared/session/session.ts";
import { keysKey } from "./keys-query.ts";
import { useT } from "./messages.ts";
import { SettingsNav } from "./nav.tsx";
import { sessionsKey } from "./sessions-query.ts";
import { deliveriesKey, webhooksKey } from "./webhooks-query.ts";

const personal = ["/settings", "/settings/profile", "/settings/notifications", "/settings/sessions"];

/** What others change while the settings are open is seen at once. */
function useSettingsLive(): void {
  useLiveEvents(({ type }) => {
    const stale = staleAfter(type);
    if (stale) void queryClient.invalidateQueries({ queryKey: stale });
    if (type.startsWith("key.")) void queryClient.invalidateQueries({ queryKey: keysKey });
    if (type.startsWith("webhook.")) void queryClient.invalidateQueries({ queryKey: webhooksKey });
    if (type.startsWith("session.")) void queryClient.invalidateQueries({ queryKey: sessionsKey });
  });
  useResync(() => {
    for (const queryKey of [...directoryKeys, keysKey, sessionsKey, webhooksKey, deliveriesKey])
      void queryClient.invalidateQueries({ queryKey });
  });
}

/** The settings: their own navigation on the left; on a phone the list of pages first, then one page with a way back. */
export function Settings() {
  const t = useT();
  const me = useMe();
  const { pathname } = useLocation();
  useSettingsLive();
  // One page below another has its way back to that one.
  const parent = (["channels", "webhooks"] as const).find((page) =>
    pathname.startsWith(`/settings/${page}/`),
  );
  const atIndex = pathname.replace(/\/$/u, "") === "/settings";
  const allowed = hasRole(me, "admin") || personal.includes(pathname.replace(/\/$/u, ""));
  return (
    <div className="grid h-full md:grid-cols-[220px_minmax(0,1fr)]">
      <div className={cx("min-h-0 overflow-y-auto border-r bg-surface-2", !atIndex && "max-md:hidden")}>
        <SettingsNav />
      </div>
      <main className={cx("min-h-0 overflow-y-auto bg-surface-1", atIndex && "max-md:hidden")}>
        <Link
          to={parent ? `/settings/${parent}` : "/settings"}
          className="flex h-11 items-center gap-2 border-b px-4 text-14 text-text-2 md:hidden"
        >
          <ArrowLeft aria-hidden="true" className="size-4" />
          {t(parent ? `back.${parent}` : "back.settings")}
        </Link>
        {allowed ? (
          <Outlet />
        ) : (
          <NoAccessState className="h-full" title={t("no.access")} text={t("no.access.text")} />
        )}
      </main>
    </div>
  );
}
