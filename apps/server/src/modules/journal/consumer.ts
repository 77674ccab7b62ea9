import { type Database, type Queryable, statement } from "../../platform/database.ts";
import type { Log } from "../../platform/log.ts";
import type { Hub } from "./hub.ts";
import { type JournalRow, readAfter } from "./queries.ts";

// A name is claimed for a batch by its row lock: one process works, the others pass on; one that dies lets go.
const register = statement(
  "journal.register_consumer",
  "insert into journal_consumers (name, position) values ($1, $2) on conflict (name) do nothing",
);
const claim = statement(
  "journal.claim_consumer",
  "select position from journal_consumers where name = $1 for update skip locked",
);
const moveOn = statement(
  "journal.move_consumer_on",
  "update journal_consumers set position = $2 where name = $1",
);

const batchSize = 500;
/** After the leading edge, batches of one consumer follow each other no faster than this. */
const coalesceMs = 50;
/** How long what a dying process left may wait. */
const sweepMs = 2_000;

export type ConsumerDefinition = {
  /** Stands in the database: never to be changed. */
  name: string;
  /** Where a consumer that the database does not know yet begins: with the first entry, or with what happens from now on. */
  from: "beginning" | "now";
  /** Works a batch off, in the transaction that also moves the cursor: all of it or nothing. Batches come in order. */
  handle(tx: Queryable, rows: readonly JournalRow[]): Promise<void>;
  /** After the commit of a batch: wake-ups alone. */
  handled?(): void;
};

export type Consumer = {
  /** Everything the journal holds at this moment has been worked off, by this process. For tests and commands. */
  drain(): Promise<void>;
  stop(): Promise<void>;
};

/** Reads the journal on behalf of something that must see every entry exactly once, whatever process dies when. */
export function startConsumer(
  { db, hub, log }: { db: Database; hub: Hub; log: Log },
  { name, from, handle, handled }: ConsumerDefinition,
): Consumer {
  let stopped = false;
  let registered = false;
  let awake = true;
  let wake: (() => void) | undefined;

  /** @returns how many entries were worked off; undefined when another process is at it. */
  async function round(): Promise<number | undefined> {
    if (!registered) await db.background.query(register, [name, from === "now" ? hub.position() : 0]);
    registered = true;
    const worked = await db.background.transaction(async (tx) => {
      const [place] = await tx.query<{ position: number }>(claim, [name]);
      if (!place) return undefined;
      const rows = await tx.query<JournalRow>(readAfter, [place.position, batchSize]);
      const last = rows.at(-1);
      if (!last) return 0;
      await handle(tx, rows);
      await tx.query(moveOn, [name, last.position]);
      return rows.length;
    });
    if (worked) handled?.();
    return worked;
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function attempt(): Promise<void> {
    try {
      const worked = await round();
      if (worked === batchSize) awake = true;
    } catch (error) {
      if (!stopped) log.warn({ err: error, consumer: name }, "a batch of the journal is tried again");
    }
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      awake = false;
      await attempt();
      if (stopped) return;
      await new Promise((resolve) => setTimeout(resolve, coalesceMs));
      if (!awake) await pause(sweepMs);
    }
  }

  const stopHearing = hub.listenToAdvance(() => {
    awake = true;
    wake?.();
  });
  const running = loop();
  return {
    async drain() {
      for (;;) {
        const worked = await round();
        if (worked === 0) return;
        if (worked === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    async stop() {
      stopped = true;
      stopHearing();
      wake?.();
      await running;
    },
  };
}
