/** Calls to one receiver at once, when all goes well. */
const mostPerTarget = 16;
/** Calls at once to receivers that answer, and to those that do not: the second can never take what the first need. */
const roomForHealthy = 256;
const roomForAiling = 512;
/** A call that takes longer than this no longer counts among those of receivers that answer. */
const slowMs = 2_000;
const forgetMs = 600_000;

type Target = { inFlight: number; limit: number; ailing: boolean; usedAt: number };

/** What may be claimed now, by target; those not named may have one. */
export type Allowance = { targets: string[]; free: number[]; ailing: boolean[]; room: number };

/** One call under way. */
export type Slot = { succeeded(): void; failed(): void };

/**
 * How many calls each receiver may have: one at first and after every failure, one more with each success. A hundred dead receivers
 * hold a hundred calls, however much waits for them, and a living one never waits for their time-outs.
 */
export type Budget = {
  allowance(): Allowance;
  take(target: string): Slot;
  inFlight(): number;
};

export function createBudget(nowMs: () => number = () => performance.now()): Budget {
  const targets = new Map<string, Target>();
  let healthy = 0;
  let ailing = 0;

  function forgetIdle(): void {
    for (const [id, target] of targets)
      if (target.inFlight === 0 && nowMs() - target.usedAt > forgetMs) targets.delete(id);
  }

  return {
    allowance() {
      forgetIdle();
      const known = [...targets];
      const ailingRoom = Math.max(roomForAiling - ailing, 0);
      const free = ({ limit, inFlight, ailing: is }: Target) =>
        is && ailingRoom === 0 ? 0 : Math.max(limit - inFlight, 0);
      return {
        targets: known.map(([id]) => id),
        free: known.map(([, target]) => free(target)),
        ailing: known.map(([, target]) => target.ailing),
        room: Math.max(roomForHealthy - healthy, 0),
      };
    },
    take(id) {
      const target = targets.get(id) ?? { inFlight: 0, limit: 1, ailing: false, usedAt: 0 };
      targets.set(id, target);
      target.inFlight += 1;
      target.usedAt = nowMs();
      let countsAsAiling = target.ailing;
      if (countsAsAiling) ailing += 1;
      else healthy += 1;
      const turn = () => {
        if (countsAsAiling) return;
        countsAsAiling = true;
        healthy -= 1;
        ailing += 1;
        target.ailing = true;
        target.limit = 1;
      };
      const slow = setTimeout(turn, slowMs);
      const end = (ok: boolean) => {
        clearTimeout(slow);
        target.inFlight -= 1;
        target.usedAt = nowMs();
        if (countsAsAiling) ailing -= 1;
        else healthy -= 1;
        target.ailing = !ok;
        target.limit = ok ? Math.min(target.limit + 1, mostPerTarget) : 1;
      };
      return { succeeded: () => end(true), failed: () => end(false) };
    },
    inFlight: () => healthy + ailing,
  };
}
