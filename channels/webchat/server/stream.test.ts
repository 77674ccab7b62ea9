import { expect, test } from "vitest";
import type { ChatMessage } from "../contract.ts";
import { changeSince } from "./stream.ts";

const message = (id: string, status = "sent"): ChatMessage => ({
  id,
  externalId: null,
  direction: "out",
  author: null,
  body: id,
  status,
  attachments: [],
  at: "2026-01-01T00:00:00Z",
});
const state = (messages: ChatMessage[], more = false) => ({
  messages,
  more,
  closed: false,
  completion: null,
});
const told = (...messages: ChatMessage[]) => ({
  seen: new Map(messages.map(({ id, status }) => [id, status])),
  closed: false,
  completion: null,
});

test("a reader who knows nothing is told everything", () => {
  expect(changeSince(undefined, state([]))).toEqual({ event: "state", data: state([]) });
});

test("nothing new is nothing to tell", () => {
  expect(changeSince(told(message("a")), state([message("a")]))).toBeUndefined();
});

test("new messages and new statuses are told, and nothing else", () => {
  const change = changeSince(
    told(message("a"), message("b")),
    state([message("a"), message("b", "read"), message("c")]),
  );
  expect(change).toMatchObject({
    event: "changed",
    data: { messages: [{ id: "b", status: "read" }, { id: "c" }] },
  });
});

test("the first message of an empty conversation is a change", () => {
  expect(changeSince(told(), state([message("a")]))).toMatchObject({ event: "changed" });
});

test("more news than a page holds begins the state anew, so that nothing is missed in between", () => {
  expect(changeSince(told(message("a")), state([message("x"), message("y")], true))?.event).toBe("state");
  expect(changeSince(told(), state([message("x")], true))?.event).toBe("state");
});

test("the end of a matter is told even without a message", () => {
  const change = changeSince(told(message("a")), { ...state([message("a")]), closed: true });
  expect(change).toEqual({ event: "changed", data: { messages: [], closed: true, completion: null } });
});

test("an answer about how it went is told to the visitor's other windows", () => {
  const ended = (score: number | null) => ({
    closed: true,
    completion: {
      name: "2026-01-01T00:00:00.000Z",
      rating: score === null ? null : { score, words: null, changeableUntil: "2026-01-02T00:00:00.000Z" },
    },
  });
  const before = { seen: new Map([["a", "sent"]]), ...ended(null) };
  const now = { messages: [message("a")], more: false, ...ended(5) };
  expect(changeSince(before, now)).toMatchObject({
    data: { messages: [], completion: { rating: { score: 5 } } },
  });
  expect(changeSince({ ...before, ...ended(5) }, now)).toBeUndefined();
});
