const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long something has lasted, in its largest whole unit: `5 мин`, `3 ч`, `2 дн.`; at least one minute. */
export function shortDuration(milliseconds: number, locale: string): string {
  const [unit, size] =
    milliseconds >= day
      ? (["day", day] as const)
      : milliseconds >= hour
        ? (["hour", hour] as const)
        : (["minute", minute] as const);
  const value = Math.max(1, Math.floor(milliseconds / size));
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(value);
}
