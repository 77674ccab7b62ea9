/** A limit as stored, with what counts against it: sums in minor units of its method, without a method in kopecks. */
export type CountedLimit = {
  id: string;
  what: "payout" | "day" | "key_day" | "new_destination";
  method: string | null;
  key_id: string | null;
  most: string | null;
  hours: number | null;
  /** What was created since the day began and has not come back. */
  spent: string;
  /** For `new_destination`: when the desk first heard of the destination; null: never. */
  first_seen_at: Date | null;
  /** When the day ends in the project's time zone. */
  day_ends_at: Date;
};

/** What is to be created. `rub` in kopecks; null where no rate is known. */
export type Wanted = { amount: bigint; rub: bigint | null; now: Date };

export type Reached = {
  limit: CountedLimit;
  why: "too_much" | "too_new" | "no_rate";
  /** How much could still be created, in the limit's own units. */
  left: bigint;
  resetsAt: Date | null;
};

const hourMs = 3_600_000;

function tooNew(limit: CountedLimit, now: Date): Reached | undefined {
  const since = limit.first_seen_at ?? now;
  const resetsAt = new Date(since.getTime() + (limit.hours ?? 0) * hourMs);
  return resetsAt > now ? { limit, why: "too_new", left: 0n, resetsAt } : undefined;
}

function tooMuch(limit: CountedLimit, { amount, rub }: Wanted): Reached | undefined {
  const sum = limit.method === null ? rub : amount;
  const most = BigInt(limit.most ?? 0);
  const rest = most - (limit.what === "payout" ? 0n : BigInt(limit.spent));
  const left = rest > 0n ? rest : 0n;
  const resetsAt = limit.what === "payout" ? null : limit.day_ends_at;
  if (sum === null) return { limit, why: "no_rate", left, resetsAt };
  return sum > left ? { limit, why: "too_much", left, resetsAt } : undefined;
}

/** The limit that a payout would pass, the one with the least left first; undefined when it stays within all. */
export function limitReached(limits: readonly CountedLimit[], wanted: Wanted): Reached | undefined {
  const reached = limits.flatMap((limit) => {
    const found = limit.what === "new_destination" ? tooNew(limit, wanted.now) : tooMuch(limit, wanted);
    return found ? [found] : [];
  });
  return reached.sort((a, b) => (a.left === b.left ? 0 : a.left < b.left ? -1 : 1))[0];
}
