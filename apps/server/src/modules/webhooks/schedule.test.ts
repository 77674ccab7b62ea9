import { webhookSchedule } from "@okno/contract";
import { describe, expect, test } from "vitest";
import { createBudget } from "./budget.ts";
import { nextAttempt, retryAfterMs } from "./schedule.ts";

const now = new Date("2026-11-22T12:00:00Z");

describe("the schedule", () => {
  const waitAfter = (attempts: number, random = 0, waitMs = 0) => {
    const at = nextAttempt(attempts, { now, waitMs, random: () => random });
    return at && (at.getTime() - now.getTime()) / 1000;
  };

  test("is the published one, then ends", () => {
    const waits = webhookSchedule.map((_, index) => waitAfter(index + 1));
    expect(waits).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, undefined]);
  });

  test("is spread by up to a tenth, never shortened", () => {
    expect(waitAfter(2, 0.5)).toBeCloseTo(315);
    expect(waitAfter(2, 1)).toBeCloseTo(330);
  });

  test("a receiver that asks for patience gets it, if that is longer", () => {
    expect(waitAfter(1, 0, 120_000)).toBe(120);
    expect(waitAfter(3, 0, 120_000)).toBe(1_800);
  });
});

test.each([
  ["120", 120_000],
  [" 7 ", 7_000],
  ["Sun, 22 Nov 2026 12:01:00 GMT", 60_000],
  ["Sun, 22 Nov 2026 11:00:00 GMT", 0],
  ["999999999", 86_400_000],
  ["-5", 0],
  ["soon", 0],
  [undefined, 0],
])("Retry-After %s is %d ms", (value, expected) => {
  expect(retryAfterMs(value, now)).toBe(expected);
});

describe("the budget", () => {
  const freeOf = (budget: ReturnType<typeof createBudget>, target: string) => {
    const { targets, free } = budget.allowance();
    return free[targets.indexOf(target)];
  };

  test("a receiver begins with one call, gains one with each success, up to sixteen, and falls back with a failure", () => {
    const budget = createBudget();
    for (let n = 0; n < 40; n++) budget.take("a").succeeded();
    expect(freeOf(budget, "a")).toBe(16);
    budget.take("a").failed();
    expect(freeOf(budget, "a")).toBe(1);
    const slot = budget.take("a");
    expect(freeOf(budget, "a")).toBe(0);
    slot.succeeded();
    expect(freeOf(budget, "a")).toBe(2);
    expect(budget.inFlight()).toBe(0);
  });

  test("receivers that do not answer never take the room of those that do", () => {
    const budget = createBudget();
    for (let n = 0; n < 600; n++) budget.take(`dead ${n}`).failed();
    const before = budget.allowance().room;
    for (let n = 0; n < 512; n++) budget.take(`dead ${n}`);
    expect(budget.allowance().room).toBe(before);
    // And there is an end to them too.
    expect(freeOf(budget, "dead 599")).toBe(0);
  });
});
