import type { Notification, NotificationSettings } from "@okno/contract";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../shared/api/client.ts";
import { queryClient } from "../../shared/api/query-client.ts";

const pageSize = 30;

export const notificationCountsQuery = queryOptions({
  queryKey: ["notifications", "counts"],
  queryFn: ({ signal }) => api.notifications.counts({ signal }),
});

export const notificationsQuery = infiniteQueryOptions({
  queryKey: ["notifications", "list"],
  queryFn: ({ signal, pageParam }) =>
    api.notifications.list({ query: { limit: pageSize, ...(pageParam && { cursor: pageParam }) }, signal }),
  initialPageParam: "",
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});

export const notificationSettingsQuery = queryOptions({
  queryKey: ["notification-settings"],
  queryFn: ({ signal }): Promise<NotificationSettings> => api.notifications.settings({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** What the bell shows may have changed. */
export function refreshNotifications(): void {
  void queryClient.invalidateQueries({ queryKey: ["notifications"] });
}

/** Marks what was seen; the count follows from the server. */
export async function markSeen(
  what: { ticket: string } | { ids: string[] } | { upTo: string },
): Promise<void> {
  await api.notifications.read({ body: what });
  refreshNotifications();
}

/** Where a piece of news leads. */
export function placeOf({ ticket, webhook }: Pick<Notification, "ticket" | "webhook">) {
  return ticket
    ? ({ to: "/inbox/$view/$ticket", params: { view: "all", ticket: ticket.id } } as const)
    : ({ to: "/settings/webhooks/$webhook", params: { webhook: webhook?.id ?? "" } } as const);
}

export function whoOf({ actor }: Pick<Notification, "actor">, words: { system: string; someone: string }) {
  if (actor.kind === "system") return words.system;
  return actor.name ?? words.someone;
}
