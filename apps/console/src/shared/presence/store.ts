import type { PresenceFrame } from "@okno/contract";
import { useSyncExternalStore } from "react";
import { onPresence, useOffline } from "../live/live.ts";
import { learnPresence, nothingKnown, type Seen } from "./known.ts";

let known = nothingKnown;
const listeners = new Set<() => void>();

onPresence((frame: PresenceFrame) => {
  known = learnPresence(known, frame);
  for (const listener of listeners) listener();
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const nobody: readonly Seen[] = [];

/** Who else is at the ticket now; nobody while the server is out of reach. Drawn again only when it changes for this ticket. */
export function useSeenAt(ticket: string): readonly Seen[] {
  const seen = useSyncExternalStore(subscribe, () => known.byTicket.get(ticket) ?? nobody);
  return useOffline() ? nobody : seen;
}

/** What the stream has said of a colleague: whether they are at work, and what they have chosen since the list was fetched. */
export function useSaidOf(): (member: string) => PresenceFrame["members"][number] | undefined {
  const members = useSyncExternalStore(subscribe, () => known.members);
  return (member) => members.get(member);
}
