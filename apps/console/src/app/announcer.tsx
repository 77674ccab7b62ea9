import { useLocation } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useRef } from "react";
import { announce, useAnnouncement } from "../shared/announce/announce.ts";
import { focusHome } from "../shared/keys/keep-focus.ts";

/** A page that was opened has drawn itself and named itself by then. */
const openedMs = 400;

/** The screens between which one walks: `inbox`, `search`, `contacts`; each page of the settings is one. */
function screenOf(pathname: string): string {
  const [, first = "", second = ""] = pathname.split("/");
  return first === "settings" ? `${first}/${second}` : first;
}

/** Another screen is named aloud, and whoever works by keyboard goes on inside it. */
function useScreenSaid(): void {
  const screen = useLocation({ select: ({ pathname }) => screenOf(pathname) });
  const known = useRef(screen);
  const enter = useEffectEvent(() => {
    announce(document.title.replace(/ · Okno$/u, ""));
    const active = document.activeElement;
    if (active === null || active === document.body) focusHome();
  });
  useEffect(() => {
    if (known.current === screen) return;
    known.current = screen;
    const timer = setTimeout(() => enter(), openedMs);
    return () => clearTimeout(timer);
  }, [screen]);
}

/**
 * The page's one polite live region: what changes without a press of a key is said here. Two lines take turns, so that the same
 * sentence twice is heard twice.
 */
export function Announcer() {
  const { text, turn } = useAnnouncement();
  useScreenSaid();
  return (
    <div data-testid="announcer" aria-live="polite" className="sr-only">
      <p>{turn % 2 === 0 ? text : ""}</p>
      <p>{turn % 2 === 1 ? text : ""}</p>
    </div>
  );
}
