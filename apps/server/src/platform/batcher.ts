/** Runs arrivals together: while one batch is on its way, the next ones gather. */
export type Batcher<Item, Result> = { add(item: Item): Promise<Result> };

type Waiting<Item, Result> = { item: Item; resolve(result: Result): void; reject(error: unknown): void };

export type BatcherOptions<Item, Result> = {
  maxSize: number;
  /** How many batches may be on their way at once. */
  maxParallel: number;
  /** Results in the order of the items. When it throws, every member is run again on its own and gets its own outcome. */
  run(items: readonly Item[]): Promise<readonly Result[]>;
};

/** Nothing waits for company: an arrival that finds a free place starts at once. */
export function createBatcher<Item, Result>({
  maxSize,
  maxParallel,
  run,
}: BatcherOptions<Item, Result>): Batcher<Item, Result> {
  const queue: Waiting<Item, Result>[] = [];
  let active = 0;

  async function settleOne(member: Waiting<Item, Result>): Promise<void> {
    try {
      const [result] = await run([member.item]);
      member.resolve(result as Result);
    } catch (error) {
      member.reject(error);
    }
  }

  async function settle(batch: Waiting<Item, Result>[]): Promise<void> {
    if (batch.length > 1) {
      try {
        const results = await run(batch.map((member) => member.item));
        for (const [index, member] of batch.entries()) member.resolve(results[index] as Result);
        return;
      } catch {
        // One bad member spoils the statement: each is run alone below, and the bad one gets the error.
      }
    }
    for (const member of batch) await settleOne(member);
  }

  function next(): void {
    while (active < maxParallel && queue.length > 0) {
      active += 1;
      const batch = queue.splice(0, maxSize);
      void settle(batch).finally(() => {
        active -= 1;
        setImmediate(next);
      });
    }
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject });
        // Arrivals of one turn of the event loop start together: fewer, larger batches cost the database less a member.
        setImmediate(next);
      }),
  };
}
