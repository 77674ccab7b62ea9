const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** A file's size in the reader's language: decimal units, one digit after the point below ten. */
export function formatBytes(sizeBytes: number, locale: string): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, sizeBytes)) / 3)));
  const value = sizeBytes / 1000 ** power;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: UNITS[power] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: power > 0 && value < 10 ? 1 : 0,
  }).format(value);
}
