// Percentages and rates as exact fractions: `1.5` is 15/10, and only the last step rounds, in the direction it names.

export type Ratio = { numerator: bigint; denominator: bigint };
export type Rounding = "up" | "down" | "half_even";

const ratioPattern = /^(?<whole>\d{1,38})(?:\.(?<fraction>\d{1,38}))?$/u;

/** A decimal text without a sign or an exponent as a fraction; undefined if it is none, or has more than 38 digits on a side. */
export function parseRatio(text: string): Ratio | undefined {
  const parts = ratioPattern.exec(text)?.groups;
  if (!parts) return undefined;
  const { whole = "", fraction = "" } = parts;
  return { numerator: BigInt(whole + fraction), denominator: 10n ** BigInt(fraction.length) };
}

/** Half a unit goes to the even neighbour, so that many roundings do not lean one way. */
function roundsUp(rest: bigint, denominator: bigint, quotient: bigint, rounding: Rounding): boolean {
  if (rest === 0n || rounding === "down") return false;
  if (rounding === "up") return true;
  const twice = rest * 2n;
  return twice > denominator || (twice === denominator && quotient % 2n === 1n);
}

/** `numerator / denominator`, both not negative, as a whole number. */
export function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const quotient = numerator / denominator;
  return roundsUp(numerator % denominator, denominator, quotient, rounding) ? quotient + 1n : quotient;
}

/** Minor units times a fraction. */
export const scale = (minor: bigint, { numerator, denominator }: Ratio, rounding: Rounding): bigint =>
  divide(minor * numerator, denominator, rounding);

/**
 * Minor units of one currency in minor units of another. `prices` say what one whole unit of either costs in a third (roubles, say), so
 * that two rates of one source are crossed without a rounding between them.
 */
export function convert(
  minor: bigint,
  from: { precision: number; price: Ratio },
  to: { precision: number; price: Ratio },
  rounding: Rounding,
): bigint {
  if (to.price.numerator === 0n) throw new RangeError("A price is above zero");
  const numerator = minor * from.price.numerator * to.price.denominator * 10n ** BigInt(to.precision);
  const denominator = from.price.denominator * to.price.numerator * 10n ** BigInt(from.precision);
  return divide(numerator, denominator, rounding);
}
