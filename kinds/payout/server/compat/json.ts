// Numbers leave as the digits they are: a decimal text becomes a JSON number without having been a float.
type RawJson = { rawJSON(text: string): object };
const { rawJSON } = JSON as unknown as RawJson;

const decimalPattern = /^-?\d+(?:\.\d+)?$/u;

/** A JSON number written exactly as this decimal: for version 2. */
export function exactNumber(decimal: string): object {
  if (!decimalPattern.test(decimal)) throw new RangeError("Not a plain decimal");
  return rawJSON(decimal);
}

/** The stored text of an exact decimal without zeros at its end: `2.500` is `2.5`. */
export function trimDecimal(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/u, "") : text;
}
