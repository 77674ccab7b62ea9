import { queryOptions } from "@tanstack/react-query";
import { api } from "../../shared/api/client.ts";

/** The kinds of channel of this installation, with the schemas of their settings. */
export const channelTypesQuery = queryOptions({
  queryKey: ["channel-types"],
  queryFn: async ({ signal }) => (await api.channels.types({ signal })).data,
  staleTime: Number.POSITIVE_INFINITY,
});
