import { expect, test } from "vitest";
import { secondsUntilNextTry } from "./wait.ts";

const at = new Date("2026-11-23T12:00:00Z");
const after = (failures: number, seconds = 0) =>
  secondsUntilNextTry({ failures, failedAt: at }, new Date(at.getTime() + seconds * 1000));

test("five wrong codes are free, then each costs twice the wait of the one before, up to an hour", () => {
  expect(secondsUntilNextTry({ failures: 0, failedAt: null }, at)).toBe(0);
  expect([4, 5, 6, 7, 8].map((failures) => after(failures))).toEqual([0, 60, 120, 240, 480]);
  expect([11, 30, 32_767].map((failures) => after(failures))).toEqual([3_600, 3_600, 3_600]);
  expect(after(5, 59)).toBe(1);
  expect(after(5, 60)).toBe(0);
});
