import { searchDays, searchMeaning } from "@okno/contract/search-query";

type Day = { year: number; month: number; day: number };

/** The calendar day of an instant somewhere. */
export function dayIn(at: Date, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
  })
    .formatToParts(at)
    .map(({ type, value }) => [type, Number(value)]);
  const { year, month, day } = Object.fromEntries(parts) as Day;
  return { year, month, day };
}

function offsetMs(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return local - Math.floor(at.getTime() / 1000) * 1000;
}

/** When a day begins somewhere. */
export function startOfDay({ year, month, day }: Day, timeZone: string): Date {
  const utc = Date.UTC(year, month - 1, day);
  const guess = new Date(utc - offsetMs(new Date(utc), timeZone));
  return new Date(utc - offsetMs(guess, timeZone));
}

function real({ year, month, day }: Day): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1970 && year < 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const iso = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/u;
const dotted = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d\d)?)?$/u;

function numericDay(text: string, today: Day): Day | undefined {
  const year = iso.exec(text);
  if (year) return { year: Number(year[1]), month: Number(year[2] ?? 1), day: Number(year[3] ?? 1) };
  const found = dotted.exec(text);
  if (!found) return undefined;
  const [day, month] = [Number(found[1]), Number(found[2])];
  if (found[3]) return { year: Number(found[3]) + (found[3].length === 2 ? 2000 : 0), month, day };
  // Without a year the last such day is meant.
  const ahead = month > today.month || (month === today.month && day > today.day);
  return { year: today.year - (ahead ? 1 : 0), month, day };
}

/** The beginning of the day that is named: `2026-11-22`, `22.11.2026`, `22.11`, `2026-11`, `вчера`, `today`. */
export function dayNamed(text: string, now: Date, timeZone: string): Date | undefined {
  const today = dayIn(now, timeZone);
  const word = searchMeaning(searchDays, text);
  if (word) {
    const moved = new Date(Date.UTC(today.year, today.month - 1, today.day + searchDays[word].days));
    return startOfDay(
      { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() },
      timeZone,
    );
  }
  const day = numericDay(text.trim(), today);
  return day && real(day) ? startOfDay(day, timeZone) : undefined;
}
