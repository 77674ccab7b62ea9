import type { Bulk, BulkAction, BulkMatch, BulkPreview } from "@okno/contract";
import { toast } from "@okno/ui";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage } from "../../shared/api/error-message.ts";
import { queryClient } from "../../shared/api/query-client.ts";
import { refreshLists } from "../../shared/tickets/refresh.ts";
import { tr } from "./bulk-messages.ts";

/** While a bulk is at work it is asked after so often. */
const askMs = 600;
/** What ended longer ago is yesterday's news after a reload. */
const freshMs = 10 * 60_000;
const seenKey = "okno.bulk.seen";

export const atWork = ({ state }: Bulk) => state === "running" || state === "undoing";

/** The person's last bulks: after a reload or a lost connection a running one is found again here. */
export const bulksQuery = queryOptions({
  queryKey: ["bulks"],
  queryFn: async ({ signal }): Promise<Bulk[]> => (await api.bulk.list({ signal })).data,
  staleTime: 30_000,
  refetchInterval: ({ state }) => (state.data?.some(atWork) ? askMs : false),
});

function learn(bulk: Bulk): void {
  queryClient.setQueryData<Bulk[]>(bulksQuery.queryKey, (all) => [
    bulk,
    ...(all ?? []).filter(({ id }) => id !== bulk.id),
  ]);
  void queryClient.invalidateQueries({ queryKey: bulksQuery.queryKey });
}

function seen(): string[] {
  try {
    return JSON.parse(localStorage.getItem(seenKey) ?? "[]") as string[];
  } catch {
    return [];
  }
}

/** The reader has taken note of how it ended. */
export function dismissBulk({ id, state }: Bulk): void {
  try {
    localStorage.setItem(seenKey, JSON.stringify([`${id} ${state}`, ...seen()].slice(0, 20)));
  } catch {
    // Without storage it is shown again after a reload.
  }
  void queryClient.invalidateQueries({ queryKey: bulksQuery.queryKey });
}

async function attempt(call: () => Promise<Bulk>): Promise<boolean> {
  try {
    learn(await call());
    return true;
  } catch (error) {
    toast({ title: tr("failed", { why: errorMessage(error) }), tone: "late" });
    return false;
  }
}

export const startBulk = (act: BulkAction, match: BulkMatch) =>
  attempt(() => api.bulk.start({ body: { ...act, match }, idempotencyKey: crypto.randomUUID() }));
export const cancelBulk = ({ id }: Bulk) => attempt(() => api.bulk.cancel({ params: { id } }));
export const undoBulk = ({ id }: Bulk) => attempt(() => api.bulk.undo({ params: { id } }));

/** What it would do, without doing it. */
export function previewQuery(act: BulkAction, match: BulkMatch) {
  return queryOptions({
    queryKey: ["bulk-preview", act, match],
    queryFn: ({ signal }): Promise<BulkPreview> => api.bulk.preview({ body: { ...act, match }, signal }),
    staleTime: 0,
    gcTime: 0,
  });
}

/** The bulk that is worth a line now: at work, or ended a moment ago and not yet taken note of. */
export function useCurrentBulk(): Bulk | undefined {
  const { data } = useQuery(bulksQuery);
  const ended = useRef(new Set<string>());
  const busy = data?.some(atWork) ?? false;
  const was = useRef(busy);
  // The lists hear of each ticket by the stream; of what they had not loaded they hear now.
  useEffect(() => {
    if (was.current && !busy) void refreshLists();
    was.current = busy;
  }, [busy]);
  const known = seen();
  const fresh = (bulk: Bulk) =>
    ended.current.has(bulk.id) || Date.now() - Date.parse(bulk.finishedAt ?? bulk.createdAt) < freshMs;
  return data?.find((bulk) => {
    if (atWork(bulk)) ended.current.add(bulk.id);
    return atWork(bulk) || (fresh(bulk) && !known.includes(`${bulk.id} ${bulk.state}`));
  });
}
