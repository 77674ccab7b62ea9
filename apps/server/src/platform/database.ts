import { type Queryable, type Statement, statement, type Transaction } from "@okno/kit";
import pg from "pg";
import type { Log } from "./log.ts";
import { writeOnceATurn } from "./one-write.ts";

pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export { type Queryable, type Statement, statement, type Transaction };

export type ConnectionSettings =
  | { connectionString: string }
  | { host: string; port: number; user: string; database: string };

export type Database = {
  /** Reads within one workspace, outside a transaction. */
  in(workspaceId: string): Queryable;
  /** One transaction within one workspace; repeated on deadlock or serialization failure. */
  transaction<T>(workspaceId: string, run: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Steps of people's calls that are outside any one workspace: who signs in, number blocks, the journal's readers. A pool of its own. */
  system: OverAll;
  /** Jobs and what recurs, over all workspaces. A pool of its own: however busy it is, nobody's call waits for it. */
  background: OverAll;
  /** A connection of one's own for LISTEN and advisory locks; the caller ends it. */
  connect(): Promise<pg.Client>;
  stats(): { interactive: PoolStats; system: PoolStats; background: PoolStats };
  end(): Promise<void>;
};
export type OverAll = Queryable & { transaction<T>(run: (tx: Queryable) => Promise<T>): Promise<T> };
export type PoolStats = { total: number; idle: number; waiting: number };

export type DatabaseOptions = {
  interactive?: number;
  system?: number;
  background?: number;
  statementTimeoutMs?: number;
};

// Every statement reads by index, from outside in. Said outright, because a prepared plan made while tables were small would go on
// scanning and hashing them as they grow, until statistics are taken again.
const plans = { jit: "off", enable_seqscan: "off", enable_hashjoin: "off", enable_mergejoin: "off" };

/** Settings of a session, as the connection string's `options` spell them. */
function settingsOf(settings: Record<string, string>): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");
}

const retryable = new Set(["40001", "40P01"]);
const attempts = 4;
const workspaces = new WeakMap<pg.ClientBase, string>();
const connections = new WeakMap<pg.Pool, Set<Promise<void>>>();

/** The Postgres error code of an error, if it is one. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** The name of the constraint an error speaks of. */
export function violatedConstraint(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.constraint : undefined;
}

// Statements are sent ahead of each other's answers. Behind the one that fails all others fail with this code, and a caller who waits for
// several may hear of one of these first: what it was really about is kept until the transaction has ended.
const aborted = "25P02";
const causes = new WeakMap<pg.ClientBase, unknown>();

async function run<Row extends object>(
  client: pg.ClientBase,
  { name, text }: Statement,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  try {
    const result = await client.query<Row>({ name, text, values: values as unknown[] });
    return result.rows;
  } catch (error) {
    if (sqlState(error) !== aborted && !causes.has(client)) causes.set(client, error);
    throw error;
  }
}

// The workspace is a setting of the connection, sent in the same round trip as the first statement and only when it changes.
function enter(client: pg.ClientBase, workspaceId: string): void {
  if (workspaces.get(client) === workspaceId) return;
  workspaces.set(client, workspaceId);
  client
    .query("select set_config('okno.workspace', $1, false)", [workspaceId])
    .catch(() => workspaces.delete(client));
}

async function attempt<T>(client: pg.PoolClient, inside: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  causes.delete(client);
  const begun = client.query("begin");
  begun.catch(() => undefined);
  try {
    const result = await inside(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw sqlState(error) === aborted ? (causes.get(client) ?? error) : error;
  }
}

async function inTransaction<T>(
  pool: pg.Pool,
  workspaceId: string | undefined,
  inside: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    const client = await pool.connect();
    let failure: unknown;
    try {
      if (workspaceId) enter(client, workspaceId);
      return await attempt(client, inside);
    } catch (error) {
      failure = error;
      if (tried >= attempts || !retryable.has(sqlState(error) ?? "")) throw error;
    } finally {
      client.release(failure instanceof Error && sqlState(failure) === undefined && isBroken(failure));
    }
  }
}

