import type { Duplex } from "node:stream";
import pg from "pg";

/**
 * Statements that are sent in one turn of the event loop leave in one write, and wake the database once: the driver by itself writes
 * each alone, and half of what a pipelined transaction costs here is spent in writing.
 */
export function writeOnceATurn(client: pg.PoolClient): void {
  // The driver's own stream; without it everything works as before.
  const { connection } = client as unknown as { connection?: { stream?: Duplex } };
  const stream = connection?.stream;
  if (!stream) return;
  let held = false;
  const release = () => {
    held = false;
    stream.uncork();
  };
  client.query = ((...args: unknown[]) => {
    if (!held) {
      held = true;
      stream.cork();
      process.nextTick(release);
    }
    return (pg.Client.prototype.query as (...values: unknown[]) => unknown).apply(client, args);
  }) as typeof client.query;
}
