import type { Client } from "pg";
import type { Database } from "../../platform/database.ts";
import type { Log } from "../../platform/log.ts";
import { type JournalRow, lastPosition, readAfter, readWorkspaceEventsAfter } from "./queries.ts";

const pageSize = 1000;
const reconnectMs = 500;

export type Listener = (rows: readonly JournalRow[]) => void;

/** Events as the journal orders them, handed to everyone in this process who listens. */
export type Hub = {
  /** Everything up to here has been handed out. */
  position(): number;
  epoch(): string;
  /** Rows in order, in batches; must not throw. Returns how to stop. */
  listen(listener: Listener): () => void;
  /** Told that the journal has grown, without reading it. Returns how to stop. */
  listenToAdvance(listener: () => void): () => void;
  /** The same, for entries about settings and people alone: costs nothing while only tickets move. */
  listenToSettings(listener: Listener): void;
  /** The journal has come this far; `settings`: there are entries about settings or people among the new ones. */
  advance(position: number, settings: boolean): void;
  stop(): Promise<void>;
};

/** Follows the journal: by a direct word from the own sequencer, by NOTIFY from another process's. Reads each batch once. */
export async function startHub(db: Database, log: Log): Promise<Hub> {
  const [start] = await db.system.query<{ epoch: string; position: number }>(lastPosition);
  if (!start) throw new Error("the journal has no epoch");
  let position = start.position;
  let target = position;
  /** The newest entry about settings or people that is known of. */
  let settingsTarget = position;
  let stopped = false;
  let client: Client | undefined;
  let reading = Promise.resolve();
  let busy = false;
  const listeners = new Set<Listener>();
  const settingsListeners = new Set<Listener>();
  const advanceListeners = new Set<() => void>();

  function hand(rows: readonly JournalRow[]): void {
    for (const listener of listeners) listener(rows);
    const settings = rows.filter((row) => row.ticket_id === null);
    if (settings.length > 0) for (const listener of settingsListeners) listener(settings);
  }

  /** Nobody listens to tickets: what is new is passed over, but for entries about settings and people. */
  async function passOver(): Promise<void> {
    const end = target;
    const rows =
      position < settingsTarget
        ? await db.system.query<JournalRow>(readWorkspaceEventsAfter, [position, pageSize])
        : [];
    // Somebody began to listen meanwhile: everything is read again, for them.
    if (listeners.size > 0) return;
    const last = rows.at(-1)?.position ?? end;
    position = rows.length < pageSize ? Math.max(end, last) : last;
    hand(rows);
  }

  /** Reads one batch on. @returns false when what was announced is not to be seen. */
  async function readBatch(): Promise<boolean> {
    if (listeners.size === 0) {
      await passOver();
      return true;
    }
    const rows = await db.system.query<JournalRow>(readAfter, [position, pageSize]);
    const last = rows.at(-1);
    if (!last) return false;
    position = last.position;
    hand(rows);
    return true;
  }

  /** @returns false when reading has to be tried again later. */
  async function readOn(): Promise<boolean> {
    try {
      while (position < target && !stopped) if (!(await readBatch())) return false;
      return true;
    } catch (error) {
      if (!stopped) log.warn({ err: error }, "the journal could not be read; it is tried again");
      return false;
    }
  }

  function advance(to: number, settings: boolean): void {
    target = Math.max(target, to);
    if (settings) settingsTarget = Math.max(settingsTarget, to);
    for (const listener of advanceListeners) listener();
    if (busy) return;
    busy = true;
    reading = readOn().then((done) => {
      busy = false;
      if (stopped || position >= target) return;
      if (done) advance(target, false);
      else setTimeout(() => advance(target, false), reconnectMs);
    });
  }

  async function follow(): Promise<void> {
    if (stopped) return;
    try {
      const fresh = await db.connect();
      client = fresh;
      fresh.on("notification", ({ payload = "" }) =>
        advance(Number.parseInt(payload, 10), payload.endsWith("settings")),
      );
      fresh.on("error", () => undefined);
      fresh.on("end", () => !stopped && setTimeout(() => void follow(), reconnectMs));
      await fresh.query("listen okno_journal");
      const { rows } = await fresh.query<{ position: number }>(lastPosition.text);
      advance(rows[0]?.position ?? position, true);
    } catch (error) {
      log.warn({ err: error }, "cannot follow the journal; trying again");
      setTimeout(() => void follow(), reconnectMs);
    }
  }

  await follow();
  return {
    position: () => position,
    epoch: () => start.epoch,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    listenToAdvance(listener) {
      advanceListeners.add(listener);
      return () => advanceListeners.delete(listener);
    },
    listenToSettings: (listener) => void settingsListeners.add(listener),
    advance,
    async stop() {
      stopped = true;
      await client?.end().catch(() => undefined);
      await reading;
    },
  };
}
