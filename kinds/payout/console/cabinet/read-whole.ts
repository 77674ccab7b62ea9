/** A whole number within its bounds; undefined for anything else. */
export function readWhole(typed: string, least: number, most: number): number | undefined {
  const text = typed.trim();
  const number = /^\d{1,6}$/u.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}
