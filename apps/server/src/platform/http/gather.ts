import { type Batcher, createBatcher } from "../batcher.ts";
import { type Database, sqlState, statement, type Transaction } from "../database.ts";

type Outcome = { ok: true; value: unknown } | { ok: false; error: unknown };
type Member = { order: string; run(tx: Transaction): Promise<unknown> };

/** Runs a command in a transaction that it may share with others of its workspace. `order` names what it locks. */
export type Gather = <T>(
  workspaceId: string,
  order: string,
  run: (tx: Transaction) => Promise<T>,
) => Promise<T>;

// Nobody waits for long behind a stranger's lock: the members then go on alone.
const limitWaiting = statement("gather.limit_waiting", "set local lock_timeout = '100ms'");

const lockNotAvailable = "55P03";

const maxBatch = 16;
const maxParallel = 2;

/**
 * Commands that come at the same moment are committed together: a round trip and a commit are then many commands'. Members begin in the
 * order of what they lock, so that two batches never wait for each other, and those that lock the same go one after the other. When
 * anything is refused or fails, nothing of the batch is kept and each member runs alone, with its own outcome.
 */
export function createGather(db: Database): Gather {
  const batchers = new Map<string, Batcher<Member, Promise<Outcome>>>();

  async function alone(workspaceId: string, member: Member): Promise<Outcome> {
    try {
      return { ok: true, value: await db.transaction(workspaceId, (tx) => member.run(tx)) };
    } catch (error) {
      return { ok: false, error };
    }
  }

  function together(workspaceId: string, members: readonly Member[]): Promise<Outcome[]> {
    return db.transaction(workspaceId, async (tx) => {
      const waiting = [tx.query(limitWaiting)] as Promise<unknown>[];
      const chains = new Map<string, Promise<unknown>>();
      const sorted = [...members].sort((a, b) => (a.order < b.order ? -1 : Number(a.order > b.order)));
      const running = new Map<Member, Promise<unknown>>();
      for (const member of sorted) {
        const before = chains.get(member.order);
        const run = before !== undefined ? before.then(() => member.run(tx)) : member.run(tx);
        chains.set(member.order, run);
        running.set(member, run);
        waiting.push(run);
      }
      // All have come to an end before the transaction does: a straggler's statement would run outside it.
      const failed = (await Promise.allSettled(waiting)).find((each) => each.status === "rejected");
      if (failed) throw failed.reason;
      return Promise.all(members.map(async (member) => ({ ok: true, value: await running.get(member) })));
    });
  }

  /** Who goes on alone is not waited for: neither the others' answers nor the next batches stand behind a stranger's lock. */
  async function run(workspaceId: string, members: readonly Member[]): Promise<Promise<Outcome>[]> {
    try {
      const outcomes = await together(workspaceId, members);
      return outcomes.map((outcome) => Promise.resolve(outcome));
    } catch (error) {
      // One member's refusal or fault is not the others': see above. Of one alone it is the answer, unless it only waited too long.
      if (members.length === 1 && sqlState(error) !== lockNotAvailable)
        return [Promise.resolve({ ok: false, error })];
      return members.map((member) => alone(workspaceId, member));
    }
  }

  function batcherOf(workspaceId: string): Batcher<Member, Promise<Outcome>> {
    const known = batchers.get(workspaceId);
    if (known) return known;
    const fresh = createBatcher<Member, Promise<Outcome>>({
      maxSize: maxBatch,
      maxParallel,
      run: (members) => run(workspaceId, members),
    });
    batchers.set(workspaceId, fresh);
    return fresh;
  }

  return async <T>(workspaceId: string, order: string, inside: (tx: Transaction) => Promise<T>) => {
    const outcome = await await batcherOf(workspaceId).add({ order, run: inside });
    if (!outcome.ok) throw outcome.error;
    return outcome.value as T;
  };
}

const gathers = new WeakMap<Database, Gather>();

/** The one gather of a database in this process. */
export function gatherOf(db: Database): Gather {
  const known = gathers.get(db);
  if (known) return known;
  const fresh = createGather(db);
  gathers.set(db, fresh);
  return fresh;
}