function isBroken(error: Error): boolean {
  return /Connection terminated|timeout|not queryable|ECONN|EPIPE/iu.test(error.message);
}

function createPool(
  settings: ConnectionSettings,
  role: string,
  max: number,
  statementTimeoutMs: number,
  log: Log,
): pg.Pool {
  const pool = new pg.Pool({
    ...settings,
    max,
    pipeline: true,
    application_name: `okno ${role}`,
    options: settingsOf({
      role,
      statement_timeout: String(statementTimeoutMs),
      idle_in_transaction_session_timeout: "30000",
      ...plans,
    }),
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
  });
  const open = new Set<Promise<void>>();
  connections.set(pool, open);
  pool.on("connect", (client) => {
    writeOnceATurn(client);
    // A connection that breaks while somebody has it fails their statements; without a listener it would end the process too.
    client.on("error", () => undefined);
    const closed = new Promise<void>((resolve) => client.once("end", resolve));
    open.add(closed);
    void closed.then(() => open.delete(closed));
  });
  pool.on("error", (error) => {
    if (!pool.ending) log.warn({ err: error, role }, "an idle database connection failed");
  });
  return pool;
}

function overAll(pool: pg.Pool): OverAll {
  return {
    async query<Row extends object>(statement: Statement, values?: readonly unknown[]) {
      const result = await pool.query<Row>({ ...statement, values: (values ?? []) as unknown[] });
      return result.rows;
    },
    transaction: (inside) =>
      inTransaction(pool, undefined, (client) =>
        inside({ query: (statement, values) => run(client, statement, values) }),
      ),
  };
}

/** Ends a pool and waits until its connections are closed, which the pool itself does not: the database may be stopped next. */
async function endPool(pool: pg.Pool): Promise<void> {
  await pool.end();
  await Promise.all(connections.get(pool) ?? []);
}

/** Opens the pools: interactive work is never starved by background work. */
export function openDatabase(
  settings: ConnectionSettings,
  log: Log,
  options: DatabaseOptions = {},
): Database {
  const callLimitMs = options.statementTimeoutMs ?? 10_000;
  const interactive = createPool(settings, "okno_app", options.interactive ?? 16, callLimitMs, log);
  const system = createPool(settings, "okno_worker", options.system ?? 5, callLimitMs, log);
  const background = createPool(settings, "okno_worker", options.background ?? 4, 60_000, log);
  const statsOf = (pool: pg.Pool): PoolStats => ({
    total: pool.totalCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
  });

  return {
    in: (workspaceId) => ({
      async query<Row extends object>(statement: Statement, values?: readonly unknown[]) {
        const client = await interactive.connect();
        let failure: unknown;
        try {
          enter(client, workspaceId);
          return await run<Row>(client, statement, values);
        } catch (error) {
          failure = error;
          throw error;
        } finally {
          client.release(failure instanceof Error && sqlState(failure) === undefined && isBroken(failure));
        }
      },
    }),
    async transaction(workspaceId, inside) {
      let effects: (() => void)[] = [];
      const result = await inTransaction(interactive, workspaceId, (client) => {
        effects = [];
        return inside({
          workspaceId,
          query: (statement, values) => run(client, statement, values),
          afterCommit: (effect) => effects.push(effect),
        });
      });
      for (const effect of effects) effect();
      return result;
    },
    system: overAll(system),
    background: overAll(background),
    async connect() {
      const client = new pg.Client({
        ...settings,
        application_name: "okno listener",
        options: settingsOf({ role: "okno_worker", ...plans }),
      });
      await client.connect();
      return client;
    },
    stats: () => ({
      interactive: statsOf(interactive),
      system: statsOf(system),
      background: statsOf(background),
    }),
    async end() {
      await Promise.all([endPool(interactive), endPool(system), endPool(background)]);
    },
  };
}
