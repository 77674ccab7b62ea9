import { queryOptions } from "@tanstack/react-query";
import { api } from "../../shared/api/client.ts";

export const sessionsKey = ["sessions"] as const;

export const sessionsQuery = queryOptions({
  queryKey: sessionsKey,
  queryFn: async ({ signal }) => (await api.session.list({ signal })).data,
  staleTime: 0,
});
