import { useEffect, useEffectEvent, useRef } from "react";

/** A list goes on by itself before its end comes into view. */
const marginPx = 400;

/** Calls back while the element that it is put on is near; off while there is nothing more. */
export function useGoingOn(more: boolean, go: () => void) {
  const end = useRef<HTMLDivElement>(null);
  const next = useEffectEvent(go);
  useEffect(() => {
    const element = end.current;
    if (!more || !element) return;
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) next();
      },
      { rootMargin: `${marginPx}px` },
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, [more]);
  return end;
}
