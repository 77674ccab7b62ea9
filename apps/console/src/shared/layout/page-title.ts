import { useEffect, useRef, useSyncExternalStore } from "react";

type Layer = { title: string; inner: boolean };

let layers: readonly Layer[] = [];
/** The name of the page as it stands; empty while none has named itself. */
let name = "";
const listeners = new Set<() => void>();

function show(): void {
  const named = layers.filter((layer) => layer.title !== "");
  name = (named.findLast((layer) => layer.inner) ?? named.at(-1))?.title ?? "";
  document.title = name === "" ? "Okno" : `${name} · Okno`;
  for (const listener of listeners) listener();
}

/**
 * Names the page while the component is there: in the tab, the history, and aloud. `inner` is what was opened inside a page, such as
 * the ticket in hand beside its list; it comes first.
 */
export function usePageTitle(title: string, inner = false): void {
  const layer = useRef<Layer>({ title, inner });
  useEffect(() => {
    const own = layer.current;
    layers = [...layers, own];
    return () => {
      layers = layers.filter((each) => each !== own);
      show();
    };
  }, []);
  useEffect(() => {
    layer.current.title = title;
    show();
  }, [title]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What the page in view calls itself. */
export function usePageName(): string {
  return useSyncExternalStore(
    subscribe,
    () => name,
    () => "",
  );
}
