import type { Key } from "@okno/contract";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../shared/api/client.ts";

export const keysKey = ["keys"] as const;

/** Every API key the person may manage. */
export const keysQuery = queryOptions({
  queryKey: keysKey,
  queryFn: async ({ signal }): Promise<Key[]> => {
    const keys: Key[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.keys.list({ query: { limit: 100, ...(cursor && { cursor }) }, signal });
      keys.push(...page.data);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return keys;
  },
});
