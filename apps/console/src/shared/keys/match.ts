/** A key press as the matcher needs it. */
export type Press = Pick<KeyboardEvent, "code" | "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

const names: Readonly<Record<string, string>> = {
  ArrowDown: "down",
  ArrowUp: "up",
  ArrowLeft: "left",
  ArrowRight: "right",
  Enter: "enter",
  NumpadEnter: "enter",
  Escape: "esc",
  Slash: "/",
  Home: "home",
  End: "end",
  Space: "space",
  Backspace: "backspace",
  Delete: "delete",
  Comma: ",",
  Period: ".",
  BracketLeft: "[",
  BracketRight: "]",
};

/** Letters and digits by their place on the keyboard. */
const placed = /^(?:Key([A-Z])|Digit(\d))$/u;

/**
 * The name of the pressed chord, by the physical key, so that it is the same in the Russian layout: `j`, `mod+enter`,
 * `?`. Undefined for keys that no shortcut uses.
 */
export function chordOf(press: Press): string | undefined {
  // These two stand in different places on different layouts: the character is believed, if it is there.
  if (press.key === "?" && !press.ctrlKey && !press.metaKey) return "?";
  if (press.key === "/" && !press.ctrlKey && !press.metaKey) return "/";
  const [, letter, digit] = placed.exec(press.code) ?? [];
  const key = letter?.toLowerCase() ?? digit ?? names[press.code];
  if (key === undefined) return undefined;
  const mod = press.ctrlKey || press.metaKey;
  if (key === "/" && press.shiftKey && !mod) return "?";
  return [mod && "mod", press.altKey && "alt", press.shiftKey && "shift", key].filter(Boolean).join("+");
}

export type Match = { run: string | undefined; pending: string };

/** Follows sequences such as `g i`: what to run now, and what was typed so far. */
export function matchChord(chord: string, pending: string, known: Iterable<string>): Match {
  const typed = pending ? `${pending} ${chord}` : chord;
  const all = [...known];
  if (all.includes(typed)) return { run: typed, pending: "" };
  if (all.some((shortcut) => shortcut.startsWith(`${typed} `))) return { run: undefined, pending: typed };
  return pending ? matchChord(chord, "", all) : { run: undefined, pending: "" };
}
