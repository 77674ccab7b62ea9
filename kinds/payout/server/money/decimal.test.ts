import fc from "fast-check";
import { expect, test } from "vitest";
import { JsonNumber } from "../lossless.ts";
import { formatMinor, parseMinor } from "./decimal.ts";

test.each([
  ["0.002", 18, 2_000_000_000_000_000n],
  ["0.0015", 8, 150_000n],
  ["100", 2, 10_000n],
  ["100.0", 2, 10_000n],
  ["100.00000", 2, 10_000n],
  ["1e-7", 8, 10n],
  ["1e-07", 8, 10n],
  ["1.0E-7", 8, 10n],
  ["12.50e1", 0, 125n],
  ["1e2", 2, 10_000n],
  ["1E+2", 2, 10_000n],
  ["1e35", 2, 10n ** 37n],
])(
  "[PO-05] %s with %i decimals is %s minor units, as text and as a number's lexeme",
  (text, precision, minor) => {
    expect(parseMinor(text, precision)).toEqual({ ok: true, minor });
    expect(parseMinor(new JsonNumber(text), precision)).toEqual({ ok: true, minor });
  },
);

test.each([
  ["0.001", 2, "too_precise"],
  ["1e-3", 2, "too_precise"],
  ["100.000000001", 8, "too_precise"],
  ["1e-999999999", 18, "too_precise"],
  ["1e400", 2, "too_large"],
  ["1e36", 2, "too_large"],
  ["1e999999999999999999999999", 2, "too_large"],
  ["9".repeat(39), 0, "too_large"],
  ["-1", 2, "negative"],
  ["-0", 2, "negative"],
  ["-1e400", 2, "negative"],
  ["0", 2, "zero"],
  ["0.00", 2, "zero"],
  ["0e999999999", 2, "zero"],
  ["1".repeat(101), 2, "not_a_number"],
  ["", 2, "not_a_number"],
  [" 1", 2, "not_a_number"],
  ["1\n", 2, "not_a_number"],
  ["+1", 2, "not_a_number"],
  ["01", 2, "not_a_number"],
  [".5", 2, "not_a_number"],
  ["1.", 2, "not_a_number"],
  ["1,5", 2, "not_a_number"],
  ["1 000", 2, "not_a_number"],
  ["0x10", 2, "not_a_number"],
  ["1n", 2, "not_a_number"],
  ["NaN", 2, "not_a_number"],
  ["Infinity", 2, "not_a_number"],
  ["true", 2, "not_a_number"],
  ["١٠", 2, "not_a_number"],
  [true, 2, "not_a_number"],
  [100, 2, "not_a_number"],
  [null, 2, "not_a_number"],
  [undefined, 2, "not_a_number"],
  [["1"], 2, "not_a_number"],
  [{ lexeme: "1" }, 2, "not_a_number"],
])("%j with %i decimals is refused as %s, never rounded", (value, precision, why) => {
  expect(parseMinor(value, precision)).toEqual({ ok: false, why });
});

test("zero is an amount where it is said to be", () => {
  expect(parseMinor("0.00", 2, { zeroAllowed: true })).toEqual({ ok: true, minor: 0n });
});

test.each([
  [0n, 8, "0"],
  [1n, 8, "0.00000001"],
  [150_000n, 8, "0.0015"],
  [10_000n, 2, "100"],
  [-250n, 2, "-2.5"],
  [-1n, 18, "-0.000000000000000001"],
  [7n, 0, "7"],
  [10n ** 37n, 0, `1${"0".repeat(37)}`],
])("%s minor units of %i decimals read %s", (minor, precision, text) => {
  expect(formatMinor(minor, precision)).toBe(text);
});

test("[PO-05] what was written is read back to the same unit", () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 38n - 1n), fc.integer({ min: 0, max: 18 }), (minor, precision) => {
      expect(parseMinor(formatMinor(minor, precision), precision)).toEqual({ ok: true, minor });
    }),
    { numRuns: 2000 },
  );
});

test("an exponent is never expanded: one that no memory could hold is refused like any other", () => {
  expect(parseMinor(`1e${"9".repeat(90)}`, 18)).toEqual({ ok: false, why: "too_large" });
  expect(parseMinor(`1e-${"9".repeat(90)}`, 18)).toEqual({ ok: false, why: "too_precise" });
});
