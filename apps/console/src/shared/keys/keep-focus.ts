import { useEffect } from "react";

/** Longer than a menu or dialog takes to give the focus back, shorter than the next press of a key. */
const settleMs = 120;

const isNowhere = () => document.activeElement === null || document.activeElement === document.body;

function isVisible(element: HTMLElement): boolean {
  return element.checkVisibility({ visibilityProperty: true });
}

/** Where the reader goes on: the innermost place that is marked with `data-focus-home`, else the page's main part. */
export function focusHome(): void {
  const homes = [...document.querySelectorAll<HTMLElement>("[data-focus-home]")].filter(isVisible);
  const home = homes.at(-1) ?? document.querySelector<HTMLElement>("main");
  if (!home) return;
  if (!home.hasAttribute("tabindex")) home.tabIndex = -1;
  home.focus({ preventScroll: true });
}

/**
 * Keeps the focus of whoever works by keyboard: when a key has taken away the thing that had it (a ticket that was
 * completed, a row that was removed, a menu whose button is gone), it goes home instead of nowhere.
 */
export function useFocusKept(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      if (isNowhere()) focusHome();
    };
    const onKeyDown = () => {
      if (isNowhere()) return;
      clearTimeout(timer);
      timer = setTimeout(look, settleMs);
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => {
      clearTimeout(timer);
      window.removeEventListener("keydown", onKeyDown, { capture: true });
    };
  }, []);
}
