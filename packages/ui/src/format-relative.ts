const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type FormatTimeOptions = {
  /** IANA zone; the machine's own unless told. */
  timeZone?: string | undefined;
  /** `short` suits lists ("5 мин. назад"), `long` suits sentences ("5 минут назад"). */
  style?: "long" | "short" | undefined;
};

function zoneOf(timeZone: string | undefined): { timeZone?: string } {
  return timeZone ? { timeZone } : {};
}

/** Days since the epoch of the calendar date that a clock on the wall of that zone shows. */
function calendarDay(date: Date, timeZone: string | undefined): number {
  const parts = new Intl.DateTimeFormat("en-CA", {
    ...zoneOf(timeZone),
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return Date.parse(`${parts.format(date)}T00:00:00Z`) / DAY;
}

function yearOf(date: Date, timeZone: string | undefined): string {
  return new Intl.DateTimeFormat("en", { ...zoneOf(timeZone), year: "numeric" }).format(date);
}

/**
 * Relative up to a week in both directions, then the date, with the year only when it is another one.
 * Whole units, rounded towards now; days are calendar days of the reader's zone.
 */
export function formatRelative(
  date: Date,
  now: Date,
  locale: string,
  options: FormatTimeOptions = {},
): string {
  const { timeZone, style = "short" } = options;
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style });
  const difference = date.getTime() - now.getTime();
  const distance = Math.abs(difference);
  if (distance < MINUTE) return words.format(0, "second");
  if (distance < HOUR) return words.format(Math.trunc(difference / MINUTE), "minute");
  const days = calendarDay(date, timeZone) - calendarDay(now, timeZone);
  if (distance < DAY / 2 || days === 0) return words.format(Math.trunc(difference / HOUR), "hour");
  if (Math.abs(days) < 7) return words.format(days, "day");
  return new Intl.DateTimeFormat(locale, {
    ...zoneOf(timeZone),
    day: "numeric",
    month: style === "long" ? "long" : "short",
    ...(yearOf(date, timeZone) === yearOf(now, timeZone) ? {} : { year: "numeric" as const }),
  }).format(date);
}

/** Date and time in full; names the zone when it is not the reader's. */
export function formatDateTime(
  date: Date,
  locale: string,
  options: { timeZone?: string | undefined; readerTimeZone?: string | undefined } = {},
): string {
  const { timeZone, readerTimeZone } = options;
  const foreign = timeZone !== undefined && readerTimeZone !== undefined && timeZone !== readerTimeZone;
  return new Intl.DateTimeFormat(locale, {
    ...zoneOf(timeZone),
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    ...(foreign ? { timeZoneName: "short" as const } : {}),
  }).format(date);
}
