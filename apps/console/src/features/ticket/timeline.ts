import type { Message, TicketEvent } from "@okno/contract";

export type Entry =
  | { kind: "day"; key: string; at: Date }
  | { kind: "message"; key: string; message: Message; joined: boolean }
  | { kind: "history"; key: string; events: TicketEvent[] };

/** Said by the messages themselves, or of no interest to a reader. */
const silent: ReadonlySet<string> = new Set([
  "message.added",
  "note.added",
  "message.status_changed",
  "ticket.created",
]);

/** Messages of one author within this time stand together under one name. */
const joinMs = 5 * 60_000;

type Item = { at: Date; seq: number; message?: Message; event?: TicketEvent };

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
  /** False while older messages are still to be fetched: older history then waits for them. */
  complete: boolean;
};

/** Messages and history as one story, oldest first, with a separator a day. */
export function buildTimeline({ messages, history, complete }: TimelineInput): Entry[] {
  const oldest = complete ? 0 : Math.min(...messages.map((message) => message.seq));
  const items: Item[] = [
    ...messages.map((message) => ({ at: new Date(message.createdAt), seq: message.seq, message })),
    ...history
      .filter((event) => !silent.has(event.type) && event.seq >= oldest)
      .map((event) => ({ at: new Date(event.at), seq: event.seq, event })),
  ].sort((a, b) => a.seq - b.seq);
  const entries: Entry[] = [];
  let day: Date | undefined;
  for (const item of items) {
    if (!day || !sameDay(day, item.at)) entries.push({ kind: "day", key: `day ${item.seq}`, at: item.at });
    day = item.at;
    add(entries, item);
  }
  return entries;
}
