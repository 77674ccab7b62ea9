import { type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { useCommands } from "../keys/use-commands.ts";
import { useWalkT } from "./walk-messages.ts";

type Input = {
  /** The rows that can be walked to, in their order. */
  ids: readonly string[];
  /** The ticket in hand. */
  current: string | undefined;
  onOpen: (id: string) => void;
  scroller: RefObject<HTMLElement | null>;
  /** Scrolls to a row, if it is not to be seen. */
  show: (id: string) => void;
};

/** The row may only just be drawn after scrolling to it, or have to come back into the list. */
const drawMs = 60;
const mostTries = 8;

/** Nothing has the focus, or a row has: never taken from whatever the reader went on to. */
function mayMove(): boolean {
  const focused = document.activeElement;
  return focused === null || focused === document.body || focused.matches("[data-ticket], [data-focus-home]");
}

/** Walks a list of tickets by j and k or the arrows. The ticket opens as one walks; the focus stays on its row. */
export function useRowWalk({ ids, current, onOpen, scroller, show }: Input): { focusList: () => void } {
  const t = useWalkT();
  const focusRow = (id: string, tries = mostTries) => {
    const element = scroller.current?.querySelector<HTMLElement>(`[data-ticket="${id}"]`);
    if (element) element.focus({ preventScroll: true });
    else if (tries > 0 && mayMove()) setTimeout(() => focusRow(id, tries - 1), drawMs);
  };
  const at = current === undefined ? -1 : ids.indexOf(current);
  const walk = (step: 1 | -1) => () => {
    const next = ids[at === -1 ? 0 : at + step];
    if (next === undefined) return;
    show(next);
    onOpen(next);
    focusRow(next);
  };
  // The row in focus may leave the list, or one comes back from a ticket: the focus is on a row, never nowhere.
  const before = useRef(current);
  const keepFocus = useEffectEvent(() => {
    const lost = mayMove() && !document.activeElement?.matches("[tabindex='0'][data-focus-home]");
    const row = current ?? before.current;
    if (row && before.current && before.current !== current && lost) focusRow(row);
    before.current = current;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at once after each change of ticket
  useEffect(() => keepFocus(), [current]);
  useCommands([
    { id: "list.next", title: t("next"), group: "list", keys: ["j", "down"], run: walk(1) },
    { id: "list.previous", title: t("previous"), group: "list", keys: ["k", "up"], run: walk(-1) },
  ]);
  return {
    /** To the ticket in hand, or to the first one. */
    focusList: () => {
      const id = ids[Math.max(at, 0)];
      if (id === undefined) return;
      show(id);
      focusRow(id);
    },
  };
}
