import { expect, test } from "vitest";
import { ago, inFull } from "./updated.ts";

const now = new Date("2026-11-23T09:00:00Z");
const daysBefore = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10);

test.each([
  [0, "сегодня", "today"],
  [1, "1 день назад", "1 day ago"],
  [2, "2 дня назад", "2 days ago"],
  [4, "4 дня назад", "4 days ago"],
  [5, "5 дней назад", "5 days ago"],
  [11, "11 дней назад", "11 days ago"],
  [12, "12 дней назад", "12 days ago"],
  [21, "21 день назад", "21 days ago"],
  [22, "22 дня назад", "22 days ago"],
  [26, "26 дней назад", "26 days ago"],
  [59, "59 дней назад", "59 days ago"],
  [61, "2 месяца назад", "2 months ago"],
  [160, "5 месяцев назад", "5 months ago"],
  [364, "11 месяцев назад", "11 months ago"],
  [366, "1 год назад", "1 year ago"],
  [740, "2 года назад", "2 years ago"],
  [1900, "5 лет назад", "5 years ago"],
])("[PO-16] a page changed %i days ago says so with the right plural", (days, ru, en) => {
  expect(ago(daysBefore(days), now, "ru")).toBe(ru);
  expect(ago(daysBefore(days), now, "en")).toBe(en);
});

test("a server whose clock is behind says today", () => {
  expect(ago("2026-11-25", now, "ru")).toBe("сегодня");
});

test("[PO-16] the exact day is said in words", () => {
  expect(inFull("2026-10-28", "ru")).toBe("28 октября 2026 г.");
  expect(inFull("2026-10-28", "en")).toBe("October 28, 2026");
});
