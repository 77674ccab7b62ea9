import { useSyncExternalStore } from "react";
import type { Saved } from "./queries.ts";

/** What the editor begins with: a saved view to be changed, or the draft of a new one. */
export type EditorInput = {
  view?: Saved;
  draft?: Partial<Pick<Saved, "name" | "icon" | "hue" | "condition" | "sort">>;
};

let open: EditorInput | undefined;
const listeners = new Set<() => void>();

function set(next: EditorInput | undefined): void {
  open = next;
  for (const listener of listeners) listener();
}

/** Opens the editor of views from anywhere; the desk shows it. */
export function openViewEditor(input: EditorInput): void {
  set(input);
}

export function closeViewEditor(): void {
  set(undefined);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useViewEditor(): EditorInput | undefined {
  return useSyncExternalStore(
    subscribe,
    () => open,
    () => undefined,
  );
}
