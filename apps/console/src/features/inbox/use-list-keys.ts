import { type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { useShortcuts } from "../../shared/keys/use-shortcuts.ts";
import type { Row } from "./arrange.ts";

type Input = {
  rows: readonly Row[];
  current: string | undefined;
  onOpen: (id: string) => void;
  scroller: RefObject<HTMLElement | null>;
  show: (index: number) => void;
};

/** The row may only just be drawn after scrolling to it. */
const drawMs = 60;

/** Walks the list by j and k or the arrows. The ticket opens as one walks; the focus stays on its row. */
export function useListKeys({ rows, current, onOpen, scroller, show }: Input): void {
  const focusRow = (id: string) => {
    const row = () => scroller.current?.querySelector<HTMLElement>(`[data-ticket="${id}"]`);
    const element = row();
    if (element) element.focus({ preventScroll: true });
    else setTimeout(() => row()?.focus({ preventScroll: true }), drawMs);
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
    const lost = document.activeElement === document.body || document.activeElement === null;
    if (current && before.current && before.current !== current && lost) focusRow(current);
    before.current = current;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at once after each change of ticket
  useEffect(() => {
    keepFocus();
  }, [current]);
  useShortcuts({ j: walk(1), k: walk(-1), down: walk(1), up: walk(-1) });
}
