import type { Preferences } from "@okno/contract";
import { applyDensity, applyTheme } from "@okno/ui";
import { currentLocale, setLocale } from "../i18n/i18n.ts";

const storageKey = "okno.preferences";

/** What this browser remembers between visits, so that before-paint.js can apply it without asking the server. */
export function keptPreferences(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? "{}") as Partial<Preferences>;
  } catch {
    // Storage may be forbidden; the page then follows the system.
    return {};
  }
}

/** Puts language, theme and density on the page and keeps them for the next first paint. */
export function applyPreferences(change: Partial<Preferences>): void {
  const next: Preferences = {
    locale: currentLocale(),
    theme: "system",
    density: "comfortable",
    undoSendSeconds: 10,
    signature: "",
    ...keptPreferences(),
    ...change,
  };
  setLocale(next.locale);
  applyTheme(next.theme);
  applyDensity(next.density);
  try {
    // What the person signs with stays with the server: this outlives signing out.
    localStorage.setItem(storageKey, JSON.stringify({ ...next, signature: "" }));
  } catch {
    // See keptPreferences.
  }
}
