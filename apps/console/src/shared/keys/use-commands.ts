import { useEffect, useRef, useSyncExternalStore } from "react";
import type { Command, ListedCommand } from "./command.ts";
import { chordOf, matchChord } from "./match.ts";
import { createRegistry, type Layer } from "./registry.ts";

export type { Command, CommandGroup, ListedCommand } from "./command.ts";

/** A sequence such as `g i` must be typed within this time. */
const sequenceMs = 1200;

const registry = createRegistry((collisions) => {
  for (const { key, ids } of collisions)
    window.reportError(new Error(`The key "${key}" is taken by ${ids.join(" and ")}`));
});
let pending = "";
let pendingUntil = 0;

/** True where letters belong to the text. */
export function isTyping(target: EventTarget | null): boolean {
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

/** What moves or scrolls by arrows itself. A conversation in focus scrolls; its list is still walked by j and k. */
const keepsArrows =
  "[role=separator], [role=tablist], [role=radiogroup], [role=slider], [tabindex='0'][data-focus-home]";

/** Enter and arrows belong to a focused button or link, to tabs and sliders; letters do not. */
function belongsToControl(chord: string, target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // Enter on the row that is open already has nothing to open: it goes on into the ticket.
  if (chord === "enter" && target.matches("[data-ticket][aria-current]")) return false;
  if (chord === "enter" || chord === "space")
    return target.matches("button, a, summary, input, [role=button], [role=tab], [role=checkbox]");
  if (["up", "down", "left", "right", "home", "end"].includes(chord))
    return target.closest(keepsArrows) !== null;
  return false;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const chord = chordOf(event);
  if (!chord || isElsewhere(event.target) || belongsToControl(chord, event.target)) return;
  if (isTyping(event.target) && !chord.startsWith("mod+") && chord !== "esc") return;
  const match = matchChord(chord, event.timeStamp < pendingUntil ? pending : "", registry.keys());
  pending = match.pending;
  pendingUntil = event.timeStamp + sequenceMs;
  if (match.run !== undefined && registry.press(match.run, event)) event.preventDefault();
}

/**
 * Offers commands while the component is on the screen: bound to their keys, listed in the `?` sheet, found by the
 * palette. The newest component gets a key first; two commands on one key are reported, unless the newer one says that
 * it `overrides`. Silent while the reader types (but for `mod+…` and `esc`) or a dialog is open.
 */
export function useCommands(commands: readonly Command[]): void {
  const layer = useRef<Layer>({ commands });
  useEffect(() => {
    layer.current.commands = commands;
    registry.changed();
  });
  useEffect(() => {
    if (registry.isEmpty()) window.addEventListener("keydown", onKeyDown);
    const remove = registry.add(layer.current);
    return () => {
      remove();
      if (registry.isEmpty()) window.removeEventListener("keydown", onKeyDown);
    };
  }, []);
}

/** Everything that can be done here now, of the newest component first. */
export function useListedCommands(): readonly ListedCommand[] {
  return useSyncExternalStore(registry.subscribe, registry.list, registry.list);
}

/** Runs a command by its id; `false` if it is not offered now. */
export function runCommand(id: string): boolean {
  return registry.run(id);
}
