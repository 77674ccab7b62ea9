import type { ChannelCall, ChannelPorts, Conversation } from "@okno/kit";
import type { ChatMessage } from "../contract.ts";
import { firstName, presentCompletion, presentMessage } from "./present.ts";
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

type Ending = { closed: boolean; completion: Conversation["completion"] };
type State = Ending & { messages: ChatMessage[]; more: boolean };
export type Told = Ending & { seen: Seen };

const sameEnding = (a: Ending, b: Ending) =>
  a.closed === b.closed &&
  a.completion?.name === b.completion?.name &&
  a.completion?.rating?.score === b.completion?.rating?.score &&
  a.completion?.rating?.words === b.completion?.rating?.words;

/** What to tell a reader who has been told `before`; undefined when nothing has changed. */
export function changeSince(before: Told | undefined, now: State) {
  const known = before && now.messages.some((message) => before.seen.has(message.id));
  const first = before?.seen.size === 0 && !now.more;
  // Nothing in common with what was told: more has come than one page holds, so the reader starts over.
  if (!before || (!known && !first && now.messages.length > 0)) return { event: "state", data: now };
  const messages = now.messages.filter((message) => before.seen.get(message.id) !== message.status);
  if (messages.length === 0 && sameEnding(before, now)) return undefined;
  return { event: "changed", data: { messages, closed: now.closed, completion: now.completion } };
}

/** Watches one visitor's conversation, and who writes an answer in its latest ticket. */
function createWatch(ports: ChannelPorts, { channel, who, ring }: Watched) {
  let stop: (() => void) | undefined;
  let stopTyping: (() => void) | undefined;
  let ticket: string | null = null;
  const watch = {
    /** Something was said or marked since it was last asked. */
    changed: true,
    writer: null as string | null,
    /** A visitor who has said nothing is nobody yet: there is nothing to watch until the first message. */
    async follow(ticketId: string | null): Promise<void> {
      if (!ticketId || ticketId === ticket) return;
      ticket = ticketId;
      stopTyping?.();
      stopTyping = ports.watchTyping(channel, ticketId, (name) => {
        watch.writer = name;
        ring();
      });
      stop ??= await ports.watch(channel, who, () => {
        watch.changed = true;
        ring();
      });
    },
    end() {
      stop?.();
      stopTyping?.();
    },
  };
  return watch;
}
type Watched = {
  channel: ChannelCall["channel"];
  who: ReturnType<typeof identityOf>;
  ring(): void;
};

/** Remembers what one reader has been told, and answers what there is to tell. */
function createTeller(channel: ChannelCall["channel"], ports: ChannelPorts, visitor: Visitor) {
  let told: Told | undefined;
  let toldWriter: string | null = null;
  return {
    async news(watch: ReturnType<typeof createWatch>) {
      if (!watch.changed) return undefined;
      watch.changed = false;
      const who = identityOf(visitor);
      const { ticketId } = await ports.conversation(channel, who, { limit: 1 });
      await watch.follow(ticketId);
      // Read after watching has begun: what is said in between is in it, or rings.
      const { messages, more, closed, completion } = await ports.conversation(channel, who, {
        limit: newest,
      });
      const ending = { closed, completion: presentCompletion(channel, completion) };
      const state = {
        messages: messages.map((message) => presentMessage(visitor, message)),
        more,
        ...ending,
      };
      const change = changeSince(told, state);
      told = { seen: statusesOf(state.messages), ...ending };
      return change;
    },
    writer(name: string | null) {
      if (name === toldWriter) return undefined;
      toldWriter = name;
      return { event: "typing", data: { name: name === null ? null : (firstName(name) ?? "") } };
    },
    /** A visitor who had said nothing may have done so by another window, which nothing rings for. */
    mustLookAgain: () => told === undefined || told.seen.size === 0,
  };
}

/** The visitor's conversation as it goes on, until the caller leaves. */
export async function* conversationEvents(
  call: Pick<ChannelCall, "channel" | "signal">,
  ports: ChannelPorts,
  visitor: Visitor,
): AsyncGenerator<{ event: string; data: unknown }> {
  const { channel, signal } = call;
  const bell = createBell(signal);
  const watch = createWatch(ports, { channel, who: identityOf(visitor), ring: bell.ring });
  const teller = createTeller(channel, ports, visitor);
  try {
    while (!signal.aborted) {
      const news = await teller.news(watch);
      if (news) yield news;
      const writer = teller.writer(watch.writer);
      if (writer) yield writer;
      // Most rings are about something a visitor does not see: a note, a new owner. They are no reason to say anything.
      if (await bell.wait(heartbeatMs)) continue;
      watch.changed ||= teller.mustLookAgain();
      yield { event: "heartbeat", data: {} };
    }
  } finally {
    watch.end();
  }
}
