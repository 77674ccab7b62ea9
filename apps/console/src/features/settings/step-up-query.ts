import { queryOptions } from "@tanstack/react-query";
import { api } from "../../shared/api/client.ts";

export const stepUpKey = ["step-up"] as const;

export const stepUpQuery = queryOptions({
  queryKey: stepUpKey,
  queryFn: ({ signal }) => api.stepUp.get({ signal }),
});
