import { type Consumer, startConsumer } from "../modules/journal/index.ts";
import { searchIndexer } from "../modules/search/index.ts";
import { type Database, statement } from "../platform/database.ts";
import { createLog } from "../platform/log.ts";
import type { TestApp } from "./test-app.ts";

const unsequenced = statement("testing.unsequenced", "select count(*)::int as left from outbox");

async function sequenced(db: Database): Promise<void> {
  for (;;) {
    const [row] = await db.system.query<{ left: number }>(unsequenced);
    if (row?.left === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export type TestIndex = {
  consumer: Consumer /** All that was committed so far can be found. */;
  caughtUp(): Promise<void>;
};

/** The search index of a test application, kept as the worker role keeps it. The caller stops the consumer. */
export function startTestIndex({ db, app }: Pick<TestApp, "db" | "app">): TestIndex {
  const log = createLog("silent", { write: () => undefined });
  const consumer = startConsumer({ db, hub: app.core.hub, log }, searchIndexer);
  return {
    consumer,
    async caughtUp() {
      app.core.poke();
      await sequenced(db);
      await consumer.drain();
    },
  };
}
