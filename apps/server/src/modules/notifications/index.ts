// What people are told: a reader of the journal writes down whom each event concerns; the bell, the browser and push show it.
// Invariants: one event tells one person once; nobody hears of what they did themselves, nor of what they may not see.
import type { Clock } from "../../platform/clock.ts";
import type { Database, Queryable } from "../../platform/database.ts";
import type { Log } from "../../platform/log.ts";
import { type Consumer, type Hub, startConsumer } from "../journal/index.ts";
import { tell, type Written } from "./consume.ts";
import { forgetOld } from "./queries.ts";

export { tell, type Written } from "./consume.ts";
export { createNotificationFeed, type NotificationFeed } from "./feed.ts";
export { type Addressed, findAddressed } from "./queries.ts";
export { type NotificationDeps, notificationBindings } from "./routes.ts";
export { type SettingsRow, settingsOf } from "./settings.ts";

type Deps = { db: Database; hub: Hub; log: Log; clock: Clock };

export type Delivery = {
  /** What must follow a notification, in the transaction that writes it. */
  written(tx: Queryable, written: readonly Written[]): Promise<void>;
  /** Hears of what was written, after its commit. */
  delivered(written: readonly Written[]): void;
};

/** Follows the journal and tells people. */
export function startNotifications(deps: Deps, { written, delivered }: Delivery): Consumer {
  let batch: readonly Written[] = [];
  return startConsumer(deps, {
    name: "notifications",
    from: "now",
    async handle(tx, rows) {
      batch = await tell(tx, deps.clock, rows);
      await written(tx, batch);
    },
    handled() {
      if (batch.length > 0) delivered(batch);
      batch = [];
    },
  });
}

const keptDays = 60;

/** Removes what nobody will look at any more. */
export async function forgetNotifications(db: Database, now: Date): Promise<void> {
  await db.background.query(forgetOld, [new Date(now.getTime() - keptDays * 86_400_000)]);
}
