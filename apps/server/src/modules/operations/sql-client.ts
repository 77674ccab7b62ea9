import pg from "pg";
import type { ConnectionSettings, Queryable } from "../../platform/database.ts";

const connectTimeoutMillis = 5_000;

/** One connection as the installation's own login, for work that takes as long as it takes: no time limits. */
export async function withClient<T>(
  settings: ConnectionSettings,
  run: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    ...settings,
    application_name: "okno operations",
    connectionTimeoutMillis: connectTimeoutMillis,
  });
  // A lost connection fails the statement that runs on it; without a listener it would end the process as well.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("set statement_timeout = 0; set idle_in_transaction_session_timeout = 0");
    return await run(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The same connection for the named statements of other modules. */
export function queryableOf(client: pg.Client): Queryable {
  return {
    async query<Row extends object>(
      { name, text }: { name: string; text: string },
      values: readonly unknown[] = [],
    ) {
      return (await client.query<Row>({ name, text, values: values as unknown[] })).rows;
    },
  };
}

export function quoted(name: string): string {
  return pg.escapeIdentifier(name);
}
