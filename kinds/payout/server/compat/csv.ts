/** A spreadsheet would run what begins with one of these; an apostrophe before it makes it words. */
const formula = /^[=+\-@\t\r]/u;

function cell(value: unknown): string {
  const text = value === null || value === undefined ? "" : String(value);
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows with the same fields as a table by RFC 4180, headed by the fields' names. */
export function csvOf(rows: readonly Record<string, unknown>[]): string {
  const [first] = rows;
  if (!first) return "";
  const lines = [Object.keys(first), ...rows.map((row) => Object.values(row))];
  return lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}
