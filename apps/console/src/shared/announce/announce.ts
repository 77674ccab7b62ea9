import { useEffect, useRef, useSyncExternalStore } from "react";

/** What was said last; `turn` tells two equal sentences apart. */
export type Announcement = { readonly text: string; readonly turn: number };

/** Longer than this is no announcement: what matters stands on the screen. */
const longest = 300;

let last: Announcement = { text: "", turn: 0 };
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const lastSaid = () => last;

/** Says something to who listens to the page instead of looking at it: politely, after what is being read now. */
export function announce(text: string): void {
  const plain = text.trim();
  if (plain === "") return;
  last = { text: plain.length > longest ? `${plain.slice(0, longest)}…` : plain, turn: last.turn + 1 };
  for (const listener of listeners) listener();
}

/** For the one live region of the page. */
export function useAnnouncement(): Announcement {
  return useSyncExternalStore(subscribe, lastSaid, lastSaid);
}

/** Announces a sentence of the screen whenever it changes; what stands there from the beginning is read as a part of the page. */
export function useAnnounced(text: string): void {
  const known = useRef(text);
  useEffect(() => {
    if (known.current === text) return;
    known.current = text;
    announce(text);
  }, [text]);
}
