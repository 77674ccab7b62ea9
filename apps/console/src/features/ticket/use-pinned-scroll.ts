import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

/** This near the end counts as being at the end. */
const nearPx = 80;

/**
 * Keeps the end of a conversation in view while the reader is there, and the reader's place otherwise: what is added
 * above or below moves nothing. `first` and `last` name the outermost entries. `fromTop`: it is read from its beginning.
 */
export function usePinnedScroll(
  scroller: RefObject<HTMLElement | null>,
  first: string | undefined,
  last: string | undefined,
  fromTop = false,
) {
  const [away, setAway] = useState(false);
  const pinned = useRef(!fromTop);
  const before = useRef({ first, height: 0 });

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was added last decides whether the end moves
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (pinned.current) element.scrollTop = element.scrollHeight;
    else if (before.current.first !== first && !fromTop)
      element.scrollTop += element.scrollHeight - before.current.height;
    before.current = { first, height: element.scrollHeight };
  }, [scroller, first, last, fromTop]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = () => {
      const near = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
      pinned.current = near && !fromTop;
      setAway(!near);
    };
    // Pictures arrive late and the composer grows: the end stays the end.
    const watch = new ResizeObserver(() => {
      if (pinned.current) element.scrollTop = element.scrollHeight;
      before.current.height = element.scrollHeight;
    });
    watch.observe(element);
    for (const child of element.children) watch.observe(child);
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener("scroll", onScroll);
    };
  }, [scroller, fromTop]);

  const toEnd = () => {
    pinned.current = !fromTop;
    setAway(false);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  };
  return { away, toEnd };
}
