import type { BodyInputOf, NotificationSettings, routes } from "@okno/contract";
import { toast } from "@okno/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../shared/api/client.ts";
import { errorMessage } from "../../shared/api/error-message.ts";
import { notificationSettingsQuery } from "./queries.ts";

type Change = BodyInputOf<typeof routes.notifications.changeSettings>;

/** How one is told: applied at once, kept on the server, put back if it refuses. */
export function useNotificationSettings() {
  const client = useQueryClient();
  const query = useQuery(notificationSettingsQuery);
  const { mutate } = useMutation({
    // Quick changes after one another are sent in their order.
    scope: { id: "notification-settings" },
    mutationFn: (change: Change) => api.notifications.changeSettings({ body: change }),
    onMutate: (change) => {
      const before = client.getQueryData(notificationSettingsQuery.queryKey);
      if (before) {
        const ways = { ...before.ways, ...change.ways };
        const { ways: _, ...rest } = change;
        const next = { ...before, ...rest, ways } as NotificationSettings;
        client.setQueryData(notificationSettingsQuery.queryKey, next);
      }
      return before;
    },
    onError: (error, _, before) => {
      client.setQueryData(notificationSettingsQuery.queryKey, before);
      toast({ title: errorMessage(error), tone: "late" });
    },
  });
  return { query, settings: query.data, change: mutate };
}
