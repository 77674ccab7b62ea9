import { webhookSchedule } from "@okno/contract";

/** An endless wait asked for by a receiver is none of ours. */
const longestRetryAfterMs = 86_400_000;
/** Every pause is up to this much longer than published, so that what failed together does not come back together. */
const jitter = 0.1;

/** What a receiver asks for in `Retry-After`, as milliseconds from now: a number of seconds or a date; bounded. */
export function retryAfterMs(value: string | undefined, now: Date): number {
  if (value === undefined) return 0;
  const text = value.trim();
  const asked = /^\d{1,9}$/u.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  return Number.isNaN(asked) ? 0 : Math.min(Math.max(asked, 0), longestRetryAfterMs);
}

/**
 * When to try again after so many failed attempts.
 * @returns undefined when the schedule is used up.
 */
export function nextAttempt(
  attempts: number,
  { now, waitMs, random }: { now: Date; waitMs: number; random: () => number },
): Date | undefined {
  const seconds = webhookSchedule[attempts];
  if (seconds === undefined) return undefined;
  const pauseMs = seconds * 1000 * (1 + jitter * random());
  return new Date(now.getTime() + Math.max(pauseMs, waitMs));
}
