import { type Api, ApiError, createApi, type Session } from "./api.ts";
import type { Config } from "./config.ts";
import { type Live, type LiveEvent, startLive } from "./live.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { createMemory, type Memory } from "./storage.ts";
import { meet, merge, type Timeline, unreadOf, withoutAcknowledged } from "./timeline.ts";
import type { Pending, ServerMessage, Upload } from "./types.ts";

export type ChatState = {
  /** `lost`: the token is not recognised; `gone`: there is no such chat any more. */
  phase: "opening" | "open" | "lost" | "gone";
  timeline: Timeline;
  closed: boolean;
  pending: readonly Pending[];
  sendingId: string | undefined;
  online: boolean;
  connected: boolean;
  loadingOlder: boolean;
  detailsDone: boolean;
};

type Hooks = { unread(count: number): void; known(): void };

const retryMs = 3_000;

/** Everything the frame knows and does, without a word about how it looks. */
export class Chat {
  readonly memory: Memory;
  readonly api: Api;
  readonly #lang: string;
  readonly #outbox: Outbox;
  readonly #listeners = new Set<() => void>();
  #token: string | undefined;
  #live: Live | undefined;
  #opening: Promise<void> | undefined;
  #visible = false;
  /** The last "seen" that was told to the server. */
  #told = "";
  #hooks: Hooks = { unread: () => undefined, known: () => undefined };
  #state: ChatState;

