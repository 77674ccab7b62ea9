import type { Pending, ServerMessage } from "./types.ts";

export type Timeline = { messages: readonly ServerMessage[]; more: boolean };

// Public ids carry their time in order: sorting them sorts the conversation as the server does.
const byId = (a: ServerMessage, b: ServerMessage) => (a.id < b.id ? -1 : 1);

/** Puts messages in their places; a message told again replaces what was known of it. */
export function merge(known: readonly ServerMessage[], told: readonly ServerMessage[]): ServerMessage[] {
  const all = new Map(known.map((message) => [message.id, message]));
  for (const message of told) all.set(message.id, message);
  return [...all.values()].sort(byId);
}

/** The newest page, after a pause of any length: joined to what is known if they meet, in its place if there may be a gap. */
export function meet(known: Timeline, newest: Timeline): Timeline {
  const meets = newest.messages.some(({ id }) => known.messages.some((message) => message.id === id));
  if (known.messages.length === 0 || (!meets && newest.more)) return newest;
  return { messages: merge(known.messages, newest.messages), more: meets ? known.more : newest.more };
}

/** Without those the server has told back: they are messages now. */
export function withoutAcknowledged(
  pending: readonly Pending[],
  messages: readonly ServerMessage[],
): Pending[] {
  const there = new Set(messages.map(({ externalId }) => externalId));
  return pending.filter(({ externalId }) => !there.has(externalId));
}

/** Answers that have not been read, and the newest of them. */
export function unreadOf(messages: readonly ServerMessage[]): {
  count: number;
  newest: ServerMessage | undefined;
} {
  const unread = messages.filter(({ direction, status }) => direction === "out" && status !== "read");
  return { count: unread.length, newest: unread.at(-1) };
}

export function newestAnswer(messages: readonly ServerMessage[]): ServerMessage | undefined {
  return messages.findLast(({ direction }) => direction === "out");
}

/** Who wrote after whom, and when: what decides where a bubble's group and a day begin. */
export type Line = {
  message: ServerMessage;
  newDay: boolean;
  first: boolean;
  last: boolean;
  /** Ours was followed by an answer: they have read it. */
  answered: boolean;
};

const groupMs = 5 * 60_000;
const sameDay = (a: string, b: string) => new Date(a).toDateString() === new Date(b).toDateString();

function together(a: ServerMessage | undefined, b: ServerMessage | undefined): boolean {
  if (!a || !b || a.direction !== b.direction || a.author !== b.author || !sameDay(a.at, b.at)) return false;
  return Date.parse(b.at) - Date.parse(a.at) < groupMs;
}

export function linesOf(messages: readonly ServerMessage[]): Line[] {
  const lastAnswer = messages.findLastIndex(({ direction }) => direction === "out");
  return messages.map((message, i) => {
    const before = messages[i - 1];
    return {
      message,
      newDay: !before || !sameDay(before.at, message.at),
      first: !together(before, message),
      last: !together(message, messages[i + 1]),
      answered: message.direction === "in" && i < lastAnswer,
    };
  });
}
