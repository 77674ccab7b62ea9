import { useEffect, useRef } from "react";

type Layer = { title: string; inner: boolean };

let layers: readonly Layer[] = [];

function show(): void {
  const named = layers.filter((layer) => layer.title !== "");
  const title = (named.findLast((layer) => layer.inner) ?? named.at(-1))?.title;
  document.title = title === undefined ? "Okno" : `${title} · Okno`;
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
