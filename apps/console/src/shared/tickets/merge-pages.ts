import type { Page, Pages } from "./queries.ts";

type Entry = { seq: number };

/**
 * Puts the newest page, fetched again, on top of the pages already there. When the two do not meet, something between
 * them is missing and the new page stands alone: older entries are fetched again by scrolling.
 */
export function mergeNewest<T extends Entry>(pages: Pages<T> | undefined, fresh: Page<T>): Pages<T> {
  const alone: Pages<T> = { pages: [fresh], pageParams: [undefined] };
  const known = pages?.pages.flatMap((page) => page.data) ?? [];
  const newestKnown = known[0];
  const oldestFresh = fresh.data.at(-1);
  if (!pages || !newestKnown || !oldestFresh) return alone;
  if (fresh.nextCursor !== null && oldestFresh.seq > newestKnown.seq) return alone;
  const again = new Map(fresh.data.map((entry) => [entry.seq, entry]));
  // Within what was fetched again, what is not there any more has been taken back.
  const newestFresh = fresh.data[0]?.seq ?? 0;
  const stays = ({ seq }: T) => seq > newestFresh || seq < oldestFresh.seq || again.has(seq);
  const added = fresh.data.filter((entry) => entry.seq > newestKnown.seq);
  const [first, ...rest] = pages.pages.map((page) => ({
    ...page,
    data: page.data.filter(stays).map((entry) => again.get(entry.seq) ?? entry),
  }));
  if (!first) return alone;
  return { ...pages, pages: [{ ...first, data: [...added, ...first.data] }, ...rest] };
}

/** Puts one entry that was just written on top, unless it is already there. */
export function addNewest<T extends Entry>(pages: Pages<T> | undefined, entry: T): Pages<T> | undefined {
  const [first, ...rest] = pages?.pages ?? [];
  if (!pages || !first || first.data.some((each) => each.seq === entry.seq)) return pages;
  const data = [entry, ...first.data].sort((a, b) => b.seq - a.seq);
  return { ...pages, pages: [{ ...first, data }, ...rest] };
}

/** Takes out one entry that no longer is. */
export function withoutEntry<T extends Entry & { id: string }>(
  pages: Pages<T> | undefined,
  id: string,
): Pages<T> | undefined {
  if (!pages) return pages;
  const kept = pages.pages.map((page) => ({ ...page, data: page.data.filter((each) => each.id !== id) }));
  return { ...pages, pages: kept };
}
