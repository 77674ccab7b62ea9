import { expect, test } from "vitest";
import { type HoursLine, openingAt, parseHours } from "./hours.ts";

const lines = (...texts: string[]) => texts.map((text) => parseHours(text) as HoursLine);
const at = (text: string) => new Date(text);
const iso = (date: Date | null) => date?.toISOString() ?? null;

test("hours are read in both languages, with any dash, several spans a line", () => {
  expect(parseHours("Пн–Пт 9:00-13:00, 14:00–18:00")).toEqual({
    days: [1, 2, 3, 4, 5],
    spans: [
      { from: 540, to: 780 },
      { from: 840, to: 1080 },
    ],
  });
  expect(parseHours("sat-mon 0:00-24:00")).toEqual({ days: [6, 7, 1], spans: [{ from: 0, to: 1440 }] });
  expect(parseHours("2026-12-31 закрыто")).toEqual({ date: "2026-12-31", spans: [] });
});

test("what cannot be hours is no line", () => {
  for (const text of [
    "",
    "mon",
    "mon 9-18",
    "mon 18:00-9:00",
    "mon 9:00-25:00",
    "mon 9:60-10:00",
    "xyz 9:00-10:00",
    "2026-02-30 closed",
    "mon-tue-wed 9:00-10:00",
    "mon closed 9:00-10:00",
  ])
    expect(parseHours(text), text).toBeUndefined();
});

test("without hours the desk is always open", () => {
  expect(openingAt([], "Europe/Moscow", at("2026-03-01T00:00:00Z"))).toMatchObject({
    open: true,
    changesAt: null,
  });
});

test("a desk that closes at 18:00 in Moscow opens on Monday at 9:00", () => {
  const week = lines("mon-fri 9:00-18:00");
  expect(openingAt(week, "Europe/Moscow", at("2026-11-20T14:59:00Z"))).toMatchObject({ open: true });
  const friday = openingAt(week, "Europe/Moscow", at("2026-11-20T15:00:00Z"));
  expect([friday.open, iso(friday.opensAt)]).toEqual([false, "2026-11-23T06:00:00.000Z"]);
});

test("a date goes by its own lines: closed, or shorter", () => {
  const week = lines("daily 9:00-18:00", "2026-12-31 9:00-12:00", "2027-01-01 closed");
  expect(openingAt(week, "UTC", at("2026-12-31T13:00:00Z"))).toMatchObject({
    open: false,
    opensAt: at("2027-01-02T09:00:00Z"),
  });
});

test("hours that meet at midnight are one", () => {
  const night = lines("fri 20:00-24:00", "sat 0:00-6:00");
  expect(iso(openingAt(night, "UTC", at("2026-11-20T23:00:00Z")).changesAt)).toBe("2026-11-21T06:00:00.000Z");
  expect(iso(openingAt(lines("daily 0:00-24:00"), "UTC", at("2026-11-20T23:00:00Z")).changesAt)).toBeNull();
});

test("nine o'clock stays nine o'clock when the clocks go forward and back", () => {
  const daily = lines("daily 9:00-18:00");
  const opens = (now: string) => iso(openingAt(daily, "Europe/Berlin", at(now)).opensAt);
  expect(opens("2026-03-28T20:00:00Z")).toBe("2026-03-29T07:00:00.000Z");
  expect(opens("2026-03-27T20:00:00Z")).toBe("2026-03-28T08:00:00.000Z");
  expect(opens("2026-10-24T20:00:00Z")).toBe("2026-10-25T08:00:00.000Z");
  expect(opens("2026-10-23T20:00:00Z")).toBe("2026-10-24T07:00:00.000Z");
});

test("a time that the clock leaps over comes as much later as the leap is long", () => {
  const early = lines("sun 2:30-10:00");
  expect(iso(openingAt(early, "Europe/Berlin", at("2026-03-29T00:00:00Z")).opensAt)).toBe(
    "2026-03-29T01:30:00.000Z",
  );
});

test("a desk that is never open again promises nothing", () => {
  expect(openingAt(lines("2020-01-01 9:00-10:00"), "UTC", at("2026-01-01T00:00:00Z"))).toEqual({
    open: false,
    opensAt: null,
    changesAt: null,
  });
});
