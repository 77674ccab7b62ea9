import { useEffect, useEffectEvent } from "react";
import { chordOf, matchChord } from "./match.ts";

/** `false` says: not now, let somebody else have the key. */
export type ShortcutHandler = (event: KeyboardEvent) => unknown;
export type Shortcuts = Readonly<Record<string, ShortcutHandler | undefined>>;

/** A sequence such as `g i` must be typed within this time. */
const sequenceMs = 1200;

type Entry = { current: () => Shortcuts };
const stack: Entry[] = [];
let pending = "";
let pendingUntil = 0;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.matches("input:not([type=checkbox],[type=radio]), textarea, select")
  );
}

function isElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector("[role=dialog][data-state=open], [role=alertdialog][data-state=open]"))
    return true;
  return (
    target instanceof HTMLElement && target.closest("[role=menu], [role=listbox], [role=dialog]") !== null
  );
}

/** Enter and arrows belong to a focused button or link, to tabs and sliders; letters do not. */
function belongsToControl(chord: string, target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (chord === "enter") return target.matches("button, a, summary, [role=button], [role=tab]");
  if (["up", "down", "left", "right", "home", "end"].includes(chord))
    return target.closest("[role=separator], [role=tablist], [role=radiogroup], [role=slider]") !== null;
  return false;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const chord = chordOf(event);
  if (!chord || isElsewhere(event.target) || belongsToControl(chord, event.target)) return;
  if (isTyping(event.target) && !chord.startsWith("mod+") && chord !== "esc") return;
  const known = stack.flatMap((entry) =>
    Object.entries(entry.current()).flatMap(([key, run]) => (run ? [key] : [])),
  );
  const match = matchChord(chord, event.timeStamp < pendingUntil ? pending : "", known);
  pending = match.pending;
  pendingUntil = event.timeStamp + sequenceMs;
  if (match.run === undefined) return;
  for (const entry of stack.toReversed()) {
    const run = entry.current()[match.run];
    if (!run || run(event) === false) continue;
    event.preventDefault();
    return;
  }
}

/**
 * Binds shortcuts while the component is on the screen; the newest component goes first. Keys are written as in
 * `@okno/ui`: `j`, `mod+enter`, `g i`. Silent while the reader types (but for `mod+…` and `esc`) or a dialog is open.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useEffectEvent(() => shortcuts);
  useEffect(() => {
    const entry: Entry = { current: () => current() };
    if (stack.length === 0) window.addEventListener("keydown", onKeyDown);
    stack.push(entry);
    return () => {
      stack.splice(stack.indexOf(entry), 1);
      if (stack.length === 0) window.removeEventListener("keydown", onKeyDown);
    };
  }, []);
}
