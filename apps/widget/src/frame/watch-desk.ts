import type { Desk } from "./config.ts";

const everyMs = 10 * 60_000;
/** `setTimeout` cannot wait longer. */
const longestMs = 2 ** 31 - 1;

/** Keeps what can be expected up to date: at the moment it changes, and now and then while somebody looks. */
export function watchDesk(first: Desk, ask: () => Promise<Desk>, told: (desk: Desk) => void) {
  let desk = first;
  let asked = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function plan(): void {
    clearTimeout(timer);
    if (!desk.changesAt) return;
    const wait = Math.max(1_000, Date.parse(desk.changesAt) - Date.now() + 500);
    timer = setTimeout(() => void refresh(), Math.min(wait, longestMs));
  }
  async function refresh(): Promise<void> {
    asked = Date.now();
    try {
      desk = await ask();
      told(desk);
    } catch {
      // What was known stays, until somebody looks again.
    }
    plan();
  }
  plan();
  return {
    looked(): void {
      if (Date.now() - asked > everyMs) void refresh();
    },
  };
}
