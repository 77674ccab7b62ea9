import { type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { useCommands } from "../../shared/keys/use-commands.ts";
import type { Row } from "./arrange.ts";
import { useT } from "./messages.ts";

type Input = {
  rows: readonly Row[];
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

/** Walks the list by j and k or the arrows. The ticket opens as one walks; the focus stays on its row. */
export function useListKeys({ rows, current, onOpen, scroller, show }: Input): void {
  const t = useT();
  const focusRow = (id: string, tries = mostTries) => {
    const element = scroller.current?.querySelector<HTMLElement>(`[data-ticket="${id}"]`);
    if (element) element.focus({ preventScroll: true });
    else if (tries > 0 && mayMove()) setTimeout(() => focusRow(id, tries - 1), drawMs);
  };
  const walk = (step: 1 | -1) => () => {
    const open = rows.filter((row) => !row.leaving);
    const at = open.findIndex((row) => row.ticket.id === current);
    const next = at === -1 ? open[0] : open[at + step];
    if (!next) return;
    show(rows.indexOf(next));
    onOpen(next.ticket.id);
    focusRow(next.ticket.id);
  };
  // The row in focus may leave the list: then the next one takes the focus over, so that it is never lost.
  const before = useRef(current);
  const keepFocus = useEffectEvent(() => {
    const lost = mayMove() && !document.activeElement?.matches("[tabindex='0'][data-focus-home]");
    // Back from a ticket the focus is on its row again.
    const row = current ?? before.current;
    if (row && before.current && before.current !== current && lost) focusRow(row);
    before.current = current;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at once after each change of ticket
  useEffect(() => {
    keepFocus();
  }, [current]);
  useCommands([
    { id: "list.next", title: t("key.next"), group: "list", keys: ["j", "down"], run: walk(1) },
    { id: "list.previous", title: t("key.previous"), group: "list", keys: ["k", "up"], run: walk(-1) },
  ]);
}
