/** Enough to come back to what one was at; ids alone, so that nothing personal stays in the browser. */
const mostKept = 8;

const keyOf = (member: string) => `okno.recent.${member}`;
let memory: { member: string; ids: readonly string[] } | undefined;

/** The tickets this person opened last in this browser, the newest first. */
export function recentTickets(member: string): readonly string[] {
  if (memory?.member === member) return memory.ids;
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(member)) ?? "[]");
    const ids = Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
    return ids.slice(0, mostKept);
  } catch {
    // Storage may be forbidden: then what was opened lasts as long as the page.
    return [];
  }
}

/** Forgets them: at sign-out. */
export function forgetOpened(member: string): void {
  memory = undefined;
  try {
    localStorage.removeItem(keyOf(member));
  } catch {
    // See recentTickets.
  }
}

/** Remembers that a ticket was opened. */
export function noteOpened(member: string, ticket: string): void {
  const ids = [ticket, ...recentTickets(member).filter((id) => id !== ticket)].slice(0, mostKept);
  memory = { member, ids };
  try {
    localStorage.setItem(keyOf(member), JSON.stringify(ids));
  } catch {
    // See recentTickets.
  }
}
