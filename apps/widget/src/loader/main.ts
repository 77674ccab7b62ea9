import { createPanel } from "./panel.ts";
import { readSettings } from "./settings.ts";

const settings = readSettings();
if (settings) {
  // Pasted twice, or run again by a page that swaps its content: one chat is enough.
  const mark = Symbol.for(`okno.chat.${settings.key}`);
  const page = window as unknown as Record<symbol, boolean>;
  if (!page[mark]) {
    page[mark] = true;
    if (document.body) createPanel(settings);
    else document.addEventListener("DOMContentLoaded", () => createPanel(settings), { once: true });
  }
}
