import { Decimal } from "decimal.js";
import { expect, test } from "vitest";
import { formatMinor, parseMinor } from "./decimal.ts";
import { quote } from "./fees.ts";
import { convert, divide, parseRatio, scale } from "./ratio.ts";

// decimal.js reckons on its own, in decimals: digits enough that it rounds nowhere by itself.
const Reference = Decimal.clone({ precision: 64, toExpNeg: -200, toExpPos: 200 });

const minorOf = (text: string, precision: number) => {
  const parsed = parseMinor(text, precision, { zeroAllowed: true });
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.minor;
};

const sums = (result: ReturnType<typeof quote>, precision: number) =>
  result.ok
    ? {
        receive: formatMinor(result.receive, precision),
        commission: formatMinor(result.commission, precision),
        deduction: formatMinor(result.deduction, precision),
      }
    : result;

const ether = (text: string) => minorOf(text, 18);

test("[PO-06] subtracted from the amount, the founding sample is received as 0.0005 and deducted as 0.002", () => {
  const result = quote({
    amount: ether("0.002"),
    percent: "0",
    fixed: ether("0.0015"),
    subtractFrom: "amount",
  });
  expect(sums(result, 18)).toEqual({ receive: "0.0005", commission: "0.0015", deduction: "0.002" });
});

test("[PO-08] subtracted from the balance, the amount is received whole and the commission deducted beside it", () => {
  const result = quote({
    amount: ether("0.0005"),
    percent: "0",
    fixed: ether("0.0015"),
    subtractFrom: "balance",
  });
  expect(sums(result, 18)).toEqual({ receive: "0.0005", commission: "0.0015", deduction: "0.002" });
});

test("the commission is rounded up once, to a whole unit", () => {
  const kopecks = (amount: string, percent: string) =>
    sums(quote({ amount: minorOf(amount, 2), percent, fixed: 0n, subtractFrom: "amount" }), 2);
  expect(kopecks("100", "1")).toEqual({ receive: "99", commission: "1", deduction: "100" });
  expect(kopecks("100.01", "1")).toEqual({ receive: "99", commission: "1.01", deduction: "100.01" });
  expect(kopecks("0.02", "0.001")).toEqual({ receive: "0.01", commission: "0.01", deduction: "0.02" });
});

test.each([
  ["10", "10", "a commission as large as the amount"],
  ["10", "10.01", "a commission larger than the amount"],
])("%s with a fee of %s leaves nothing: %s", (amount, fixed) => {
  const rule = { amount: minorOf(amount, 2), percent: "0", fixed: minorOf(fixed, 2) };
  expect(quote({ ...rule, subtractFrom: "amount" })).toEqual({
    ok: false,
    why: "nothing_left",
    bound: rule.fixed,
  });
  expect(quote({ ...rule, subtractFrom: "balance" }).ok).toBe(true);
});

test("limits include their ends and are named when they are passed", () => {
  const at = (amount: bigint) =>
    quote({ amount, percent: "0", fixed: 0n, min: 10n, max: 20n, subtractFrom: "balance" });
  expect(at(9n)).toEqual({ ok: false, why: "below_minimum", bound: 10n });
  expect(at(10n).ok).toBe(true);
  expect(at(20n).ok).toBe(true);
  expect(at(21n)).toEqual({ ok: false, why: "above_maximum", bound: 20n });
});

test("a rule that makes no sense is a fault, not a price", () => {
  const rule = { amount: 100n, percent: "1", fixed: 0n, subtractFrom: "amount" } as const;
  for (const wrong of [
    { percent: "-1" },
    { percent: "100.1" },
    { percent: "1e1" },
    { fixed: -1n },
    { amount: 0n },
  ])
    expect(() => quote({ ...rule, ...wrong })).toThrow(RangeError);
});

