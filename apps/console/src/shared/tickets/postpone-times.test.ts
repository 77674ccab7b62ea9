import { expect, test } from "vitest";
import { postponeTimes } from "./postpone-times.ts";

const offered = (now: Date) => postponeTimes(now).map((time) => time.id);

test("every offered moment lies ahead, whatever the hour and the day", () => {
  for (let hour = 0; hour < 24 * 7; hour += 1) {
    const now = new Date(2026, 10, 16, hour, 20);
    const times = postponeTimes(now).map((time) => time.date.getTime());
    expect(Math.min(...times)).toBeGreaterThan(now.getTime());
    expect(new Set(times).size).toBe(times.length);
  }
});

test("the evening is not offered when it has almost come, nor Monday on a Sunday", () => {
  expect(offered(new Date(2026, 10, 18, 11))).toEqual(["hour", "evening", "tomorrow", "monday"]);
  expect(offered(new Date(2026, 10, 18, 17, 30))).toEqual(["hour", "tomorrow", "monday"]);
  expect(offered(new Date(2026, 10, 22, 11))).toEqual(["hour", "evening", "tomorrow"]);
});
