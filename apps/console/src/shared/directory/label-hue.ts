import type { Label } from "@okno/contract";
import type { Hue } from "@okno/ui";

// The design system numbers its hues; the contract names them. Grey has no number: it borrows the calmest.
const hues: Readonly<Record<Label["hue"], Hue>> = {
  grey: 6,
  red: 1,
  amber: 3,
  green: 4,
  teal: 5,
  blue: 6,
  violet: 7,
  pink: 8,
};

/** A label's hue as the design system draws it. */
export function hueOfLabel(hue: Label["hue"]): Hue {
  return hues[hue];
}
