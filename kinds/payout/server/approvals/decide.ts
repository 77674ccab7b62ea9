import { type Role, roles } from "@okno/contract";

/** A rule of approval as stored; sums in minor units of the method, without a method in kopecks. */
export type Rule = {
  id: string;
  method: string | null;
  amount_from: string | null;
  new_destination: boolean;
  needed: number;
  role: Role;
  /** Only these people; null: all who have the role. */
  members: string[] | null;
  hours: number;
};

/** What rules look at in a payout. */
export type Judged = {
  method: string;
  amount: bigint;
  /** In kopecks; null where no rate was known. */
  rub: bigint | null;
  /** Nothing was ever paid to it by this desk. */
  newDestination: boolean;
};

/** An amount that cannot be compared counts as reaching it: what is not known is not let through. */
function reaches({ method, amount_from }: Rule, { amount, rub }: Judged): boolean {
  if (amount_from === null) return true;
  if (method !== null) return amount >= BigInt(amount_from);
  return rub === null || rub >= BigInt(amount_from);
}

export function ruleApplies(rule: Rule, judged: Judged): boolean {
  const { method, new_destination } = rule;
  if (method !== null && method !== judged.method) return false;
  return (!new_destination || judged.newDestination) && reaches(rule, judged);
}

/** By how many must say yes, then by what they must be, then by how few may. */
function stricter(a: Rule, b: Rule): number {
  const few = ({ members }: Rule) => members?.length ?? Number.POSITIVE_INFINITY;
  const byPeople = few(a) === few(b) ? 0 : few(a) - few(b);
  return (
    b.needed - a.needed || roles.indexOf(b.role) - roles.indexOf(a.role) || byPeople || (a.id < b.id ? 1 : -1)
  );
}

/** Of the rules that apply, the strictest. */
export function strictestRule(rules: readonly Rule[], judged: Judged): Rule | undefined {
  return rules.filter((rule) => ruleApplies(rule, judged)).sort(stricter)[0];
}

/** What a desk has seen lately; amounts in minor units of the method. */
export type Seen = {
  /** Payouts to this destination in the last day, without this one. */
  toDestination: number;
  /** How many payouts of this method were paid lately, and the one in the middle of them. */
  paidLately: number;
  usual: bigint | null;
};
export type Watch = { sameDestination: number | null; unusualTimes: number | null };

/** Before so many, nothing is usual. */
const leastHistory = 5;

/** What is suspicious about a payout: words of a closed list, which people see as reasons. */
export type Suspicion = "same_destination" | "unusual_amount" | "signature_reused";

export function suspicionsOf(amount: bigint, seen: Seen, watch: Watch): Suspicion[] {
  const { sameDestination, unusualTimes } = watch;
  const often = sameDestination !== null && seen.toDestination >= sameDestination;
  const usual = seen.paidLately >= leastHistory ? seen.usual : null;
  const far = unusualTimes !== null && usual !== null && amount > usual * BigInt(unusualTimes);
  return [...(often ? (["same_destination"] as const) : []), ...(far ? (["unusual_amount"] as const) : [])];
}
