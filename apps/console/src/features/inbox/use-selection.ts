import { type RefObject, useEffect, useState } from "react";
import { isTyping, useCommands } from "../../shared/keys/use-commands.ts";
import type { Row } from "./arrange.ts";
import { useT } from "./bulk-messages.ts";
import { extended, nothingSelected, type Selection, selectedAll, toggled } from "./selection.ts";

export type SelectionInput = {
  /** Another list is another selection. */
  list: string;
  rows: readonly Row[];
  current: string | undefined;
  scroller: RefObject<HTMLElement | null>;
  show: RefObject<((index: number) => void) | undefined>;
};

/** The row in focus, else the ticket in hand, else the first. */
function rowAtHand({ rows, current, scroller }: SelectionInput): string | undefined {
  const focused = document.activeElement?.closest<HTMLElement>("[data-ticket]");
  if (focused && scroller.current?.contains(focused)) return focused.dataset.ticket;
  return rows.some((row) => row.ticket.id === current) ? current : rows[0]?.ticket.id;
}

/** What is chosen in the list: it outlives arrivals and departures, and moves nothing. */
export function useSelection(input: SelectionInput) {
  const { list, rows, show } = input;
  const t = useT();
  const [kept, setKept] = useState<{ list: string; selection: Selection }>();
  const selection = kept?.list === list ? kept.selection : nothingSelected;
  const set = (next: Selection) => setKept({ list, selection: next });
  const order = rows.flatMap((row) => (row.leaving ? [] : [row.ticket.id]));
  const toggle = (id: string) => set(toggled(selection, id));
  const extendTo = (id: string) => set(extended(selection, order, id));
  const clear = () => set(nothingSelected);
  const step = (by: 1 | -1) => () => {
    const from = selection.cursor ?? rowAtHand(input);
    if (from === undefined) return;
    const next = order[order.indexOf(from) + by];
    const begun = selection.ids.size === 0 ? toggled(selection, from) : selection;
    set(next === undefined ? begun : extended(begun, order, next));
    if (next !== undefined) show.current?.(rows.findIndex((row) => row.ticket.id === next));
  };
  useCommands([
    {
      id: "list.select",
      title: t("key.toggle"),
      group: "list",
      keys: "x",
      run: () => {
        const id = rowAtHand(input);
        if (id !== undefined) toggle(id);
      },
    },
    {
      id: "list.extend",
      title: t("key.extend"),
      group: "list",
      keys: ["shift+down", "shift+j"],
      run: step(1),
    },
    {
      id: "list.extend.up",
      title: t("key.extend.up"),
      group: "list",
      keys: ["shift+up", "shift+k"],
      run: step(-1),
    },
    {
      id: "list.select.all",
      title: t("key.all"),
      group: "list",
      keys: "mod+a",
      enabled: order.length > 0,
      run: (event) => (isTyping(event?.target ?? null) ? false : set(selectedAll(order))),
    },
  ]);
  const active = selection.all || selection.ids.size > 0;
  const everything = order.length > 0 && order.every((id) => selection.ids.has(id));
  return {
    selection,
    active,
    everything,
    isSelected: (id: string) => selection.all || selection.ids.has(id),
    toggle,
    extendTo,
    selectAll: () => set({ ...selectedAll(order), all: true }),
    clear,
  };
}

const pressMs = 450;
const slopPx = 10;

/** Long press on a touch screen: chooses the row, and the lifting finger opens nothing. */
export function useLongPress(onPress: () => void) {
  const [timer] = useState<{ id?: ReturnType<typeof setTimeout>; at?: [number, number]; fired: boolean }>({
    fired: false,
  });
  const stop = () => clearTimeout(timer.id);
  useEffect(() => () => clearTimeout(timer.id), [timer]);
  return {
    onPointerDown: (event: React.PointerEvent) => {
      timer.fired = false;
      if (event.pointerType !== "touch") return;
      timer.at = [event.clientX, event.clientY];
      timer.id = setTimeout(() => {
        timer.fired = true;
        onPress();
      }, pressMs);
    },
    onPointerMove: (event: React.PointerEvent) => {
      const [x, y] = timer.at ?? [0, 0];
      if (Math.hypot(event.clientX - x, event.clientY - y) > slopPx) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onContextMenu: (event: React.MouseEvent) => {
      if (timer.fired) event.preventDefault();
    },
    /** True for the click that ends a long press. */
    swallows: () => {
      const { fired } = timer;
      timer.fired = false;
      return fired;
    },
  };
}
