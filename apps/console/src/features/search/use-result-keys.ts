import { type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { useCommands } from "../../shared/keys/use-commands.ts";
import { useT } from "./messages.ts";

type Input = {
  ids: readonly string[];
  current: string | undefined;
  onOpen: (id: string) => void;
  scroller: RefObject<HTMLElement | null>;
  show: (index: number) => void;
};

/** The row may only just be drawn after scrolling to it, or have to come back into the list. */
const drawMs = 60;
const mostTries = 8;

/** Nothing has the focus, or a row has: never taken from whatever the reader went on to. */
function mayMove(): boolean {
  const focused = document.activeElement;
  return focused === null || focused === document.body || focused.matches("[data-ticket], [data-focus-home]");
}

/** Walks what was found as one walks the inbox: the ticket opens, the focus stays on its row. */
export function useResultKeys({ ids, current, onOpen, scroller, show }: Input): { focusList: () => void } {
  const t = useT();
  const focusRow = (id: string, tries = mostTries) => {
    const element = scroller.current?.querySelector<HTMLElement>(`[data-ticket="${id}"]`);
    if (element) element.focus({ preventScroll: true });
    else if (tries > 0 && mayMove()) setTimeout(() => focusRow(id, tries - 1), drawMs);
  };
  const at = current === undefined ? -1 : ids.indexOf(current);
  const walk = (step: 1 | -1) => () => {
    const index = at === -1 ? 0 : at + step;
    const next = ids[index];
    if (next === undefined) return;
    show(index);
    onOpen(next);
    focusRow(next);
  };
  // Back from a ticket, or on to the next one after an action: the focus is on a row, never nowhere.
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
    { id: "list.next", title: t("key.next"), group: "list", keys: ["j", "down"], run: walk(1) },
    { id: "list.previous", title: t("key.previous"), group: "list", keys: ["k", "up"], run: walk(-1) },
  ]);
  return {
    /** Out of the field: to the ticket in hand, or to the first one. */
    focusList: () => {
      const index = Math.max(at, 0);
      const id = ids[index];
      if (id === undefined) return;
      show(index);
      focusRow(id);
    },
  };
}
