import type { Webhook, WebhookDelivery } from "@okno/contract";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../shared/api/client.ts";

export const webhooksKey = ["webhooks"] as const;
export const deliveriesKey = ["webhook-deliveries"] as const;

/** Every endpoint the person may manage. */
export const webhooksQuery = queryOptions({
  queryKey: webhooksKey,
  queryFn: async ({ signal }): Promise<Webhook[]> => (await api.webhooks.list({ signal })).data,
});

export type LogFilter = { state: WebhookDelivery["state"] | undefined; type: string | undefined };

/** How often an open log looks for what has been sent meanwhile. */
const lookAgainMs = 5_000;

/** The log of an endpoint, newest first. */
export const deliveriesQuery = (webhook: string, { state, type }: LogFilter) =>
  infiniteQueryOptions({
    queryKey: [...deliveriesKey, webhook, state ?? "", type ?? ""],
    queryFn: ({ pageParam, signal }) =>
      api.webhooks.deliveries({
        query: {
          webhook,
          limit: 30,
          ...(state && { state }),
          ...(type && { type }),
          ...(pageParam && { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: lookAgainMs,
  });

export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: [...deliveriesKey, "one", id],
    queryFn: ({ signal }) => api.webhooks.delivery({ params: { id }, signal }),
    refetchInterval: lookAgainMs,
  });
