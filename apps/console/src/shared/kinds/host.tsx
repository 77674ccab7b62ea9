import type { Route } from "@okno/contract";
import type { KindHost } from "@okno/kit";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import type { ComponentProps, MouseEvent } from "react";
import { callOnPage } from "../api/client.ts";
import { errorMessage, isRefusal, requestIdOf } from "../api/error-message.ts";
import { useMembers, useProjects } from "../directory/directory.ts";
import { defineMessages, useLocale } from "../i18n/i18n.ts";
import { useCommands } from "../keys/use-commands.ts";
import { usePageTitle } from "../layout/page-title.ts";
import { useNarrow } from "../layout/use-media.ts";
import { useLiveEvents, useOffline, useResync } from "../live/live.ts";
import { hasRole, useMe } from "../session/session.ts";

function useGo() {
  const navigate = useNavigate();
  return (address: string, { replace = false }: { replace?: boolean } = {}) =>
    void navigate({ href: address, replace });
}

/** A search that looks like a number or a list was read as one by the router. */
const textOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

function usePlace() {
  const { pathname, search } = useRouterState({ select: ({ location }) => location });
  const entries = Object.entries(search as Record<string, unknown>).map(([key, value]) => [
    key,
    textOf(value),
  ]);
  return { path: pathname, search: Object.fromEntries(entries) as Record<string, string> };
}

/** Whether the browser should do what it does with any link: another tab, a download. */
const isBrowsers = (event: MouseEvent) =>
  event.defaultPrevented ||
  event.button !== 0 ||
  event.metaKey ||
  event.ctrlKey ||
  event.shiftKey ||
  event.altKey;

function Link({ to, onClick, ...rest }: Omit<ComponentProps<"a">, "href"> & { to: string }) {
  const go = useGo();
  return (
    <a
      {...rest}
      href={to}
      onClick={(event) => {
        onClick?.(event);
        if (isBrowsers(event)) return;
        event.preventDefault();
        go(to);
      }}
    />
  );
}

/** What the console lends to the console halves of kinds. */
export const host: KindHost = {
  call: (route: Route, input = {}) => callOnPage(route, input) as Promise<never>,
  defineMessages,
  useLocale,
  useCommands,
  useLiveEvents,
  useResync,
  useOffline,
  useNarrow,
  usePageTitle,
  useMe,
  hasRole,
  useProjects,
  useMembers,
  errorMessage,
  requestIdOf,
  isRefusal,
  usePlace,
  useGo,
  Link,
};
