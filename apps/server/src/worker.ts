import { Cron } from "croner";
import type { App } from "./app.ts";
import { bulkJob, forgetBulks, resumeBulks } from "./modules/bulk/index.ts";
import { expireConfirmationJob } from "./modules/confirmations/index.ts";
import { removeUnusedFiles } from "./modules/files/index.ts";
import { startConsumer } from "./modules/journal/index.ts";
import { forgetOldNonces } from "./modules/members/index.ts";
import { releaseJob } from "./modules/messages/index.ts";
import { forgetNotifications, startNotifications } from "./modules/notifications/index.ts";
import { askForPush, pushJob } from "./modules/push/index.ts";
import { searchIndexer } from "./modules/search/index.ts";
import { reweighJob } from "./modules/settings/index.ts";
import { foldCounts, verifyCounts, wakeJob } from "./modules/tickets/index.ts";
import { purgeViews } from "./modules/views/index.ts";
import { forgetDeliveries, startDeliveries, webhookConsumer } from "./modules/webhooks/index.ts";
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
/** A deleted view can be restored this long. */
const deletedViewDays = 30;
/** An idempotency key is remembered this long. */
const idempotencyDays = 3;
/** A bulk can be looked at, and undone, this long. */
const bulkDays = 30;

async function forgetOld(db: Database, now: Date): Promise<void> {
  await db.background.query(forgetIdempotency, [new Date(now.getTime() - idempotencyDays * dayMs)]);
  await purgeViews(db.background, new Date(now.getTime() - deletedViewDays * dayMs));
  await db.background.query(forgetSessions, [now]);
  await db.background.query(forgetAttempts, [new Date(now.getTime() - dayMs)]);
}

/** The handlers of all jobs: what the worker role runs. */
export function jobHandlers(app: App): JobHandler[] {
  return [
    wakeJob(app.core),
    releaseJob(app.core),
    bulkJob(app.core),
    reweighJob(app.core),
    pushJob(app.core),
    expireConfirmationJob(app.core),
    ...app.core.kinds.jobs,
  ];
}

/** Background work: due jobs, and what recurs. Any number of processes may run it: claims and locks keep them apart. */
export function startBackground(
  app: App,
  log: Log,
  handlers: readonly JobHandler[],
): { worker: Worker; stop(): Promise<void> } {
  const { db, clock, metrics } = app.core;
  const worker = startWorker({ db, clock, log, metrics }, handlers);
  const stopHearing = app.core.work.listen(worker.poke);
  const running = new Set<Promise<void>>();
  const every = (pattern: string, name: string, run: () => Promise<void>) =>
    new Cron(pattern, { protect: true }, () => {
      const once = run()
        .catch((error) => log.warn({ err: error, schedule: name }, "scheduled work failed"))
        .finally(() => running.delete(once));
      running.add(once);
      return once;
    });
  const told = startNotifications(
    { db, clock, log, hub: app.core.hub },
    {
      written: (tx, written) => askForPush(tx, clock, written),
      delivered: app.core.notifications.deliver,
    },
  );
  const indexing = startConsumer({ db, hub: app.core.hub, log }, searchIndexer);
  const telling = startConsumer({ db, hub: app.core.hub, log }, webhookConsumer(app.core));
  const deliveries = startDeliveries({ ...app.core, log });
  const schedules = [
    every("* * * * * *", "fold counts", () => foldCounts(db)),
    every("*/5 * * * * *", "take up bulks", () => resumeBulks(app.core)),
    every("11 4 * * *", "forget bulks", () =>
      forgetBulks({ db }, new Date(clock.now().getTime() - bulkDays * dayMs)),
    ),
    every("17 * * * *", "remove unused files", () => removeUnusedFiles(app.core)),
    every("29 3 * * *", "forget notifications", () => forgetNotifications(db, clock.now())),
    every("51 3 * * *", "forget webhooks", () => forgetDeliveries(db, clock.now())),
    every("23 * * * *", "verify counts", async () => void (await verifyCounts({ db, clock, log, metrics }))),
    every("*/5 * * * *", "forget nonces", () => forgetOldNonces(db.background, clock.now())),
    every("43 * * * *", "forget what is old", () => forgetOld(db, clock.now())),
    ...app.core.kinds.schedules.map(({ pattern, name, run }) => every(pattern, name, run)),
  ];
  return {
    worker,
    async stop() {
      for (const schedule of schedules) schedule.stop();
      stopHearing();
      await worker.stop();
      await told.stop();
      await indexing.stop();
      await telling.stop();
      await deliveries.stop();
      await Promise.all(running);
    },
  };
}
