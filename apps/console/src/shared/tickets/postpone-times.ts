export type PostponeTime = { id: "hour" | "evening" | "tomorrow" | "monday"; date: Date };

const eveningHour = 18;
const morningHour = 9;
/** An evening nearer than this is no postponement. */
const worthWaitingMs = 90 * 60_000;

function at(day: Date, addDays: number, hour: number): Date {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + addDays, hour);
}

/** The moments worth offering now, in the reader's own time zone. */
export function postponeTimes(now: Date): PostponeTime[] {
  const evening = at(now, 0, eveningHour);
  const weekday = now.getDay();
  const daysToMonday = weekday === 0 ? 1 : 8 - weekday;
  const times: PostponeTime[] = [{ id: "hour", date: new Date(now.getTime() + 3_600_000) }];
  if (evening.getTime() - now.getTime() >= worthWaitingMs) times.push({ id: "evening", date: evening });
  times.push({ id: "tomorrow", date: at(now, 1, morningHour) });
  // On a Sunday tomorrow is Monday.
  if (daysToMonday > 1) times.push({ id: "monday", date: at(now, daysToMonday, morningHour) });
  return times;
}