  constructor(config: Config, lang: string) {
    this.#lang = lang;
    this.memory = createMemory(config.key);
    this.#token = this.memory.get("token");
    this.api = createApi(() => this.#token);
    this.#outbox = createOutbox({
      memory: this.memory,
      key: config.key,
      send: (message) => this.#send(message),
      told: {
        accepted: (message, answer) => this.#accepted(message, answer),
        changed: () => this.#showPending(),
        rejected: (error) => this.#reject(error),
      },
    });
    this.#state = {
      phase: "opening",
      timeline: { messages: [], more: false },
      closed: false,
      pending: this.#outbox.list(),
      sendingId: undefined,
      online: navigator.onLine,
      connected: true,
      loadingOlder: false,
      detailsDone: this.memory.get("details") !== undefined,
    };
  }

  get(): ChatState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  start(hooks: Hooks): void {
    this.#hooks = hooks;
    addEventListener("online", () => {
      this.#set({ online: true });
      void this.#outbox.flush();
    });
    addEventListener("offline", () => this.#set({ online: false }));
    document.addEventListener("visibilitychange", () => this.#tellSeen());
    this.memory.onChange((name) => this.#heardOtherTab(name));
    void this.#open();
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#tellSeen();
  }

  say(body: string, uploads: Upload[], details: { name?: string; email?: string } = {}): void {
    const at = new Date().toISOString();
    this.#outbox.add({ externalId: newUuid(), body, uploads, at, ...details });
  }

  retry(externalId: string): void {
    this.#outbox.retry(externalId);
  }

  discard(externalId: string): void {
    this.#outbox.discard(externalId);
  }

  finishDetails(): void {
    this.memory.set("details", "done");
    this.#set({ detailsDone: true });
  }

  startAnew(): void {
    this.memory.set("token", undefined);
    this.#set({ phase: "opening", timeline: { messages: [], more: false }, closed: false });
    void this.#open();
  }

  async loadOlder(): Promise<void> {
    const { timeline, loadingOlder } = this.#state;
    const oldest = timeline.messages[0];
    if (!oldest || loadingOlder) return;
    this.#set({ loadingOlder: true });
    try {
      const { messages, more } = await this.api.older(oldest.id);
      this.#show({ messages: merge(messages, this.#state.timeline.messages), more });
    } catch {
      // The button stays: it is pressed again.
    } finally {
      this.#set({ loadingOlder: false });
    }
  }

  #set(change: Partial<ChatState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  #show(timeline: Timeline): void {
    this.#set({ timeline, pending: withoutAcknowledged(this.#outbox.list(), timeline.messages) });
    if (timeline.messages.length > 0) this.#hooks.known();
    this.#tellSeen();
  }

  #showPending(): void {
    this.#set({
      pending: withoutAcknowledged(this.#outbox.list(), this.#state.timeline.messages),
      sendingId: this.#outbox.sendingId(),
    });
  }

  /** Read when the visitor can see it, delivered when it is only here; each told once. */
  #tellSeen(): void {
    const { count, newest } = unreadOf(this.#state.timeline.messages);
    this.#hooks.unread(count);
    if (!newest) return;
    const status = this.#visible && document.visibilityState === "visible" ? "read" : "delivered";
    const what = `${newest.id} ${status}`;
    if (what === this.#told || (status === "delivered" && newest.status === "delivered")) return;
    this.#told = what;
    this.api.seen(newest.id, status).catch(() => {
      this.#told = "";
    });
  }

  async #send(message: Pending): Promise<{ id: string; at: string }> {
    await this.#ensureSession();
    const answer = await this.api.send(message, this.#lang);
    // Its files have their own addresses only now; until they are known the message stays in its waiting form.
    if (message.uploads.length > 0) await this.#catchUp();
    return answer;
  }

  #accepted({ externalId, body, uploads }: Pending, { id, at }: { id: string; at: string }): void {
    const mine: ServerMessage = {
      id,
      externalId,
      direction: "in",
      author: null,
      body,
      status: "received",
      attachments: [],
      at,
    };
    const { messages, more } = this.#state.timeline;
    if (uploads.length === 0) this.#show({ messages: merge(messages, [mine]), more });
    this.#startListening();
  }

  #reject(error: ApiError): void {
    this.#stopListening();
    this.#set({ phase: error.status === 404 ? "gone" : "lost" });
  }

  async #catchUp(): Promise<void> {
    const newest = await this.api.newest().catch(() => undefined);
    if (newest) this.#show(meet(this.#state.timeline, newest));
  }

  #hear({ event, data }: LiveEvent): void {
    if (event !== "state" && event !== "changed") return;
    const { messages, more, closed } = data as Session;
    const { timeline } = this.#state;
    this.#set({ closed });
    if (event === "state") this.#show(meet(timeline, { messages, more }));
    else this.#show({ messages: merge(timeline.messages, messages), more: timeline.more });
  }

  #startListening(): void {
    this.#live ??= startLive(this.api, {
      event: (event) => this.#hear(event),
      connected: (connected) => {
        this.#set({ connected });
        if (connected) void this.#outbox.flush();
      },
      refused: (error) => this.#reject(error),
    });
  }

  #stopListening(): void {
    this.#live?.stop();
    this.#live = undefined;
  }

  async #openSession(): Promise<void> {
    // Another tab may have become a visitor meanwhile: one browser is one visitor.
    this.#token = this.memory.get("token");
    const session = await this.api.session(this.#token);
    this.#token = session.token;
    this.memory.set("token", session.token);
    this.#set({ phase: "open", connected: true, closed: session.closed });
    this.#show(meet(this.#state.timeline, session));
    if (session.messages.length > 0) this.#startListening();
  }

  #ensureSession(): Promise<void> {
    if (this.#state.phase === "open") return Promise.resolve();
    this.#opening ??= this.#openSession().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #open(): Promise<void> {
    try {
      await this.#ensureSession();
      await this.#outbox.flush();
    } catch (error) {
      if (error instanceof ApiError && !error.passing) this.#reject(error);
      else {
        this.#set({ connected: false });
        setTimeout(() => void this.#open(), retryMs);
      }
    }
  }

  #heardOtherTab(name: string): void {
    if (name === "outbox") this.#showPending();
    const isOther = name === "token" && this.memory.get("token") !== this.#token;
    if (!isOther || this.#state.timeline.messages.length > 0) return;
    this.#stopListening();
    this.#set({ phase: "opening" });
    void this.#open();
  }
}

/** `crypto.randomUUID` is missing on pages without TLS. */
function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
}
