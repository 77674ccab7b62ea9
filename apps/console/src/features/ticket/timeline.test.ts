import type { Message, TicketEvent } from "@okno/contract";
import { expect, test } from "vitest";
import { buildTimeline } from "./timeline.ts";

const actor = { kind: "member" as const, id: "mem_1", name: "Anna" };
const at = (day: number, minute: number) => new Date(2026, 0, day, 12, minute).toISOString();
const message = (seq: number, createdAt: string, over: Partial<Message> = {}): Message => ({
  id: `msg_${seq}`,
  ticket: "tkt_1",
  seq,
  visibility: "public",
  direction: "out",
  author: actor,
  body: "x",
  channel: null,
  status: "sent",
  attachments: [],
  mentions: [],
  heldUntil: null,
  createdAt,
  ...over,
});
const event = (seq: number, type: string, when: string): TicketEvent => ({
  cursor: null,
  type,
  ticket: "tkt_1",
  seq,
  actor,
  at: when,
  data: {},
});

test("[RT-11] messages and history are one story in the order in which it happened, with a line a day", () => {
  const story = buildTimeline({
    messages: [message(5, at(2, 1)), message(1, at(1, 1))],
    history: [
      event(3, "ticket.claimed", at(1, 3)),
      event(2, "ticket.changed", at(1, 2)),
      event(5, "message.added", at(2, 1)),
    ],
    complete: true,
  });
  expect(story.map((entry) => entry.kind)).toEqual(["day", "message", "history", "day", "message"]);
  expect(story[2]).toMatchObject({ events: [{ seq: 2 }, { seq: 3 }] });
});

test("history older than the fetched messages waits for them", () => {
  const input = { messages: [message(9, at(2, 1))], history: [event(3, "ticket.claimed", at(1, 3))] };
  expect(buildTimeline({ ...input, complete: false }).some((entry) => entry.kind === "history")).toBe(false);
  expect(buildTimeline({ ...input, complete: true }).some((entry) => entry.kind === "history")).toBe(true);
});

test("what a merge brought in stands where it was said, and waits while older messages are still to come between", () => {
  // Numbers 1 and 2 are the ticket's own; 3 is the merge, which brought 4 and 5 from days before.
  const own = [message(1, at(2, 0)), message(2, at(4, 0))];
  const brought = [message(4, at(1, 0)), message(5, at(3, 0))];
  const history = [
    event(1, "ticket.created", at(2, 0)),
    event(2, "message.added", at(4, 0)),
    event(3, "ticket.merged", at(5, 0)),
  ];
  const said = (story: ReturnType<typeof buildTimeline>) =>
    story.flatMap((entry) => (entry.kind === "message" ? [entry.message.seq] : []));
  expect(said(buildTimeline({ messages: [...own, ...brought], history, complete: true }))).toEqual([
    4, 1, 5, 2,
  ]);
  expect(
    said(buildTimeline({ messages: [own[1] as Message, ...brought], history, complete: false })),
  ).toEqual([2]);
});

test("messages of one author close together stand under one name; a note never joins a reply", () => {
  const story = buildTimeline({
    messages: [
      message(1, at(1, 0)),
      message(2, at(1, 2)),
      message(3, at(1, 3), { visibility: "internal" }),
      message(4, at(1, 30), { visibility: "internal" }),
    ],
    history: [],
    complete: true,
  });
  expect(story.flatMap((entry) => (entry.kind === "message" ? [entry.joined] : []))).toEqual([
    false,
    true,
    false,
    false,
  ]);
});
