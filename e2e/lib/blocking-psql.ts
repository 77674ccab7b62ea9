import { openDatabase } from "../../apps/server/src/platform/database.ts";
import { createLog } from "../../apps/server/src/platform/log.ts";
import { openEmbeddedPostgres } from "../../apps/server/src/platform/postgres/index.ts";

export type Psql = {
  run<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Holds a row as another transaction would: whoever wants to change it waits, until `letGo` or the database's end. */
  hold(text: string, values: unknown[]): Promise<void>;
  /** Waits until somebody stands behind a held row. */
  untilBlocked(how: number): Promise<void>;
  letGo(): Promise<void>;
};

/** Connections of a test's own to the database of a running server, as its owner. */
export async function openPsql(dataDir: string): Promise<Psql> {
  const { connection } = await openEmbeddedPostgres({ dataDir, log: () => undefined });
  const db = openDatabase(connection, createLog("silent"), { interactive: 1, system: 1, background: 1 });
  const open: Awaited<ReturnType<typeof db.connect>>[] = [];
  async function connect() {
    const client = await db.connect();
    // The database goes down with its server.
    client.on("error", () => undefined);
    open.push(client);
    // As the owner: others do not see what a session waits for.
    await client.query("set role none");
    return client;
  }
  const main = await connect();
  const run = async <Row extends object>(text: string, values: unknown[] = []) =>
    (await main.query<Row>(text, values)).rows;
  return {
    run,
    async hold(text, values) {
      const client = await connect();
      await client.query("begin");
      const { rowCount } = await client.query(text, values);
      if (rowCount !== 1) throw new Error(`held ${rowCount} rows`);
    },
    async untilBlocked(how) {
      for (;;) {
        const text =
          "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and application_name like 'okno%'";
        const [waiting] = await run<{ n: number }>(text);
        if ((waiting?.n ?? 0) >= how) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async letGo() {
      await Promise.allSettled([...open.map((client) => client.end()), db.end()]);
    },
  };
}
