import type { ChannelCall, ChannelPorts } from "@okno/kit";
import type { ChatMessage } from "../contract.ts";
import { presentMessage } from "./present.ts";
import { identityOf, type Visitor } from "./visitor.ts";

const heartbeatMs = 15_000;
const newest = 50;

type Bell = {
  ring(): void;
  /** false: nobody rang for so long. */
  wait(ms: number): Promise<boolean>;
};

/** Remembers being rung while nobody was waiting. */
function createBell(signal: AbortSignal): Bell {
  let rung = false;
  let wake: (() => void) | undefined;
  const ring = () => {
    rung = true;
    wake?.();
  };
  signal.addEventListener("abort", ring, { once: true });
  return {
    ring,
    async wait(ms) {
      if (!rung && !signal.aborted) {
        const timer = setTimeout(() => wake?.(), ms);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        clearTimeout(timer);
        wake = undefined;
      }
      const wasRung = rung;
      rung = false;
      return wasRung;
    },
  };
}

type Seen = ReadonlyMap<string, string>;
const statusesOf = (messages: readonly ChatMessage[]): Seen =>
  new Map(messages.map((message) => [message.id, message.status]));

type State = { messages: ChatMessage[]; more: boolean; closed: boolean };

/** What to tell a reader who has been told `before`; undefined when nothing has changed. */
export function changeSince(before: { seen: Seen; closed: boolean } | undefined, now: State) {
  const known = before && now.messages.some((message) => before.seen.has(message.id));
  const first = before?.seen.size === 0 && !now.more;
  // Nothing in common with what was told: more has come than one page holds, so the reader starts over.
  if (!before || (!known && !first && now.messages.length > 0)) return { event: "state", data: now };
  const messages = now.messages.filter((message) => before.seen.get(message.id) !== message.status);
  if (messages.length === 0 && before.closed === now.closed) return undefined;
  return { event: "changed", data: { messages, closed: now.closed } };
}

/** The visitor's conversation as it goes on, until the caller leaves. */
export async function* conversationEvents(
  call: Pick<ChannelCall, "channel" | "signal">,
  ports: ChannelPorts,
  visitor: Visitor,
): AsyncGenerator<{ event: string; data: unknown }> {
  const { channel, signal } = call;
  const who = identityOf(visitor);
  const bell = createBell(signal);
  let stop: (() => void) | undefined;
  let told: { seen: Seen; closed: boolean } | undefined;

  // A visitor who has said nothing is nobody yet: there is nothing to watch until the first message.
  async function watchOnceThere(): Promise<void> {
    if (stop) return;
    const { ticketId } = await ports.conversation(channel, who, { limit: 1 });
    if (ticketId) stop = await ports.watch(channel, who, bell.ring);
  }

  try {
    while (!signal.aborted) {
      await watchOnceThere();
      const { messages, more, closed } = await ports.conversation(channel, who, { limit: newest });
      const state = { messages: messages.map((message) => presentMessage(visitor, message)), more, closed };
      const change = changeSince(told, state);
      told = { seen: statusesOf(state.messages), closed };
      if (change) yield change;
      // Most rings are about something a visitor does not see: a note, a new owner. They are no reason to say anything.
      if (!(await bell.wait(heartbeatMs))) yield { event: "heartbeat", data: {} };
    }
  } finally {
    stop?.();
  }
}
