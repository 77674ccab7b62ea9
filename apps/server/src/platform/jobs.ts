import type { z } from "zod";
import type { Clock } from "./clock.ts";
import { type Database, type Queryable, statement } from "./database.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";

export type NewJob = {
  /** Imperative: `message.send`. */
  name: string;
  workspaceId: string | null;
  payload: unknown;
  runAt: Date;
  /** At most one job of this name with this key is waiting; a second is dropped. */
  uniqueKey?: string;
};

const enqueue = statement(
  "jobs.enqueue",
  `insert into jobs (name, workspace_id, payload, run_at, unique_key) values ($1, $2, $3, $4, $5)
   on conflict (name, unique_key) where unique_key is not null and not dead do nothing`,
);

// Claimed rows stay in the table under a lease: a process that dies leaves them to the next when the lease ends.
const claim = statement(
  "jobs.claim",
  `update jobs set locked_until = $1::timestamptz + interval '60 seconds', attempts = attempts + 1,
     run_at = $1::timestamptz + interval '60 seconds'
   where id in (select id from jobs where not dead and run_at <= $1 order by run_at limit $2 for update skip locked)
   returning id, name, workspace_id, payload, attempts`,
);
const finish = statement("jobs.finish", "delete from jobs where id = $1");
const postpone = statement(
  "jobs.postpone",
  "update jobs set run_at = $2, locked_until = null, last_error = $3, dead = $4 where id = $1",
);
// It has done its part for now: the same row waits for its next turn, as if it had never been tried.
const repeat = statement(
  "jobs.repeat",
  "update jobs set run_at = $2, locked_until = null, attempts = 0, last_error = null where id = $1",
);
const nextDue = statement("jobs.next_due", "select run_at from jobs where not dead order by run_at limit 1");

type JobRow = { id: number; name: string; workspace_id: string | null; payload: unknown; attempts: number };

/** Enqueues in the caller's transaction: the job exists if and only if what caused it does. */
export async function enqueueJob(
  tx: Queryable,
  { name, workspaceId, payload, runAt, uniqueKey }: NewJob,
): Promise<void> {
  await tx.query(enqueue, [name, workspaceId, JSON.stringify(payload), runAt, uniqueKey ?? null]);
}

/** A job's handler must be idempotent: after a crash it runs again. What is not done yet says when it wants to be looked at again. */
export type JobHandler<P extends z.ZodType = z.ZodType> = {
  name: string;
  payload: P;
  run(
    payload: z.output<P>,
    job: { workspaceId: string | null; attempt: number },
  ): Promise<void> | Promise<JobAgain | undefined>;
};
export type JobAgain = { againAt: Date };

export function defineJob<P extends z.ZodType>(handler: JobHandler<P>): JobHandler {
  return handler as unknown as JobHandler;
}

const batch = 20;
const maxAttempts = 12;
/** How soon a job enqueued by another process is seen. */
const pollMs = 500;

/** 2 s, 4 s, 8 s … at most an hour. */
export function backoffMs(attempt: number): number {
  return Math.min(1000 * 2 ** attempt, 3_600_000);
}

export type Worker = {
  /** A job was enqueued: look now. */
  poke(): void;
  stop(): Promise<void>;
};

/** Says to the worker of this process that a job was enqueued: it need not wait for its next look. */
export type WorkSignal = { poke(): void; listen(hear: () => void): () => void };

export function createWorkSignal(): WorkSignal {
  const listeners = new Set<() => void>();
  return {
    poke() {
      for (const hear of listeners) hear();
    },
    listen(hear) {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
  };
}

export type WorkerDeps = { db: Database; clock: Clock; log: Log; metrics: Metrics };

async function runOne(
  { db, clock, log, metrics }: WorkerDeps,
  handlers: ReadonlyMap<string, JobHandler>,
  job: JobRow,
): Promise<void> {
  try {
    const handler = handlers.get(job.name);
    if (!handler) throw new Error(`no handler for the job ${job.name}`);
    const again = await handler.run(handler.payload.parse(job.payload), {
      workspaceId: job.workspace_id,
      attempt: job.attempts,
    });
    if (again) await db.background.query(repeat, [job.id, again.againAt]);
    else await db.background.query(finish, [job.id]);
    metrics.jobs.inc({ name: job.name, outcome: "done" });
  } catch (error) {
    const dead = job.attempts >= maxAttempts;
    log[dead ? "error" : "warn"](
      { err: error, job: job.name, attempt: job.attempts },
      dead ? "a job is given up" : "a job failed and is tried again",
    );
    metrics.jobs.inc({ name: job.name, outcome: dead ? "dead" : "failed" });
    const at = new Date(clock.now().getTime() + backoffMs(job.attempts));
    await db.background.query(postpone, [
      job.id,
      at,
      error instanceof Error ? error.message.slice(0, 500) : "unknown",
      dead,
    ]);
  }
}

/** Runs jobs when they are due: sleeps until the next one, wakes on a poke, and looks for other processes' jobs twice a second. */
export function startWorker(deps: WorkerDeps, handlers: readonly JobHandler[]): Worker {
  const { db, clock, log } = deps;
  const byName = new Map(handlers.map((handler) => [handler.name, handler]));
  let stopped = false;
  let poked = false;
  let wake: (() => void) | undefined;

  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function round(): Promise<number> {
    poked = false;
    const jobs = await db.background.query<JobRow>(claim, [clock.now(), batch]);
    await Promise.all(jobs.map((job) => runOne(deps, byName, job)));
    if (jobs.length === batch) return 0;
    const [next] = await db.background.query<{ run_at: Date }>(nextDue);
    return next ? Math.max(0, next.run_at.getTime() - clock.now().getTime()) : pollMs;
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      let wait = pollMs;
      try {
        wait = await round();
      } catch (error) {
        if (!stopped) log.warn({ err: error }, "jobs cannot be claimed; trying again");
      }
      if (!stopped && !poked && wait > 0) await sleep(Math.min(wait, pollMs));
    }
  }

  const running = loop();
  return {
    poke() {
      poked = true;
      wake?.();
    },
    async stop() {
      stopped = true;
      wake?.();
      await running;
    },
  };
}
