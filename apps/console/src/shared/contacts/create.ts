import type { ChosenContact } from "./contact-choice.tsx";

/** What is to be written down: a note of a call, or a ticket that we begin ourselves. */
export type Creating = { what: "note" } | { what: "ticket"; contact?: ChosenContact | undefined };

const listeners = new Set<(creating: Creating) => void>();

/** Opens the form from anywhere: a card, a button, the palette. */
export function openCreate(creating: Creating): void {
  for (const listener of listeners) listener(creating);
}

/** For the one place that shows the forms. */
export function onCreate(listener: (creating: Creating) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
