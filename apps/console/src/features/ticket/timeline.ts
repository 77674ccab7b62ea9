import type { Confirmation, Message, TicketEvent } from "@okno/contract";

export type Entry =
  | { kind: "day"; key: string; at: Date }
  | { kind: "message"; key: string; message: Message; joined: boolean }
  | { kind: "confirmation"; key: string; confirmation: Confirmation }
  | { kind: "history"; key: string; events: TicketEvent[] };

/** Said by the messages themselves, or of no interest to a reader. */
const silent: ReadonlySet<string> = new Set([
  "message.added",
  "note.added",
  "message.status_changed",
  "message.released",
  "ticket.created",
  "confirmation.issued",
  "confirmation.delivered",
]);

/** Messages of one author within this time stand together under one name. */
const joinMs = 5 * 60_000;

type Item = { at: Date; seq: number; message?: Message; event?: TicketEvent; confirmation?: Confirmation };

function sameDay(a: Date, b: Date): boolean {
  return a.getFullYear() === b.getFullYear() && a.getMonth() === b.getMonth() && a.getDate() === b.getDate();
}

function joins(message: Message, before: Entry | undefined): boolean {
  if (before?.kind !== "message") return false;
  const last = before.message;
  return (
    last.author.id === message.author.id &&
    last.author.kind === message.author.kind &&
    last.visibility === message.visibility &&
    Date.parse(message.createdAt) - Date.parse(last.createdAt) < joinMs
  );
}

function add(entries: Entry[], item: Item): void {
  const last = entries.at(-1);
  if (item.message) {
    const { message } = item;
    entries.push({ kind: "message", key: message.id, message, joined: joins(message, last) });
  } else if (item.confirmation) {
    const { confirmation } = item;
    entries.push({ kind: "confirmation", key: confirmation.id, confirmation });
  } else if (item.event && last?.kind === "history") {
    last.events.push(item.event);
  } else if (item.event) {
    entries.push({ kind: "history", key: `history ${item.seq}`, events: [item.event] });
  }
}

export type TimelineInput = {
  /** In any order. */
  messages: readonly Message[];
  history: readonly TicketEvent[];
  /** What was asked to be confirmed: a card each, where it was asked. */
  confirmations?: readonly Confirmation[];
  /** False while older messages are still to be fetched: older history then waits for them. */
  complete: boolean;
};

/**
 * Until when the story may be told. What another ticket brought in stands far down by its number and far up by its time: while older
 * numbers are still to come, nothing is told that they may have to be put after. Events keep time and number in the same order.
 */
function toldSince({ history, complete }: TimelineInput, oldest: number): number {
  const known = history.filter((event) => event.seq >= oldest);
  const reaches = history.some((event) => event.seq < oldest);
  if (complete || !reaches || known.length === 0) return Number.NEGATIVE_INFINITY;
  return Math.min(...known.map((event) => Date.parse(event.at)));
}

/** The cards of the part of the story that is known; right after the message that carries the question, where there is one. */
function asked({ messages, confirmations = [], complete }: TimelineInput): Item[] {
  const from = Math.min(...messages.map((message) => Date.parse(message.createdAt)));
  return confirmations
    .map((confirmation) => ({
      at: new Date(confirmation.createdAt),
      seq: messages.find(({ id }) => id === confirmation.message)?.seq ?? Number.MAX_SAFE_INTEGER,
      confirmation,
    }))
    .filter(({ at }) => complete || at.getTime() >= from);
}

/** Messages and history as one story in the order in which it happened, with a separator a day. */
export function buildTimeline(input: TimelineInput): Entry[] {
  const { messages, history, complete } = input;
  const oldest = complete ? 0 : Math.min(...messages.map((message) => message.seq));
  const since = toldSince(input, oldest);
  const items: Item[] = [
    ...messages.map((message) => ({ at: new Date(message.createdAt), seq: message.seq, message })),
    ...history
      .filter((event) => (!silent.has(event.type) || event.data.splitFrom) && event.seq >= oldest)
      .map((event) => ({ at: new Date(event.at), seq: event.seq, event })),
    ...asked(input),
  ]
    .filter((item) => item.at.getTime() >= since)
    .sort((a, b) => a.at.getTime() - b.at.getTime() || a.seq - b.seq);
  const entries: Entry[] = [];
  let day: Date | undefined;
  for (const item of items) {
    if (!day || !sameDay(day, item.at)) entries.push({ kind: "day", key: `day ${item.seq}`, at: item.at });
    day = item.at;
    add(entries, item);
  }
  return entries;
}
