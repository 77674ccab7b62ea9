import type { Clock } from "../platform/clock.ts";

/** A clock that runs with the real one, plus whatever a test has added: no test sleeps. */
export type TestClock = Clock & { advance(ms: number): void };

export function createTestClock(): TestClock {
  let added = 0;
  return {
    now: () => new Date(Date.now() + added),
    advance(ms) {
      added += ms;
    },
  };
}
