import fc from "fast-check";
import { expect, test } from "vitest";
import { type Judged, type Rule, ruleApplies, strictestRule, suspicionsOf } from "./decide.ts";

const rule = (of: Partial<Rule> = {}): Rule => ({
  id: "a",
  method: null,
  amount_from: null,
  new_destination: false,
  needed: 1,
  role: "supervisor",
  members: null,
  hours: 168,
  ...of,
});
const judged = (of: Partial<Judged> = {}): Judged => ({
  method: "USDTTRC",
  amount: 1_000_000n,
  rub: 9_000n,
  newDestination: false,
  ...of,
});

test.each<[string, Partial<Rule>, Partial<Judged>, boolean]>([
  ["everything", {}, {}, true],
  ["its method", { method: "USDTTRC" }, {}, true],
  ["not another method", { method: "SBP" }, {}, false],
  ["an amount of the method from the very sum", { method: "USDTTRC", amount_from: "1000000" }, {}, true],
  ["not a minor unit below it", { method: "USDTTRC", amount_from: "1000001" }, {}, false],
  ["without a method, by the amount in roubles", { amount_from: "9000" }, {}, true],
  ["not fewer roubles", { amount_from: "9001" }, {}, false],
  [
    "an amount that no rate is known for, whatever it is",
    { amount_from: "99999999999999999999" },
    { rub: null },
    true,
  ],
  ["a destination never paid to", { new_destination: true }, { newDestination: true }, true],
  ["not a known one", { new_destination: true }, {}, false],
  [
    "a new destination below the amount not",
    { new_destination: true, amount_from: "9001" },
    { newDestination: true },
    false,
  ],
])("a rule applies to %s", (_, of, payout, applies) => {
  expect(ruleApplies(rule(of), judged(payout))).toBe(applies);
});

test("the strictest rule applies: more people, then a higher role, then fewer who may", () => {
  const two = rule({ id: "two", needed: 2, role: "operator" });
  const admin = rule({ id: "admin", role: "admin" });
  const named = rule({ id: "named", role: "admin", members: ["x", "y"] });
  const one = rule({ id: "one", role: "admin", members: ["x"] });
  const of = (...rules: Rule[]) => strictestRule(rules, judged())?.id;
  expect(of(rule(), admin, two, named)).toBe("two");
  expect(of(rule(), admin, named)).toBe("named");
  expect(of(admin, one, named)).toBe("one");
  expect(of(rule(), admin)).toBe("admin");
  expect(of()).toBeUndefined();
  expect(of(rule({ method: "SBP", needed: 9 }))).toBeUndefined();
});

test("the choice does not depend on the order of the rules, and is never weaker than any rule that applies", () => {
  const rules = fc.array(
    fc.record({
      id: fc.uuid(),
      method: fc.constantFrom(null, "USDTTRC", "SBP"),
      amount_from: fc.constantFrom(null, "1", "1000000", "1000001"),
      new_destination: fc.boolean(),
      needed: fc.integer({ min: 1, max: 5 }),
      role: fc.constantFrom("operator" as const, "supervisor" as const, "admin" as const, "owner" as const),
      members: fc.constantFrom<string[] | null>(null, ["x"], ["x", "y"]),
      hours: fc.constant(1),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(rules, fc.boolean(), (given, newDestination) => {
      const payout = judged({ newDestination });
      const chosen = strictestRule(given, payout);
      expect(strictestRule(given.toReversed(), payout)).toEqual(chosen);
      const applying = given.filter((each) => ruleApplies(each, payout));
      expect(chosen?.needed ?? 0).toBe(Math.max(0, ...applying.map(({ needed }) => needed)));
    }),
  );
});

test("suspicious is one more to a destination than the desk lets pass, and an amount far above what it usually pays", () => {
  const watch = { sameDestination: 3, unusualTimes: 10 };
  const seen = { toDestination: 2, paidLately: 5, usual: 100n };
  expect(suspicionsOf(1_000n, seen, watch)).toEqual([]);
  expect(suspicionsOf(1_001n, seen, watch)).toEqual(["unusual_amount"]);
  expect(suspicionsOf(1n, { ...seen, toDestination: 3 }, watch)).toEqual(["same_destination"]);
  // Nothing is usual yet.
  expect(suspicionsOf(1_001n, { ...seen, paidLately: 4 }, watch)).toEqual([]);
  expect(
    suspicionsOf(
      10n ** 30n,
      { toDestination: 99, paidLately: 99, usual: 1n },
      { sameDestination: null, unusualTimes: null },
    ),
  ).toEqual([]);
});
