/** Opening hours in words that an administrator can type: `mon-fri 9:00-18:00`, `сб 10:00-14:00`, `2026-12-31 closed`. */

const dayNames = [
  ["mon", "пн"],
  ["tue", "вт"],
  ["wed", "ср"],
  ["thu", "чт"],
  ["fri", "пт"],
  ["sat", "сб"],
  ["sun", "вс"],
];
const everyDay = new Set(["daily", "ежедневно"]);
const closed = new Set(["closed", "закрыто"]);
const minuteMs = 60_000;
const dayMs = 86_400_000;
/** So far ahead an opening is looked for; a desk that stays closed longer promises nothing. */
const aheadDays = 60;

/** Minutes of the local day. */
type Span = { from: number; to: number };
/** `days`: 1 (Monday) to 7; `date`: one day, which then goes by its own lines alone. */
export type HoursLine = ({ days: number[] } | { date: string }) & { spans: Span[] };

function dayOf(name: string): number | undefined {
  const index = dayNames.findIndex((names) => names.includes(name));
  return index < 0 ? undefined : index + 1;
}

function daysOf(text: string): number[] | undefined {
  if (everyDay.has(text)) return [1, 2, 3, 4, 5, 6, 7];
  const [first, last = first, ...more] = text.split("-").map(dayOf);
  if (!first || !last || more.length > 0) return undefined;
  const count = ((last - first + 7) % 7) + 1;
  return Array.from({ length: count }, (_, i) => ((first - 1 + i) % 7) + 1);
}

function dateOf(text: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return undefined;
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? undefined : text;
}

function spanOf(text: string): Span | undefined {
  const parts = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/u.exec(text)?.slice(1).map(Number);
  if (!parts) return undefined;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = parts;
  const [from, to] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
  return fromMinute < 60 && toMinute < 60 && from < to && to <= 24 * 60 ? { from, to } : undefined;
}

/** One line of opening hours; undefined when it cannot be read. */
export function parseHours(line: string): HoursLine | undefined {
  const [head = "", ...rest] = line
    .trim()
    .toLowerCase()
    .replace(/[–—]/gu, "-")
    .split(/[\s,]+/u);
  const days = daysOf(head);
  const date = dateOf(head);
  const isClosed = rest.length === 1 && closed.has(rest[0] ?? "");
  const spans = isClosed ? [] : rest.map(spanOf);
  if ((!days && !date) || rest.length === 0 || spans.includes(undefined)) return undefined;
  const known = spans.filter((span) => span !== undefined);
  return date ? { date, spans: known } : { days: days ?? [], spans: known };
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** By how much the local clock is ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat("en-CA", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  clocks.set(timeZone, clock);
  const part = Object.fromEntries(
    clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

/** When a local clock shows this time on this day. A time that the clock leaps over comes as much later as the leap is long. */
function instantOf(dayUtc: number, minutes: number, timeZone: string): number {
  const local = dayUtc + minutes * minuteMs;
  const guess = local - offsetAt(local, timeZone);
  return local - offsetAt(guess, timeZone);
}

function spansOf(lines: readonly HoursLine[], dayUtc: number): Span[] {
  const day = new Date(dayUtc);
  const date = day.toISOString().slice(0, 10);
  const own = lines.filter((line) => "date" in line && line.date === date);
  const weekday = day.getUTCDay() || 7;
  const of = own.length > 0 ? own : lines.filter((line) => "days" in line && line.days.includes(weekday));
  return of.flatMap(({ spans }) => spans).sort((a, b) => a.from - b.from);
}

/** `changesAt`: until when this holds, null for ever; `opensAt`: when a closed desk opens, null when nobody knows. */
export type Opening = { open: boolean; opensAt: Date | null; changesAt: Date | null };

/** Opening times as instants, in order, from yesterday on. */
function* timesFrom(lines: readonly HoursLine[], timeZone: string, at: number) {
  const local = at + offsetAt(at, timeZone);
  const today = local - (((local % dayMs) + dayMs) % dayMs);
  for (let ahead = -1; ahead <= aheadDays; ahead++) {
    const dayUtc = today + ahead * dayMs;
    for (const { from, to } of spansOf(lines, dayUtc))
      yield { from: instantOf(dayUtc, from, timeZone), to: instantOf(dayUtc, to, timeZone) };
  }
}

/** Whether somebody is there now. No lines: always. */
export function openingAt(lines: readonly HoursLine[], timeZone: string, now: Date): Opening {
  if (lines.length === 0) return { open: true, opensAt: null, changesAt: null };
  const at = now.getTime();
  let until = at;
  for (const { from, to } of timesFrom(lines, timeZone, at)) {
    if (to <= at) continue;
    // Hours that meet at midnight are one.
    if (from <= until) until = Math.max(until, to);
    else if (until > at) return { open: true, opensAt: null, changesAt: new Date(until) };
    else return { open: false, opensAt: new Date(from), changesAt: new Date(from) };
  }
  return { open: until > at, opensAt: null, changesAt: null };
}
