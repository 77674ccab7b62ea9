import type { Random } from "./random.ts";
import type { Locale } from "./types.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Local hour (0–23, with a fraction) and weekday (0 = Sunday) of an instant in a time zone. */
export function localTime(at: number, timeZone: string): { hour: number; weekday: number } {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
  const weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"].indexOf(parts.weekday ?? "");
  return { hour: Number(parts.hour) + Number(parts.minute) / 60, weekday };
}

/** How busy an hour is, 0…1: quiet nights, a peak before lunch and another in the evening, thinner weekends. */
export function busyness(at: number, timeZone: string): number {
  const { hour, weekday } = localTime(at, timeZone);
  const weekend = weekday === 0 || weekday === 6 ? 0.5 : 1;
  if (hour < 7) return 0.04 * weekend;
  if (hour < 9) return 0.35 * weekend;
  if (hour < 13) return weekend;
  if (hour < 18) return 0.75 * weekend;
  if (hour < 22) return 0.6 * weekend;
  return 0.2 * weekend;
}

/** An instant in [from, to) by the rhythm of the day and the week. */
export function busyInstant(random: Random, span: { from: number; to: number; timeZone: string }): number {
  let at = span.from;
  for (let attempt = 0; attempt < 60; attempt++) {
    at = span.from + Math.floor(random.next() * (span.to - span.from));
    if (random.chance(busyness(at, span.timeZone))) return at;
  }
  return at;
}

/** The instant itself if it falls between the hours, otherwise some minutes after the next opening. */
export function withinHours(
  at: number,
  hours: { open: number; close: number; timeZone: string },
  random: Random,
): number {
  const { hour } = localTime(at, hours.timeZone);
  if (hour >= hours.open && hour < hours.close) return at;
  const wait = hour < hours.open ? hours.open - hour : 24 - hour + hours.open;
  return at + Math.round(wait * HOUR) + random.int(2, 50) * MINUTE + random.int(0, 59) * 1000;
}

const WEEKDAYS_RU = [
  "в воскресенье",
  "в понедельник",
  "во вторник",
  "в среду",
  "в четверг",
  "в пятницу",
  "в субботу",
];
const WEEKDAYS_EN = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** «12 ноября», "12 November". */
export function dayAndMonth(at: number, locale: Locale, timeZone: string): string {
  return new Intl.DateTimeFormat(locale === "ru" ? "ru-RU" : "en-GB", {
    day: "numeric",
    month: "long",
    timeZone,
  }).format(at);
}

/** «во вторник», "Tuesday": with the preposition in Russian, without it in English. */
export function weekdayName(at: number, locale: Locale, timeZone: string): string {
  const { weekday } = localTime(at, timeZone);
  return (locale === "ru" ? WEEKDAYS_RU : WEEKDAYS_EN)[weekday] ?? "";
}
