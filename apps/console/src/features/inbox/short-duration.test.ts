import { expect, test } from "vitest";
import { shortDuration } from "./short-duration.ts";

test("a wait is told in its largest whole unit and never as zero", () => {
  expect(shortDuration(1000, "en")).toBe("1 min");
  expect(shortDuration(3_599_000, "en")).toBe("59 min");
  expect(shortDuration(2 * 3_600_000, "ru")).toMatch(/^2\sч$/u);
  expect(shortDuration(50 * 3_600_000, "en")).toBe("2 days");
});
