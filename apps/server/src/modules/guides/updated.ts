import type { Language } from "../api-docs/index.ts";

const dayMs = 86_400_000;
/** From here on days are hard to picture. */
const longestInDays = 60;
const daysOfMonth = 30.44;
const daysOfYear = 365.25;

/** How long ago a day was: in days, then in months and years, counted by the plural rules of the language. A day to come is today. */
export function ago(day: string, now: Date, language: Language): string {
  const passed = Math.floor((now.getTime() - Date.parse(`${day}T00:00:00Z`)) / dayMs);
  const days = Math.max(passed, 0);
  if (days === 0) return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(0, "day");
  const format = new Intl.RelativeTimeFormat(language);
  if (days < longestInDays) return format.format(-days, "day");
  if (days < daysOfYear) return format.format(-Math.floor(days / daysOfMonth), "month");
  return format.format(-Math.floor(days / daysOfYear), "year");
}

/** The day itself, in words. */
export function inFull(day: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(day));
}
