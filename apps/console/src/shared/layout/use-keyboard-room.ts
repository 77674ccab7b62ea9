import { useEffect } from "react";

/** Browsers' own bars are lower than this, keyboards on a screen higher. */
const lowestKeyboardPx = 120;

/** Keeps the page above the keyboard of a phone, where the browser lays it over the page: `--room` is what is left to see. */
export function useKeyboardRoom(): void {
  useEffect(() => {
    const seen = window.visualViewport;
    if (!seen) return;
    const root = document.documentElement;
    const fit = () => {
      // Zoomed in by fingers, the reader looks at a part of the page and wants it to stay as it is.
      const covered = seen.scale === 1 && window.innerHeight - seen.height > lowestKeyboardPx;
      if (covered) {
        root.style.setProperty("--room", `${seen.height}px`);
        window.scrollTo(0, 0);
      } else root.style.removeProperty("--room");
    };
    seen.addEventListener("resize", fit);
    return () => {
      seen.removeEventListener("resize", fit);
      root.style.removeProperty("--room");
    };
  }, []);
}
