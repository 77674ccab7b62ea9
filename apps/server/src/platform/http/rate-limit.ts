import type { RateClass } from "@okno/contract";
import type { Clock } from "../clock.ts";

/** Tokens a second and how many may be saved up, a caller and class. */
const budgets: Record<RateClass, { perSecond: number; burst: number }> = {
  read: { perSecond: 100, burst: 400 },
  write: { perSecond: 50, burst: 300 },
  // An office shares one address; guessing is slowed by the throttle of failed sign-ins, not here.
  "sign-in": { perSecond: 2, burst: 100 },
  public: { perSecond: 10, burst: 120 },
  upload: { perSecond: 2, burst: 40 },
  stream: { perSecond: 5, burst: 60 },
  // Several tabs, each of which says every few seconds where it is.
  presence: { perSecond: 10, burst: 200 },
  // A shop's servers stand behind one address, and a payday comes at once. Whoever has no right secret costs two look-ups by index.
  merchant: { perSecond: 1000, burst: 10_000 },
};

type Bucket = { tokens: number; at: number };

export type RateLimiter = {
  /** Takes one token; answers the seconds to wait when there is none. */
  take(caller: string, kind: RateClass): number | undefined;
};

/** Token buckets in this process's memory: a limit against accidents and floods, not an accounting. */
export function createRateLimiter(clock: Clock, maxCallers = 50_000): RateLimiter {
  const buckets = new Map<string, Bucket>();
  return {
    take(caller, kind) {
      const { perSecond, burst } = budgets[kind];
      const now = clock.now().getTime();
      const key = `${kind} ${caller}`;
      const old = buckets.get(key);
      const tokens = old ? Math.min(burst, old.tokens + ((now - old.at) / 1000) * perSecond) : burst;
      buckets.delete(key);
      if (buckets.size >= maxCallers) {
        const oldest = buckets.keys().next();
        if (!oldest.done) buckets.delete(oldest.value);
      }
      buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
      return tokens >= 1 ? undefined : Math.ceil((1 - tokens) / perSecond);
    },
  };
}
