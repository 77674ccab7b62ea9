import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import type { Database } from "./database.ts";
import type { Log } from "./log.ts";

const reconnectMs = 500;
/** One word to the other processes in this time, however much is said. */
export const windowMs = 100;
/** PostgreSQL takes less than 8,000 bytes a notification. */
const maxPayloadBytes = 7_900;
/** More than this waits for nobody: it is forgetful anyway. */
const maxWaiting = 5_000;

/** Cuts texts of items into payloads that a notification takes; an item that alone is too long is left out. */
export function pack(from: string, items: readonly string[]): string[] {
  const frame = (texts: readonly string[]) => `{"from":"${from}","items":[${texts.join(",")}]}`;
  const emptyBytes = Buffer.byteLength(frame([]));
  const payloads: string[] = [];
  let texts: string[] = [];
  let bytes = emptyBytes;
  for (const text of items) {
    const more = Buffer.byteLength(text) + 1;
    if (emptyBytes + more > maxPayloadBytes) continue;
    if (bytes + more > maxPayloadBytes) {
      payloads.push(frame(texts));
      texts = [];
      bytes = emptyBytes;
    }
    texts.push(text);
    bytes += more;
  }
  if (texts.length > 0) payloads.push(frame(texts));
  return payloads;
}

export type Wire = {
  /** Tells the other processes, soon; a later item of the same key takes the place of one that still waits. */
  send(key: string, item: object): void;
  stop(): Promise<void>;
};

export type WireDeps = { db: Pick<Database, "connect">; log: Log };

/**
 * Carries short-lived facts between the processes of an installation by NOTIFY, on a connection of its own: gathered for 100 ms, lost
 * when nobody listens. `joined` is called when this process begins to hear the others, also after a break.
 */
export function startWire(
  { db, log }: WireDeps,
  channel: `okno_${string}`,
  hear: { item(item: unknown): void; joined(): void },
): Wire {
  const from = randomUUID();
  const waiting = new Map<string, object>();
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function take(payload: string): void {
    const message = JSON.parse(payload) as { from: string; items: unknown[] };
    if (message.from === from) return;
    for (const item of message.items) hear.item(item);
  }

  async function flush(): Promise<void> {
    const payloads = pack(
      from,
      [...waiting.values()].map((item) => JSON.stringify(item)),
    );
    waiting.clear();
    if (!client || payloads.length === 0) return;
    await client
      .query(`select pg_notify('${channel}', payload) from unnest($1::text[]) as payload`, [payloads])
      .catch(() => undefined);
  }

  /** The first word goes at once; what follows within the window goes together. */
  function schedule(): void {
    if (timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (waiting.size === 0) return;
      schedule();
      void flush();
    }, windowMs);
    timer.unref();
  }

  async function follow(): Promise<void> {
    if (stopped) return;
    try {
      const fresh = await db.connect();
      if (stopped) return void (await fresh.end());
      fresh.on("notification", ({ payload = "" }) => {
        try {
          take(payload);
        } catch (error) {
          log.warn({ err: error }, "a word of another process could not be read");
        }
      });
      fresh.on("error", () => undefined);
      fresh.on("end", () => {
        client = undefined;
        if (!stopped) setTimeout(() => void follow(), reconnectMs).unref();
      });
      await fresh.query(`listen ${channel}`);
      client = fresh;
      hear.joined();
    } catch (error) {
      if (stopped) return;
      log.warn({ err: error }, "other processes cannot be heard; trying again");
      setTimeout(() => void follow(), reconnectMs).unref();
    }
  }

  const following = follow();
  return {
    send(key, item) {
      if (stopped || waiting.size >= maxWaiting) return;
      waiting.delete(key);
      waiting.set(key, item);
      if (timer) return;
      schedule();
      void flush();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await following;
      await client?.end().catch(() => undefined);
    },
  };
}
