import { useEffect, useMemo, useSyncExternalStore } from "react";
import {
  changeDraft,
  type DraftChange,
  draftOf,
  fetchDraft,
  saveDraft,
  seenBoth,
  watchDraft,
} from "./draft-store.ts";

/** The draft of the signed-in person in a ticket: survives leaving the ticket, the page, the browser and the device. */
export function useDraft(ticket: string) {
  const state = useSyncExternalStore(
    (changed) => watchDraft(ticket, changed),
    () => draftOf(ticket),
  );
  useEffect(() => {
    void fetchDraft(ticket);
    const back = () => {
      if (document.visibilityState === "visible") void fetchDraft(ticket);
    };
    document.addEventListener("visibilitychange", back);
    return () => {
      document.removeEventListener("visibilitychange", back);
      void saveDraft(ticket);
    };
  }, [ticket]);
  const hands = useMemo(
    () => ({
      change: (change: DraftChange) => changeDraft(ticket, change),
      save: () => void saveDraft(ticket),
      seen: () => seenBoth(ticket),
    }),
    [ticket],
  );
  return { draft: state.text, both: state.both, unreached: state.unreached, ...hands };
}