/** Small and repeatable: the same cases in every run. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("[PO-05] [PO-06] [PO-08] 100,000 random payouts agree with an independent decimal reference, and receive + commission = deduction", () => {
  const random = makeRandom(20261123);
  const digits = (count: number) => Array.from({ length: count }, () => random(10)).join("");
  let refused = 0;
  for (let i = 0; i < 100_000; i += 1) {
    const precision = random(19);
    const amount = BigInt(`${1 + random(9)}${digits(random(20))}`);
    const percent = `${random(100)}.${digits(1 + random(4))}`;
    const fixed = random(3) === 0 ? 0n : BigInt(digits(1 + random(18)));
    const subtractFrom = random(2) === 0 ? "amount" : "balance";
    const unit = new Reference(10).pow(-precision);
    const asked = new Reference(String(amount)).mul(unit);
    const commission = asked
      .mul(percent)
      .div(100)
      .toDecimalPlaces(precision, Decimal.ROUND_UP)
      .add(new Reference(String(fixed)).mul(unit));
    const result = quote({ amount, percent, fixed, subtractFrom });
    const receive = subtractFrom === "amount" ? asked.sub(commission) : asked;
    if (!result.ok) {
      refused += 1;
      if (receive.gt(0)) throw new Error(`refused ${amount} ${percent} ${fixed}`);
      continue;
    }
    const agrees =
      formatMinor(result.commission, precision) === commission.toString() &&
      formatMinor(result.receive, precision) === receive.toString() &&
      formatMinor(result.deduction, precision) === receive.add(commission).toString() &&
      result.receive + result.commission === result.deduction &&
      result.receive > 0n;
    if (!agrees) throw new Error(`case ${i}: ${amount} ${percent}% ${fixed} ${subtractFrom} ${precision}`);
  }
  expect(refused).toBeGreaterThan(1000);
  expect(refused).toBeLessThan(90_000);
}, 10_000);

test("[PO-05] 0.1 + 0.2 is 0.3, and 10,000 random sums equal the decimal reference to the last unit", () => {
  expect(formatMinor(minorOf("0.1", 8) + minorOf("0.2", 8), 8)).toBe("0.3");
  const random = makeRandom(7);
  let total = 0n;
  let reference = new Reference(0);
  for (let i = 0; i < 10_000; i += 1) {
    const text = `${random(1e9)}.${String(random(1e8)).padStart(8, "0")}`;
    total += minorOf(text, 8);
    reference = reference.add(text);
  }
  expect(formatMinor(total, 8)).toBe(reference.toString());
});

test("rounding goes where it is told to", () => {
  const to = (rounding: "up" | "down" | "half_even") =>
    [0n, 4n, 5n, 6n, 15n, 25n].map((value) => divide(value, 10n, rounding));
  expect(to("up")).toEqual([0n, 1n, 1n, 1n, 2n, 3n]);
  expect(to("down")).toEqual([0n, 0n, 0n, 0n, 1n, 2n]);
  expect(to("half_even")).toEqual([0n, 0n, 0n, 1n, 2n, 2n]);
  expect(scale(100n, { numerator: 1n, denominator: 3n }, "up")).toBe(34n);
});

test.each(["", ".5", "1.", "-1", "1e3", "1,5", "NaN", "9".repeat(39)])("%j is no rate", (text) => {
  expect(parseRatio(text)).toBeUndefined();
});

test("amounts are converted by crossed rates with one rounding, and agree with the reference", () => {
  const price = (text: string) => {
    const ratio = parseRatio(text);
    if (!ratio) throw new Error(text);
    return ratio;
  };
  const roubles = { precision: 2, price: price("1") };
  const eth = { precision: 18, price: price("96500") };
  expect(convert(ether("0.002"), eth, roubles, "half_even")).toBe(193_00n);
  const random = makeRandom(3);
  for (let i = 0; i < 5000; i += 1) {
    const [from, to] = [0, 1].map(() => ({
      precision: random(19),
      text: `${1 + random(1e6)}.${random(1e6)}`,
    }));
    if (!from || !to) throw new Error("two");
    const minor = BigInt(1 + random(1e9)) * BigInt(1 + random(1e9));
    const expected = new Reference(String(minor))
      .mul(new Reference(10).pow(to.precision - from.precision))
      .mul(from.text)
      .div(to.text)
      .toDecimalPlaces(0, Decimal.ROUND_DOWN);
    const sides = [from, to].map(({ precision, text }) => ({ precision, price: price(text) }));
    expect(String(convert(minor, sides[0]!, sides[1]!, "down"))).toBe(expected.toString());
  }
  expect(() => convert(1n, roubles, { precision: 2, price: price("0") }, "up")).toThrow(RangeError);
});
