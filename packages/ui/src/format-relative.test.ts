import { expect, test } from "vitest";
import { formatDateTime, formatRelative } from "./format-relative.ts";

const NOW = new Date("2026-11-22T14:00:00Z");
const zone = { timeZone: "Europe/Moscow" };
const at = (iso: string) => new Date(iso);

test("Russian plurals come out right: 1 минуту, 2 минуты, 5 минут", () => {
  const long = { ...zone, style: "long" as const };
  expect(formatRelative(at("2026-11-22T13:59:00Z"), NOW, "ru", long)).toBe("1 минуту назад");
  expect(formatRelative(at("2026-11-22T13:58:00Z"), NOW, "ru", long)).toBe("2 минуты назад");
  expect(formatRelative(at("2026-11-22T13:55:00Z"), NOW, "ru", long)).toBe("5 минут назад");
  expect(formatRelative(at("2026-11-22T13:39:00Z"), NOW, "ru", long)).toBe("21 минуту назад");
});

test("less than a minute is now, in both directions", () => {
  expect(formatRelative(at("2026-11-22T13:59:01Z"), NOW, "ru", zone)).toBe("сейчас");
  expect(formatRelative(at("2026-11-22T14:00:59Z"), NOW, "en", zone)).toBe("now");
});

test("days are calendar days of the reader's zone", () => {
  expect(formatRelative(at("2026-11-21T06:00:00Z"), NOW, "ru", zone)).toBe("вчера");
  expect(formatRelative(at("2026-11-23T06:00:00Z"), NOW, "ru", zone)).toBe("завтра");
  // 23:30 on the 19th in Moscow is three dates ago, although only 2.7 days have passed.
  expect(formatRelative(at("2026-11-19T20:30:00Z"), NOW, "en", zone)).toBe("3 days ago");
});

test("from a week on it is a date, with the year only when it is another", () => {
  expect(formatRelative(at("2026-11-16T12:00:00Z"), NOW, "en", zone)).toBe("6 days ago");
  expect(formatRelative(at("2026-11-15T12:00:00Z"), NOW, "en", zone)).toBe("Nov 15");
  expect(formatRelative(at("2025-11-15T12:00:00Z"), NOW, "en", zone)).toBe("Nov 15, 2025");
  expect(formatRelative(at("2026-12-24T12:00:00Z"), NOW, "ru", { ...zone, style: "long" })).toBe(
    "24 декабря",
  );
});

test("the zone is named only when it is not the reader's", () => {
  const own = formatDateTime(NOW, "en", { timeZone: "Europe/Moscow", readerTimeZone: "Europe/Moscow" });
  const foreign = formatDateTime(NOW, "en", { timeZone: "Europe/Moscow", readerTimeZone: "Asia/Tokyo" });
  expect(own).not.toMatch(/GMT|MSK/);
  expect(foreign).toMatch(/GMT\+3|MSK/);
});
