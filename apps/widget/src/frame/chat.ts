import { type Api, ApiError, createApi, type Session } from "./api.ts";
import type { Config, Desk } from "./config.ts";
import { type Live, type LiveEvent, startLive } from "./live.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { createSound, type Sound } from "./sound.ts";
import { createMemory, type Memory } from "./storage.ts";
import { meet, merge, newestAnswer, type Timeline, unreadOf, withoutAcknowledged } from "./timeline.ts";
import type { Completion, Pending, ServerMessage, Upload } from "./types.ts";
import { createTyping } from "./typing.ts";
import { watchDesk } from "./watch-desk.ts";
import { keepApart, sameUser } from "./whose.ts";

export type ChatState = {
  /** `lost`: the token is not recognised; `gone`: there is no such chat any more. */
  phase: "opening" | "open" | "lost" | "gone";
  timeline: Timeline;
  closed: boolean;
  /** What may be rated, and the one that the visitor did not want to. */
  completion: Completion | null;
  skipped: string | undefined;
  /** Who of ours is writing; an empty name where it is not known. */
  writer: string | null;
  desk: Desk;
  sound: boolean;
  /** The site has said who this is. */
  user: boolean;
  pending: readonly Pending[];
  sendingId: string | undefined;
  online: boolean;
  connected: boolean;
  loadingOlder: boolean;
  detailsDone: boolean;
};

type Hooks = {
  unread(count: number): void;
  known(): void;
  /** What the site had said of its user is used up. */
  needIdentity(): void;
  /** The site's word was not taken: its developer should know why. */
  refused(why: string): void;
};

const nothing = { timeline: { messages: [], more: false }, closed: false, completion: null, writer: null };

const retryMs = 3_000;

/** Everything the frame knows and does, without a word about how it looks. */
export class Chat {
  readonly memory: Memory;
  readonly api: Api;
  readonly #lang: string;
  readonly #outbox: Outbox;
  readonly #listeners = new Set<() => void>();
  readonly #sound: Sound;
  readonly #typing = createTyping((typing) => void this.api.typing(typing).catch(() => undefined));
  readonly #desk: ReturnType<typeof watchDesk>;
  #token: string | undefined;
  /** What the site says of its user; the token of a user is kept nowhere, the site vouches on each page. */
  #identity: string | undefined;
  #begun = false;
  #live: Live | undefined;
  #opening: Promise<void> | undefined;
  #visible = false;
  /** The last "seen" that was told to the server. */
  #told = "";
  #hooks: Hooks = {
    unread: () => undefined,
    known: () => undefined,
    needIdentity: () => undefined,
    refused: () => undefined,
  };
  #state: ChatState;

  constructor(config: Config, lang: string) {
    this.#lang = lang;
    this.memory = createMemory(config.key);
    this.#sound = createSound(this.memory, config.key);
    this.api = createApi(() => this.#token);
    this.#desk = watchDesk(config.desk, this.api.desk, (desk) => this.#set({ desk }));
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
      ...nothing,
      phase: "opening",
      skipped: this.memory.get("asked"),
      desk: config.desk,
      sound: this.#sound.on(),
      user: false,
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
  }

  /** Whoever it is, nobody has said more in time. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    keepApart(this.memory, this.#identity);
    void this.#open();
  }

  /** The site says who its user is, or that nobody is signed in. */
  identify(identity: string | null): void {
    const before = this.#identity;
    this.#identity = identity ?? undefined;
    if (!this.#begun) {
      this.begin();
      return;
    }
    // The same again, unless it was asked for; and a signed-in user's newer word is kept for when it is needed.
    if (before === this.#identity && this.#state.phase !== "opening") return;
    if (before && identity && this.#state.user && sameUser(before, identity)) return;
    keepApart(this.memory, this.#identity);
    this.#restart();
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (visible) this.#desk.looked();
    this.#tellSeen();
  }

  /** The visitor has changed what is being written. */
  wrote(something: boolean): void {
    if (!something) this.#typing.stop();
    else if (this.#state.connected && this.#state.timeline.messages.length > 0) this.#typing.wrote();
  }

  async rate(completion: string, score: number, words: string): Promise<void> {
    const rating = await this.api.rate(completion, score, words);
    this.#set({ completion: { name: completion, rating } });
  }

  skipRating(completion: string): void {
    this.memory.set("asked", completion);
    this.#set({ skipped: completion });
  }

  setSound(on: boolean): void {
    this.#sound.set(on);
    this.#set({ sound: on });
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
    this.#restart();
  }

  #restart(): void {
    this.#stopListening();
    this.#told = "";
    this.#opening = undefined;
    this.#set({ ...nothing, phase: "opening", user: false, pending: this.#outbox.list() });
    this.#hooks.unread(0);
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
    this.#ringFor(timeline);
    this.#set({ timeline, pending: withoutAcknowledged(this.#outbox.list(), timeline.messages) });
    if (timeline.messages.length > 0) this.#hooks.known();
    this.#tellSeen();
  }

  /** Something new has come while nobody was looking: not what was there when the page was opened. */
  #ringFor(timeline: Timeline): void {
    const known = this.#state.timeline.messages;
    const [before, now] = [newestAnswer(known), newestAnswer(timeline.messages)];
    const looking = this.#visible && document.visibilityState === "visible";
    if (looking || known.length === 0 || !now || now.status === "read") return;
    if (!before || before.id < now.id) this.#sound.ring(now.id);
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
    if (error.status === 401 && this.#state.user) {
      // A user's token lasts for hours: the page is asked to vouch again, and what was shown stays until then.
      this.#set({ phase: "opening", user: false });
      this.#identity = undefined;
      this.#token = undefined;
      this.#hooks.needIdentity();
      return;
    }
    this.#set({ phase: error.status === 404 ? "gone" : "lost" });
  }

  async #catchUp(): Promise<void> {
    const newest = await this.api.newest().catch(() => undefined);
    if (newest) this.#show(meet(this.#state.timeline, newest));
  }

  #hear({ event, data }: LiveEvent): void {
    if (event === "typing") this.#set({ writer: (data as { name: string | null }).name });
    if (event !== "state" && event !== "changed") return;
    const { messages, more, closed, completion } = data as Session;
    const { timeline } = this.#state;
    this.#set({ closed, completion });
    if (event === "state") this.#show(meet(timeline, { messages, more }));
    else this.#show({ messages: merge(timeline.messages, messages), more: timeline.more });
  }

  #startListening(): void {
    this.#live ??= startLive(this.api, {
      event: (event) => this.#hear(event),
      connected: (connected) => {
        // Who was writing before a break may not be writing after it: a stream says so anew.
        this.#set({ connected, writer: null });
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
    const known = this.memory.get("token");
    const identity = this.#identity;
    const session = await this.api.session(known, identity);
    // Somebody else has sat down while this was asked.
    if (identity !== this.#identity) return;
    const user = session.identity?.accepted === true;
    this.#token = session.token;
    // What was said without a name is the user's now: this browser forgets its own key to it.
    this.memory.set("token", user ? undefined : session.token);
    if (session.identity && !session.identity.accepted) this.#hooks.refused(session.identity.why);
    const { closed, completion } = session;
    this.#set({ phase: "open", connected: true, closed, completion, user });
    this.#show(meet(this.#state.timeline, session));
    if (user || session.messages.length > 0) this.#startListening();
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
    if (name === "sound") this.#set({ sound: this.#sound.on() });
    if (name === "asked") this.#set({ skipped: this.memory.get("asked") });
    const isOther = name === "token" && !this.#state.user && this.memory.get("token") !== this.#token;
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
