import { type RefObject, useEffect, useState } from "react";
import type { Attention } from "./use-arranged.ts";

/** A pointer that has not moved for this long is merely parked. */
const parkedAfterMs = 1200;
const topPx = 8;

/** Whether somebody points at, scrolls or walks through the list: then nothing may move by itself. */
export function useAttention(scroller: RefObject<HTMLElement | null>): Attention {
  const [over, setOver] = useState(false);
  const [moving, setMoving] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  const [walking, setWalking] = useState(false);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    // With what floats above the list: on the way to "N new" the list must not move, or the click would meet a row.
    const around = element.parentElement ?? element;
    let parked: ReturnType<typeof setTimeout> | undefined;
    const move = (event: PointerEvent) => {
      if (event.pointerType === "touch") return;
      setOver(true);
      setMoving(true);
      clearTimeout(parked);
      parked = setTimeout(() => setMoving(false), parkedAfterMs);
    };
    const leave = () => {
      setOver(false);
      setMoving(false);
    };
    const scroll = () => setScrolled(element.scrollTop > topPx);
    const focus = () => setWalking(element.querySelector(":focus-visible") !== null);
    const blur = () => setWalking(false);
    const options = { passive: true };
    around.addEventListener("pointermove", move, options);
    around.addEventListener("pointerleave", leave, options);
    element.addEventListener("scroll", scroll, options);
    element.addEventListener("focusin", focus);
    element.addEventListener("focusout", blur);
    return () => {
      clearTimeout(parked);
      around.removeEventListener("pointermove", move);
      around.removeEventListener("pointerleave", leave);
      element.removeEventListener("scroll", scroll);
      element.removeEventListener("focusin", focus);
      element.removeEventListener("focusout", blur);
    };
  }, [scroller]);

  return { calm: !over && !scrolled && !walking, hold: moving };
}
