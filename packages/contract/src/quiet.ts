import type { NotificationSettings } from "./resources/notifications.ts";

const dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function minutesOf(time: string): number {
  const [hours = "0", minutes = "0"] = time.split(":");
  return Number(hours) * 60 + Number(minutes);
}

/** The day of the week (Monday is 1) and the minute of the day in a time zone. */
function placeIn(timeZone: string, at: Date): { day: number; minute: number } {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return {
    day: dayNames.indexOf(part("weekday")) + 1,
    minute: minutesOf(`${part("hour")}:${part("minute")}`),
  };
}

/**
 * May a person be disturbed at this moment by a sound, a browser's notification or a push? Quiet hours that run over midnight belong
 * to the day on which they begin.
 */
export function isQuiet(
  { quiet, snoozedUntil }: Pick<NotificationSettings, "quiet" | "snoozedUntil">,
  at: Date,
): boolean {
  if (snoozedUntil !== null && new Date(snoozedUntil) > at) return true;
  if (!quiet) return false;
  const { day, minute } = placeIn(quiet.timeZone, at);
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  const yesterday = day === 1 ? 7 : day - 1;
  if (from < to) return quiet.days.includes(day) && minute >= from && minute < to;
  return (quiet.days.includes(day) && minute >= from) || (quiet.days.includes(yesterday) && minute < to);
}
