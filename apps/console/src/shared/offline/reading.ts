import { useSyncExternalStore } from "react";
import { isLineUp, onLine } from "../live/live.ts";
import { restoreRead } from "./kept.ts";

// How old what is shown without a server is.

let until: number | undefined;
const listeners = new Set<() => void>();

function setUntil(next: number | undefined): void {
  until = next;
  for (const listener of listeners) listener();
}

// From the moment the line breaks, what is shown is as old as that moment.
onLine((up) => setUntil(up ? undefined : (until ?? Date.now())));

/** Reads on with what this browser keeps. @returns whether it keeps anything. */
export async function readWithout(): Promise<boolean> {
  const heard = await restoreRead();
  if (heard !== undefined && !isLineUp()) setUntil(Math.min(until ?? heard, heard));
  return heard !== undefined;
}

/** When the server was last heard, while it is not. */
export function useReadUntil(): number | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => until,
  );
}
