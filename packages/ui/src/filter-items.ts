import type { ReactNode } from "react";
import type { Hue } from "./hue.ts";

/** One line of a filterable list. */
export type MenuItem = {
  id: string;
  label: string;
  /** Quiet second text at the end of the line. */
  hint?: string | undefined;
  icon?: ReactNode;
  /** Coloured dot instead of an icon. */
  hue?: Hue | undefined;
  shortcut?: string | undefined;
  /** Further words the filter finds it by. */
  keywords?: readonly string[] | undefined;
  /** Items of one group stand together under this heading. */
  group?: string | undefined;
  disabled?: boolean | undefined;
  tone?: "danger" | undefined;
};

const fold = (text: string) => text.toLocaleLowerCase().replaceAll("ё", "е").trim();

function rank(item: MenuItem, words: readonly string[]): number {
  const label = fold(item.label);
  const haystack = [label, ...(item.keywords ?? []).map(fold)].join(" ");
  if (!words.every((word) => haystack.includes(word))) return -1;
  const first = words[0] ?? "";
  if (label.startsWith(first)) return 0;
  return label.includes(` ${first}`) ? 1 : 2;
}

/**
 * Items that contain every word of the query in label or keywords, best first (start of the label, start of a word,
 * anywhere), otherwise in the given order. Case and ё/е do not matter.
 */
export function filterItems<T extends MenuItem>(items: readonly T[], query: string): T[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...items];
  return items
    .map((item) => ({ item, order: rank(item, words) }))
    .filter((entry) => entry.order >= 0)
    .sort((a, b) => a.order - b.order)
    .map((entry) => entry.item);
}
