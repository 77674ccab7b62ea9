import { useSyncExternalStore } from "react";
import { formatDateTime, formatRelative } from "./format-relative.ts";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let minute = 0;

// One clock for all times on the screen: a list of a thousand rows must not start a thousand timers.
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    minute = Math.floor(Date.now() / 60_000);
    for (const each of listeners) each();
  }, 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

export type RelativeTimeProps = {
  date: Date;
  locale: string;
  /** Fixes "now", for tests and pictures. */
  now?: Date | undefined;
  timeZone?: string | undefined;
  style?: "long" | "short" | undefined;
  className?: string | undefined;
};

/** "5 мин. назад", kept true by a shared clock; the full date stands in the title and in `dateTime`. */
export function RelativeTime({ date, locale, now, timeZone, style, className }: RelativeTimeProps) {
  useSyncExternalStore(
    subscribe,
    () => minute,
    () => minute,
  );
  return (
    <time
      dateTime={date.toISOString()}
      title={formatDateTime(date, locale, { timeZone })}
      className={className}
    >
      {formatRelative(date, now ?? new Date(), locale, { timeZone, style })}
    </time>
  );
}
