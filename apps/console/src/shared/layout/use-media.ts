import { useCallback, useSyncExternalStore } from "react";

/** Follows a media query. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

// The design system's breakpoints, for what cannot be said in CSS.
/** One column at a time. */
export const useNarrow = () => useMedia("(max-width: 47.99rem)");
/** Room for the customer's card beside the conversation. */
export const useWide = () => useMedia("(min-width: 90rem)");
