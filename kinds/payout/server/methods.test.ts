import { expect, test } from "vitest";
import { methodOf, payoutMethods } from "./methods.ts";
import { quote } from "./money/fees.ts";

test("precision is the method's: one currency counts by 18 decimals on one network and by 6 on another", () => {
  const precision = (code: string) => methodOf(code)?.precision;
  expect(["USDTBEP", "USDTTRC", "USDTPOL", "USDTSPL"].map(precision)).toEqual([18, 6, 6, 6]);
  expect(["BITCOIN", "ETHEREUM", "TRON", "TONCOIN", "SOLANA", "MONERO", "SBP"].map(precision)).toEqual([
    8, 18, 6, 9, 9, 12, 2,
  ]);
  expect(methodOf("NOSUCH")).toBeUndefined();
});

test.each([...payoutMethods.values()])(
  "$code begins with terms that make sense: its least amount leaves something or is refused by its own rule",
  ({ defaults }) => {
    const { percent, fixed, min, max } = defaults;
    expect(min).toBeGreaterThan(0n);
    expect(max).toBeGreaterThan(min);
    expect(quote({ amount: max, percent, fixed, min, max, subtractFrom: "amount" }).ok).toBe(true);
    expect(quote({ amount: min, percent, fixed, min, max, subtractFrom: "balance" }).ok).toBe(true);
  },
);

test("a desk's first terms for BITCOIN and ETHEREUM are those of the documented samples", () => {
  expect(methodOf("BITCOIN")?.defaults).toEqual({ percent: "1", fixed: 0n, min: 5000n, max: 50_000_000n });
  const ethereum = methodOf("ETHEREUM")?.defaults;
  expect(ethereum && quote({ amount: 2n * 10n ** 15n, ...ethereum, subtractFrom: "amount" })).toEqual({
    ok: true,
    receive: 5n * 10n ** 14n,
    commission: 15n * 10n ** 14n,
    deduction: 2n * 10n ** 15n,
  });
});
