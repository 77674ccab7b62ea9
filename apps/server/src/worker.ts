import { Cron } from "croner";
import type { App } from "./app.ts";
import { removeUnusedFiles } from "./modules/files/index.ts";
import { reweighJob } from "./modules/settings/index.ts";
import { foldCounts, wakeJob } from "./modules/tickets/index.ts";
import { type Database, statement } from "./platform/database.ts";
import type { JobHandler, Worker } from "./platform/jobs.ts";
import { startWorker } from "./platform/jobs.ts";
import type { Log } from "./platform/log.ts";

const forgetIdempotency = statement(
  "worker.forget_idempotency",
  "delete from idempotency_records where created_at < $1",
);
const forgetSessions = statement("worker.forget_sessions", "delete from sessions where expires_at < $1");
const forgetAttempts = statement("worker.forget_attempts", "delete from sign_in_attempts where at < $1");

const dayMs = 86_400_000;
/** An idempotency key is remembered this long. */
const idempotencyDays = 3;

async function forgetOld(db: Database, now: Date): Promise<void> {
  await db.background.query(forgetIdempotency, [new Date(now.getTime() - idempotencyDays * dayMs)]);
  await db.background.query(forgetSessions, [now]);
  await db.background.query(forgetAttempts, [new Date(now.getTime() - dayMs)]);
}

/** The handlers of all jobs: what the worker role runs. */
export function jobHandlers(app: App): JobHandler[] {
  return [wakeJob(app.core), reweighJob(app.core)];
}

/** Background work: due jobs, and what recurs. Any number of processes may run it: claims and locks keep them apart. */
export function startBackground(
  app: App,
  log: Log,
  handlers: readonly JobHandler[],
): { worker: Worker; stop(): Promise<void> } {
  const { db, clock, metrics } = app.core;
  const worker = startWorker({ db, clock, log, metrics }, handlers);
  const running = new Set<Promise<void>>();
  const every = (pattern: string, name: string, run: () => Promise<void>) =>
    new Cron(pattern, { protect: true }, () => {
      const once = run()
        .catch((error) => log.warn({ err: error, schedule: name }, "scheduled work failed"))
        .finally(() => running.delete(once));
      running.add(once);
      return once;
    });
  const schedules = [
    every("* * * * * *", "fold counts", () => foldCounts(db)),
    every("17 * * * *", "remove unused files", () => removeUnusedFiles(app.core)),
    every("43 * * * *", "forget what is old", () => forgetOld(db, clock.now())),
  ];
  return {
    worker,
    async stop() {
      for (const schedule of schedules) schedule.stop();
      await worker.stop();
      await Promise.all(running);
    },
  };
}
