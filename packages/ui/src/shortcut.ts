const SIGNS_APPLE: Readonly<Record<string, string>> = { mod: "⌘", shift: "⇧", alt: "⌥", ctrl: "⌃" };
const SIGNS_OTHER: Readonly<Record<string, string>> = {
  mod: "Ctrl",
  shift: "Shift",
  alt: "Alt",
  ctrl: "Ctrl",
};
const SIGNS_KEYS: Readonly<Record<string, string>> = {
  enter: "↵",
  esc: "Esc",
  escape: "Esc",
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  space: "␣",
  backspace: "⌫",
  tab: "Tab",
};
const ARIA_NAMES: Readonly<Record<string, string>> = {
  shift: "Shift",
  alt: "Alt",
  ctrl: "Control",
  enter: "Enter",
  esc: "Escape",
  up: "ArrowUp",
  down: "ArrowDown",
  left: "ArrowLeft",
  right: "ArrowRight",
  space: "Space",
};

/** True where the command key is ⌘. */
export function isApplePlatform(): boolean {
  return typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent);
}

function keysOf(chord: string): string[] {
  return chord.split("+").map((key) => key.trim().toLowerCase());
}

/**
 * Key caps of a shortcut. Chords are written `mod+enter`, sequences with a space: `g i`.
 * `mod` is ⌘ on Apple machines and Ctrl elsewhere.
 */
export function keyCaps(shortcut: string, apple: boolean = isApplePlatform()): string[] {
  const signs = { ...(apple ? SIGNS_APPLE : SIGNS_OTHER), ...SIGNS_KEYS };
  return shortcut
    .split(" ")
    .flatMap((chord) =>
      keysOf(chord).map((key) => signs[key] ?? (key.length === 1 ? key.toUpperCase() : key)),
    );
}

/** The same shortcut as a value of `aria-keyshortcuts`; undefined for sequences, which that attribute cannot say. */
export function ariaShortcut(
  shortcut: string | undefined,
  apple: boolean = isApplePlatform(),
): string | undefined {
  if (!shortcut || shortcut.includes(" ")) return undefined;
  const modifier = apple ? "Meta" : "Control";
  return keysOf(shortcut)
    .map((key) =>
      key === "mod" ? modifier : (ARIA_NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)),
    )
    .join("+");
}
