import { type Api, ApiError, createApi, type Session } from "./api.ts";
import type { Config } from "./config.ts";
import { type Live, type LiveEvent, startLive } from "./live.ts";
import { createOutbox } from "./outbox.ts";
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

export type Chat = ReturnType<typeof createChat>;

const retryMs = 3_000;

/** Everything the frame knows and does, without a word about how it looks. */
export function createChat(config: Config, lang: string) {
  const memory: Memory = createMemory(config.key);
  let token = memory.get("token");
  const api: Api = createApi(() => token);
  const listeners = new Set<() => void>();
  let live: Live | undefined;
  let visible = false;
  let told = "";
  let onUnread: (count: number) => void = () => undefined;
  let onKnown: () => void = () => undefined;

  let state: ChatState = {
    phase: "opening",
    timeline: { messages: [], more: false },
    closed: false,
    pending: [],
    sendingId: undefined,
    online: navigator.onLine,
    connected: true,
    loadingOlder: false,
    detailsDone: memory.get("details") !== undefined,
  };

  function set(change: Partial<ChatState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  const outbox = createOutbox({
    memory,
    key: config.key,
    send: async (message) => {
      await ensureSession();
      const answer = await api.send(message, lang);
      // Its files have their own addresses only now; until they are known the message stays in its waiting form.
      if (message.uploads.length > 0) await catchUp();
      return answer;
    },
    told: { accepted, changed: showPending, rejected: reject },
  });

  function showPending(): void {
    set({
      pending: withoutAcknowledged(outbox.list(), state.timeline.messages),
      sendingId: outbox.sendingId(),
    });
  }

  function accepted(message: Pending, { id, at }: { id: string; at: string }): void {
    const { externalId, body } = message;
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
    if (message.uploads.length === 0)
      show({ messages: merge(state.timeline.messages, [mine]), more: state.timeline.more });
    startListening();
  }

  async function catchUp(): Promise<void> {
    const newest = await api.newest().catch(() => undefined);
    if (newest) show(meet(state.timeline, newest));
  }

  function reject(error: ApiError): void {
    live?.stop();
    live = undefined;
    set({ phase: error.status === 404 ? "gone" : "lost" });
  }

  function show(timeline: Timeline): void {
    set({ timeline, pending: withoutAcknowledged(outbox.list(), timeline.messages) });
    if (timeline.messages.length > 0) onKnown();
    tellSeen();
  }

  /** Read when the visitor can see it, delivered when it is only here; each told once. */
  function tellSeen(): void {
    const { count, newest } = unreadOf(state.timeline.messages);
    onUnread(count);
    if (!newest) return;
    const status = visible && document.visibilityState === "visible" ? "read" : "delivered";
    const what = `${newest.id} ${status}`;
    if (what === told || (status === "delivered" && newest.status === "delivered")) return;
    told = what;
    api.seen(newest.id, status).catch(() => {
      told = "";
    });
  }

  function hear({ event, data }: LiveEvent): void {
    if (event === "state") {
      const { messages, more, closed } = data as Session;
      set({ closed });
      show(meet(state.timeline, { messages, more }));
    } else if (event === "changed") {
      const { messages, closed } = data as Session;
      set({ closed });
      show({ messages: merge(state.timeline.messages, messages), more: state.timeline.more });
    }
  }

  function startListening(): void {
    if (live) return;
    live = startLive(api, {
      event: hear,
      connected: (connected) => {
        set({ connected });
        if (connected) void outbox.flush();
      },
      refused: reject,
    });
  }

  let opening: Promise<void> | undefined;
  async function openSession(): Promise<void> {
    // Another tab may have become a visitor meanwhile: one browser is one visitor.
    token = memory.get("token");
    const session = await api.session(token);
    token = session.token;
    memory.set("token", token);
    set({ phase: "open", closed: session.closed });
    show(meet(state.timeline, session));
    if (session.messages.length > 0) startListening();
  }

  function ensureSession(): Promise<void> {
    if (state.phase === "open") return Promise.resolve();
    opening ??= openSession().finally(() => {
      opening = undefined;
    });
    return opening;
  }

  async function open(): Promise<void> {
    try {
      await ensureSession();
      showPending();
      void outbox.flush();
    } catch (error) {
      if (error instanceof ApiError && !error.passing) reject(error);
      else {
        set({ connected: false });
        setTimeout(() => void open(), retryMs);
      }
    }
  }

  addEventListener("online", () => {
    set({ online: true });
    void outbox.flush();
  });
  addEventListener("offline", () => set({ online: false }));
  document.addEventListener("visibilitychange", tellSeen);
  memory.onChange((name) => {
    if (name === "outbox") showPending();
    if (name === "token" && memory.get("token") !== token && state.timeline.messages.length === 0) {
      live?.stop();
      live = undefined;
      set({ phase: "opening" });
      void open();
    }
  });

  return {
    api,
    memory,
    get: () => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start(hooks: { unread(count: number): void; known(): void }): void {
      onUnread = hooks.unread;
      onKnown = hooks.known;
      showPending();
      void open();
    },
    setVisible(now: boolean): void {
      visible = now;
      tellSeen();
    },
    say(body: string, uploads: Upload[], details: { name?: string; email?: string } = {}): void {
      outbox.add({ externalId: newUuid(), body, uploads, at: new Date().toISOString(), ...details });
    },
    retry: outbox.retry,
    discard: outbox.discard,
    finishDetails(): void {
      memory.set("details", "done");
      set({ detailsDone: true });
    },
    startAnew(): void {
      memory.set("token", undefined);
      set({ phase: "opening", timeline: { messages: [], more: false }, closed: false });
      void open();
    },
    async loadOlder(): Promise<void> {
      const oldest = state.timeline.messages[0];
      if (!oldest || state.loadingOlder) return;
      set({ loadingOlder: true });
      try {
        const { messages, more } = await api.older(oldest.id);
        show({ messages: merge(messages, state.timeline.messages), more });
      } finally {
        set({ loadingOlder: false });
      }
    },
  };
}

/** `crypto.randomUUID` is missing on pages without TLS. */
function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
}
