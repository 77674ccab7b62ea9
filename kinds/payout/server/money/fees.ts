import { parseRatio, type Ratio, scale } from "./ratio.ts";

/** Whether the commission is taken from the amount that is sent, or from the desk's balance beside it. */
export type SubtractFrom = "amount" | "balance";

/** Sums in minor units; `percent` as decimal text; `min` and `max` bound the amount asked for. */
export type FeeRule = { percent: string; fixed: bigint; min?: bigint; max?: bigint };

export type Quote = { receive: bigint; commission: bigint; deduction: bigint };

export type QuoteResult =
  | ({ ok: true } & Quote)
  | { ok: false; why: "below_minimum" | "above_maximum" | "nothing_left"; bound: bigint };

function percentOf(text: string): Ratio {
  const ratio = parseRatio(text);
  if (!ratio || ratio.numerator > ratio.denominator * 100n)
    throw new RangeError("A percentage is a decimal between 0 and 100");
  return { numerator: ratio.numerator, denominator: ratio.denominator * 100n };
}

/**
 * What a payout of `amount` costs and brings: `receive + commission = deduction`, always. The commission is the percentage of the amount
 * plus the fixed part, rounded up once to a whole minor unit; nothing else is rounded. `nothing_left` tells the commission that would
 * have eaten the amount.
 * @throws RangeError if the rule itself is wrong, or the amount is not above zero
 */
export function quote({
  amount,
  percent,
  fixed,
  min,
  max,
  subtractFrom,
}: FeeRule & { amount: bigint; subtractFrom: SubtractFrom }): QuoteResult {
  if (amount <= 0n || fixed < 0n) throw new RangeError("An amount is above zero, a fee not below it");
  if (min !== undefined && amount < min) return { ok: false, why: "below_minimum", bound: min };
  if (max !== undefined && amount > max) return { ok: false, why: "above_maximum", bound: max };
  const commission = scale(amount, percentOf(percent), "up") + fixed;
  if (subtractFrom === "balance")
    return { ok: true, receive: amount, commission, deduction: amount + commission };
  if (commission >= amount) return { ok: false, why: "nothing_left", bound: commission };
  return { ok: true, receive: amount - commission, commission, deduction: amount };
}
