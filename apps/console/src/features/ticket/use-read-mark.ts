import type { Message, Ticket } from "@okno/contract";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { api } from "../../shared/api/client.ts";

const onVisibility = (changed: () => void) => {
  document.addEventListener("visibilitychange", changed);
  return () => document.removeEventListener("visibilitychange", changed);
};
const isVisible = () => document.visibilityState === "visible";

/** What has been told already, by ticket: opening a ticket again says nothing new. */
const told = new Map<string, number>();

/**
 * Tells the customer that their words were read, where the channel can show it: when the ticket stands open in a window that is seen. A
 * failure is no matter: the next opening, or the answer itself, says the same.
 */
export function useReadMark(ticket: Ticket, said: readonly Message[]): void {
  const { data: types } = useQuery({
    queryKey: ["channel-types"],
    queryFn: async ({ signal }) => (await api.channels.types({ signal })).data,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const visible = useSyncExternalStore(onVisibility, isVisible);
  const shown = types?.find(({ type }) => type === ticket.channelType)?.capabilities.readReceipts === true;
  const unread = said.find(({ direction, status }) => direction === "in" && status === "received")?.seq;
  const { id } = ticket;
  useEffect(() => {
    if (!shown || !visible || unread === undefined || (told.get(id) ?? 0) >= unread) return;
    told.set(id, unread);
    api.readMarks.mark({ params: { id }, body: { upTo: unread } }).catch(() => told.delete(id));
  }, [shown, visible, unread, id]);
}
