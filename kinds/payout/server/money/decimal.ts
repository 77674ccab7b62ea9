import { JsonNumber } from "../lossless.ts";

// Money inside is whole minor units; outside it is decimal text. Nothing here passes through a floating-point number.

export type AmountRefusal = "not_a_number" | "negative" | "zero" | "too_precise" | "too_large";
export type ParsedAmount = { ok: true; minor: bigint } | { ok: false; why: AmountRefusal };

/** What `numeric(38,0)` holds. */
const mostDigits = 38;
const mostCharacters = 100;
// JSON's own grammar: no plus sign, no spaces, no zeros in front, no point without digits around it.
const numberPattern = /^(?<sign>-?)(?<whole>0|[1-9]\d*)(?:\.(?<fraction>\d+))?(?:[eE](?<power>[+-]?\d+))?$/u;

type Decimal = { negative: boolean; digits: string; decimals: number };

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return value instanceof JsonNumber ? value.lexeme : undefined;
}

/** `12.50e-1` as the digits `125` of which 2 are decimals. The exponent is compared, never expanded. */
function decimalOf(text: string): Decimal | undefined {
  if (text.length > mostCharacters) return undefined;
  const parts = numberPattern.exec(text)?.groups;
  if (!parts) return undefined;
  const { sign, whole = "", fraction = "", power = "0" } = parts;
  const all = `${whole}${fraction}`.replace(/^0+/u, "");
  const digits = all.replace(/0+$/u, "");
  const dropped = all.length - digits.length;
  return { negative: sign === "-", digits, decimals: fraction.length - Number(power) - dropped };
}

/**
 * A decimal, as text or as a number of `parseLossless`, in minor units of a precision (8: a coin is 100,000,000 of them).
 * Exponents are understood (`1e-7`), and nothing is ever rounded: more decimals than the precision has are refused.
 */
export function parseMinor(
  value: unknown,
  precision: number,
  { zeroAllowed = false }: { zeroAllowed?: boolean } = {},
): ParsedAmount {
  const text = textOf(value);
  const decimal = text === undefined ? undefined : decimalOf(text);
  if (!decimal) return { ok: false, why: "not_a_number" };
  const { negative, digits, decimals } = decimal;
  if (negative) return { ok: false, why: "negative" };
  if (digits === "") return zeroAllowed ? { ok: true, minor: 0n } : { ok: false, why: "zero" };
  const zeros = precision - decimals;
  if (zeros < 0) return { ok: false, why: "too_precise" };
  if (digits.length + zeros > mostDigits) return { ok: false, why: "too_large" };
  return { ok: true, minor: BigInt(digits) * 10n ** BigInt(zeros) };
}

/** Minor units as the shortest decimal text: `0.0015`, `100`, `-2.5`. */
export function formatMinor(minor: bigint, precision: number): string {
  const sign = minor < 0n ? "-" : "";
  const digits = String(minor < 0n ? -minor : minor).padStart(precision + 1, "0");
  const whole = digits.slice(0, digits.length - precision);
  const fraction = digits.slice(digits.length - precision).replace(/0+$/u, "");
  return sign + whole + (fraction && `.${fraction}`);
}
