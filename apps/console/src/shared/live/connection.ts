import type { NotificationFrame, PresenceFrame, StreamEvent } from "@okno/contract";
import type { LiveMessage } from "./protocol.ts";

/** The server sends a beat each 15 s; after this long without one the line counts as dead. */
export const silenceLimitMs = 40_000;
const firstRetryMs = 500;
const longestRetryMs = 15_000;

type Source = Pick<EventSource, "addEventListener" | "close" | "readyState">;

export type ConnectionOptions = {
  send: (message: LiveMessage) => void;
  open?: (address: string) => Source;
  /** Answers the status of `GET /v1/session`: an EventSource cannot say why it was refused. */
  sessionStatus?: () => Promise<number>;
  random?: () => number;
};

async function askSession(): Promise<number> {
  return (await fetch("/v1/session", { credentials: "same-origin" })).status;
}

/**
 * One resumable stream. It reconnects by itself from the last cursor, backs off when the server is away, and says
 * `resync` whenever the server does not know the cursor: then nothing short of fetching again is right.
 */
export class LiveConnection {
  readonly #send: (message: LiveMessage) => void;
  readonly #open: (address: string) => Source;
  readonly #sessionStatus: () => Promise<number>;
  readonly #random: () => number;
  #source: Source | undefined;
  #cursor: string | undefined;
  #up = false;
  #everUp = false;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor({ send, open, sessionStatus, random }: ConnectionOptions) {
    this.#send = send;
    this.#open = open ?? ((address) => new EventSource(address));
    this.#sessionStatus = sessionStatus ?? askSession;
    this.#random = random ?? Math.random;
  }

  get up(): boolean {
    return this.#up;
  }

  start(): void {
    if (!this.#source && this.#retry === undefined) this.#connect();
  }

  stop(): void {
    this.#drop();
    this.#cursor = undefined;
    this.#everUp = false;
    this.#failures = 0;
    this.#setUp(false);
  }

  /** The network is back, or the machine woke: do not wait for the next attempt. */
  wake(): void {
    this.#failures = 0;
    if (!this.#up) this.#reconnect(0);
  }

  #drop(): void {
    this.#source?.close();
    this.#source = undefined;
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    this.#retry = undefined;
  }

  #setUp(up: boolean): void {
    if (this.#up === up) return;
    this.#up = up;
    this.#send({ kind: "line", up });
  }

  #reconnect(delayMs: number): void {
    this.#drop();
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#connect();
    }, delayMs);
  }

  #connect(): void {
    const after = this.#cursor === undefined ? "" : `?after=${encodeURIComponent(this.#cursor)}`;
    const source = this.#open(`/v1/stream${after}`);
    this.#source = source;
    const current = (handle: (event: MessageEvent<string>) => void) => (event: Event) => {
      if (this.#source !== source) return;
      this.#heard();
      handle(event as MessageEvent<string>);
    };
    source.addEventListener(
      "hello",
      current((event) => this.#hello(event)),
    );
    source.addEventListener(
      "beat",
      current(() => this.#setUp(true)),
    );
    source.addEventListener(
      "message",
      current((event) => this.#event(event)),
    );
    source.addEventListener(
      "notification",
      current((event) =>
        this.#send({ kind: "notification", frame: JSON.parse(event.data) as NotificationFrame }),
      ),
    );
    source.addEventListener(
      "presence",
      current((event) => this.#send({ kind: "presence", frame: JSON.parse(event.data) as PresenceFrame })),
    );
    source.addEventListener("error", () => {
      if (this.#source === source) void this.#failed();
    });
    this.#heard();
  }

  #heard(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.#setUp(false);
      this.#reconnect(0);
    }, silenceLimitMs);
  }

  #hello(event: MessageEvent<string>): void {
    const { cursor } = JSON.parse(event.data) as { cursor?: string };
    // Without a cursor of our own we started at the present: whatever happened before we came may have been missed.
    // So it is when the first attempts failed: what is shown may be what this browser kept.
    const missed = this.#cursor === undefined && (this.#everUp || this.#failures > 0);
    this.#cursor ??= cursor;
    this.#failures = 0;
    this.#everUp = true;
    this.#setUp(true);
    if (missed) this.#send({ kind: "resync" });
  }

  #event(event: MessageEvent<string>): void {
    if (event.lastEventId) this.#cursor = event.lastEventId;
    this.#setUp(true);
    this.#send({ kind: "event", event: JSON.parse(event.data) as StreamEvent });
  }

  async #failed(): Promise<void> {
    const refused = this.#source?.readyState === 2;
    this.#drop();
    this.#setUp(false);
    this.#failures += 1;
    // Our own timer instead of the browser's: it knows the newest cursor and backs off.
    const wait = Math.min(firstRetryMs * 2 ** (this.#failures - 1), longestRetryMs);
    this.#reconnect(wait * (0.75 + this.#random() / 2));
    if (refused) await this.#findOutWhy();
  }

  /** Refused with an answer: either nobody is signed in any more, or the cursor is not known here (restored data). */
  async #findOutWhy(): Promise<void> {
    const status = await this.#sessionStatus().catch(() => 0);
    if (status === 401) {
      this.stop();
      this.#send({ kind: "signed-out" });
    } else if (status === 200 && this.#failures > 1) {
      this.#cursor = undefined;
    }
  }
}
