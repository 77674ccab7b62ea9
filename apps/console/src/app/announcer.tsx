import { useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { announce, useAnnouncement } from "../shared/announce/announce.ts";
import { focusHome } from "../shared/keys/keep-focus.ts";
import { usePageName } from "../shared/layout/page-title.ts";

/** The screens between which one walks: `inbox`, `search`, `contacts`; each page of the settings is one. */
function screenOf(pathname: string): string {
  const [, first = "", second = ""] = pathname.split("/");
  return first === "settings" ? `${first}/${second}` : first;
}

/** Another screen is named aloud once it has named itself, and whoever works by keyboard goes on inside it. */
function useScreenSaid(): void {
  // What is drawn, not where one is going: the page names itself right after it is.
  const screen = useRouterState({ select: ({ matches }) => screenOf(matches.at(-1)?.pathname ?? "") });
  const name = usePageName();
  const said = useRef({ screen, name });
  useEffect(() => {
    const before = said.current;
    const another = screen !== before.screen;
    if (another && (name === "" || name === before.name)) return;
    said.current = { screen, name };
    if (!another) return;
    announce(name);
    const active = document.activeElement;
    if (active === null || active === document.body) focusHome();
  }, [screen, name]);
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
