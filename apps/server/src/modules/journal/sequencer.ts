import type { Client } from "pg";
import type { Database, Queryable } from "../../platform/database.ts";
import type { Log } from "../../platform/log.ts";
import type { Metrics } from "../../platform/metrics.ts";
import { type ChainedEvent, linkHash } from "./chain.ts";
import { lastPosition, readOutbox, sequence } from "./queries.ts";

const batchSize = 2000;
/** After the leading edge, batches follow each other no faster than this. */
const coalesceMs = 4;
/** How long a crashed process's events may wait for somebody's poke. */
const sweepMs = 250;
/** Advisory lock of the one sequencer of a database. */
const lock = 0x6f6b6a31;

type Outbox = Omit<ChainedEvent, "position"> & { id: number };
type Head = { position: number; hash: Buffer };

export type Sequencer = {
  /** Something was committed: sequence it now, here or where the lease is held. */
  poke(): void;
  stop(): Promise<void>;
};

export type SequencerDeps = {
  db: Database;
  log: Log;
  metrics: Metrics;
  /** `settings`: there are entries about settings or people among the new ones. */
  sequenced(lastPosition: number, settings: boolean): void;
};

/** Gives one batch its positions. @returns the new head, and how many events were placed. */
export async function sequenceBatch(
  db: Queryable,
  head: Head,
): Promise<{ head: Head; placed: number; settings: boolean }> {
  const rows = await db.query<Outbox>(readOutbox, [batchSize]);
  if (rows.length === 0) return { head, placed: 0, settings: false };
  let { position, hash } = head;
  const positions: number[] = [];
  const hashes: Buffer[] = [];
  for (const row of rows) {
    position += 1;
    hash = linkHash(hash, { ...row, position });
    positions.push(position);
    hashes.push(hash);
  }
  const settings = rows.some((row) => row.seq === 0);
  const column = <K extends keyof Outbox>(name: K) => rows.map((row) => row[name]);
  await db.query(sequence, [
    column("id"),
    positions,
    column("workspace_id"),
    column("subject_id"),
    column("seq"),
    hashes,
    settings ? `${position} settings` : String(position),
  ]);
  return { head: { position, hash }, placed: rows.length, settings };
}

/**
 * Runs the sequencer where the lease (an advisory lock of the session) is held, and passes pokes on to it elsewhere. When the
 * holder dies, its session ends and the next process takes over within the sweep.
 */
export function startSequencer({ db, log, metrics, sequenced }: SequencerDeps): Sequencer {
  let client: Client | undefined;
  let queryable: Queryable | undefined;
  let head: Head | undefined;
  let stopped = false;
  let poked = false;
  let wake: (() => void) | undefined;

  async function connect(): Promise<void> {
    const fresh = await db.connect();
    fresh.on("error", (error) => {
      log.warn({ err: error }, "the sequencer's connection failed");
      if (client === fresh) client = undefined;
    });
    fresh.on("notification", () => poke());
    await fresh.query("listen okno_poke");
    client = fresh;
    head = undefined;
    queryable = {
      async query<Row extends object>(
        { name, text }: { name: string; text: string },
        values: readonly unknown[] = [],
      ) {
        return (await fresh.query<Row>({ name, text, values: values as unknown[] })).rows;
      },
    };
  }

  async function lead(): Promise<boolean> {
    if (head) return true;
    const { rows } = (await client?.query<{ held: boolean }>("select pg_try_advisory_lock($1) as held", [
      lock,
    ])) ?? { rows: [] };
    if (!rows[0]?.held) return false;
    const [last] = (await queryable?.query<Head>(lastPosition)) ?? [];
    head = last && { position: last.position, hash: last.hash };
    return head !== undefined;
  }

  async function round(): Promise<void> {
    if (!client) await connect();
    if (!(await lead()) || !head || !queryable) {
      if (poked) await client?.query("notify okno_poke");
      poked = false;
      return;
    }
    poked = false;
    const result = await sequenceBatch(queryable, head);
    head = result.head;
    if (result.placed === 0) return;
    metrics.journalEvents.inc(result.placed);
    sequenced(head.position, result.settings);
    if (result.placed === batchSize) poked = true;
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

  async function loop(): Promise<void> {
    while (!stopped) {
      const started = performance.now();
      try {
        await round();
      } catch (error) {
        if (stopped) break;
        log.warn({ err: error }, "the sequencer starts over");
        await client?.end().catch(() => undefined);
        client = undefined;
        await pause(sweepMs);
      }
      const since = performance.now() - started;
      if (!poked) await pause(sweepMs);
      else if (since < coalesceMs) await new Promise((resolve) => setTimeout(resolve, coalesceMs - since));
    }
  }

  function poke(): void {
    poked = true;
    wake?.();
  }

  const running = loop();
  return {
    poke,
    async stop() {
      stopped = true;
      wake?.();
      await running;
      await client?.end().catch(() => undefined);
    },
  };
}
