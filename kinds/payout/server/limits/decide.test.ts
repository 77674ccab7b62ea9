import fc from "fast-check";
import { expect, test } from "vitest";
import { type CountedLimit, limitReached } from "./decide.ts";

const now = new Date("2026-11-23T12:00:00Z");
const midnight = new Date("2026-11-23T21:00:00Z");
const limit = (of: Partial<CountedLimit> = {}): CountedLimit => ({
  id: "a",
  what: "day",
  method: "USDTTRC",
  key_id: null,
  most: "1000",
  hours: null,
  spent: "0",
  first_seen_at: null,
  day_ends_at: midnight,
  ...of,
});
const reached = (limits: CountedLimit[], amount: bigint, rub: bigint | null = amount) =>
  limitReached(limits, { amount, rub, now });

test("a day's limit lets through exactly what is left of it, and says when it begins anew", () => {
  expect(reached([limit({ spent: "400" })], 600n)).toBeUndefined();
  expect(reached([limit({ spent: "400" })], 601n)).toMatchObject({
    why: "too_much",
    left: 600n,
    resetsAt: midnight,
  });
  expect(reached([limit({ spent: "1400" })], 1n)).toMatchObject({ left: 0n });
});

test("a single payout is measured by itself, whatever was created today", () => {
  const single = limit({ what: "payout", spent: "99999" });
  expect(reached([single], 1000n)).toBeUndefined();
  expect(reached([single], 1001n)).toMatchObject({ why: "too_much", left: 1000n, resetsAt: null });
});

test("a limit over all methods is measured in roubles; what has no rate cannot be measured, and is refused", () => {
  const all = limit({ method: null });
  expect(reached([all], 10n ** 30n, 1000n)).toBeUndefined();
  expect(reached([all], 1n, 1001n)).toMatchObject({ why: "too_much" });
  expect(reached([all], 1n, null)).toMatchObject({ why: "no_rate" });
});

test("a new destination waits its hours from when it was first heard of", () => {
  const cool = (first_seen_at: Date | null) =>
    limit({ what: "new_destination", most: null, hours: 24, first_seen_at });
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  expect(reached([cool(null)], 1n)).toMatchObject({ why: "too_new", resetsAt: ago(-24) });
  expect(reached([cool(ago(23))], 1n)).toMatchObject({ resetsAt: ago(-1) });
  expect(reached([cool(ago(24))], 1n)).toBeUndefined();
});

test("of several limits the one with the least left is told; nothing passes any of them", () => {
  const sums = fc.bigInt({ min: 0n, max: 2000n });
  fc.assert(
    fc.property(fc.array(fc.tuple(sums, sums), { maxLength: 6 }), sums, (given, amount) => {
      const limits = given.map(([most, spent], index) =>
        limit({ id: String(index), most: String(most), spent: String(spent) }),
      );
      const rests = given.map(([most, spent]) => (most > spent ? most - spent : 0n));
      const least = rests.toSorted((a, b) => Number(a - b))[0];
      const found = reached(limits, amount);
      if (least === undefined || amount <= least) expect(found).toBeUndefined();
      else expect(found?.left).toBe(least);
    }),
  );
});
