import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveConnection, silenceLimitMs } from "./connection.ts";
import type { LiveMessage } from "./protocol.ts";

type Listener = (event: Event) => void;

class FakeSource {
  readyState = 1;
  closed = false;
  readonly address: string;
  readonly #listeners = new Map<string, Listener>();
  constructor(address: string) {
    this.address = address;
  }
  addEventListener(type: string, listener: unknown): void {
    this.#listeners.set(type, listener as Listener);
  }
  close(): void {
    this.closed = true;
  }
  say(type: string, data: unknown = {}, lastEventId = ""): void {
    this.#listeners.get(type)?.({ data: JSON.stringify(data), lastEventId } as MessageEvent);
  }
}

let sources: FakeSource[];
let heard: LiveMessage[];
let status: number;
let connection: LiveConnection;
const last = () => sources.at(-1) as FakeSource;

beforeEach(() => {
  vi.useFakeTimers();
  sources = [];
  heard = [];
  status = 200;
  connection = new LiveConnection({
    send: (message) => heard.push(message),
    open: (address) => {
      sources.push(new FakeSource(address));
      return last() as unknown as EventSource;
    },
    sessionStatus: async () => status,
    random: () => 0.5,
  });
  connection.start();
});
afterEach(() => {
  connection.stop();
  vi.useRealTimers();
});

test("after a break it goes on from the newest event it had", async () => {
  last().say("hello", { cursor: "c0" });
  last().say("message", { type: "ticket.created" }, "c7");
  last().say("error");
  await vi.advanceTimersByTimeAsync(1000);
  expect(last().address).toBe("/v1/stream?after=c7");
  expect(heard.map((message) => message.kind)).toEqual(["line", "event", "line"]);
});

test("whoever came while the server was away fetches everything once it is there", async () => {
  last().say("error");
  await vi.advanceTimersByTimeAsync(1000);
  last().say("hello", { cursor: "c0" });
  expect(heard.map((message) => message.kind)).toEqual(["line", "resync"]);
});

test("a line that says nothing for forty seconds counts as dead and is opened again", async () => {
  last().say("hello", { cursor: "c0" });
  await vi.advanceTimersByTimeAsync(silenceLimitMs - 1000);
  last().say("beat");
  await vi.advanceTimersByTimeAsync(silenceLimitMs - 1000);
  expect(sources).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect(sources).toHaveLength(2);
  expect(sources[0]?.closed).toBe(true);
  expect(heard.at(-1)).toEqual({ kind: "line", up: false });
});

test("a cursor that the server does not know is given up, and everything is fetched again", async () => {
  last().say("hello", { cursor: "old" });
  for (const _ of [1, 2]) {
    last().readyState = 2;
    last().say("error");
    await vi.advanceTimersByTimeAsync(5000);
  }
  expect(last().address).toBe("/v1/stream");
  last().say("hello", { cursor: "fresh" });
  expect(heard).toContainEqual({ kind: "resync" });
});

test("a session that has ended stops the line and says so", async () => {
  last().say("hello", { cursor: "c0" });
  status = 401;
  last().readyState = 2;
  last().say("error");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toContainEqual({ kind: "signed-out" });
  expect(sources).toHaveLength(1);
});

test("waking does not wait for the next attempt", async () => {
  for (const _ of [1, 2, 3, 4, 5, 6]) {
    last().say("error");
    await vi.advanceTimersByTimeAsync(20_000);
  }
  last().say("error");
  const before = sources.length;
  connection.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(sources).toHaveLength(before + 1);
});
