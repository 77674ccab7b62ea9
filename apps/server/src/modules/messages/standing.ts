import type { TicketRow } from "../tickets/index.ts";

// What a reply may move in a ticket, in parts that are put back together: a state without its reason would be no state.
const parts = {
  state: ["state", "phase", "outcome", "waiting_for", "due_at", "completed_at", "completed_by"],
  owner: ["assignee_id", "assignee_name"],
  waiting: ["waiting_since"],
  lastWords: ["last_preview", "last_by", "last_message_at"],
} as const satisfies Record<string, readonly (keyof TicketRow)[]>;
type Part = keyof typeof parts;
const partNames = Object.keys(parts) as Part[];

type Value = string | number | null;
/** Each part as it was at one moment; instants as text, for it is stored as JSON. */
export type Standing = Record<Part, Value[]>;
/** What a held reply did to its ticket. */
export type Undo = { before: Standing; after: Standing };

const plain = (value: unknown): Value => (value instanceof Date ? value.toISOString() : (value as Value));
const instants = new Set<string>(["due_at", "completed_at", "waiting_since", "last_message_at"]);

export function standingOf(ticket: TicketRow): Standing {
  return Object.fromEntries(
    partNames.map((part) => [part, parts[part].map((name) => plain(ticket[name]))]),
  ) as Standing;
}

const same = (a: readonly Value[], b: readonly Value[]) => JSON.stringify(a) === JSON.stringify(b);

function put(ticket: TicketRow, part: Part, values: readonly Value[]): TicketRow {
  const entries = parts[part].map((name, index) => {
    const value = values[index] ?? null;
    return [name, instants.has(name) && typeof value === "string" ? new Date(value) : value];
  });
  return { ...ticket, ...(Object.fromEntries(entries) as Partial<TicketRow>) };
}

/** The next reply after the one that is taken back: `undo` while it is held itself. */
export type NextReply = { undo: Undo | null };

/** A reply stays an answer: who waited, and the last words, are its own whatever they were before. */
const answers = new Set<Part>(["waiting", "lastWords"]);

/**
 * Does the next held reply now stand on what stood before this one? Its own undo must then lead there.
 * @returns true when the part of the ticket is the next reply's doing and stays.
 */
function handOver(part: Part, mine: Undo, next: Undo): boolean {
  if (!same(next.before[part], mine.after[part])) return true;
  const changed = answers.has(part) || !same(next.before[part], next.after[part]);
  next.before[part] = mine.before[part];
  if (!changed) next.after[part] = mine.before[part];
  return changed;
}

/** Since when the customer waits, when no answer of ours is left after they asked. */
function stillWaiting(ticket: TicketRow, [since]: readonly Value[]): TicketRow {
  if (typeof since !== "string" || !ticket.waiting_since) return ticket;
  const earlier = new Date(since);
  return earlier < ticket.waiting_since ? { ...ticket, waiting_since: earlier } : ticket;
}

/**
 * The ticket as it would stand without a held reply: each part goes back to what it was, unless somebody has changed it since.
 * @returns the ticket, and the next held reply's undo where that changed too.
 */
export function takeBack(
  ticket: TicketRow,
  mine: Undo,
  next?: NextReply,
): { ticket: TicketRow; next?: Undo } {
  const nextUndo = next?.undo ? structuredClone(next.undo) : undefined;
  let result = ticket;
  const now = standingOf(ticket);
  for (const part of partNames) {
    if (nextUndo && handOver(part, mine, nextUndo)) continue;
    if (next && !nextUndo && answers.has(part)) continue;
    if (same(now[part], mine.after[part])) result = put(result, part, mine.before[part]);
    else if (part === "waiting") result = stillWaiting(result, mine.before.waiting);
  }
  // Somebody has settled it meanwhile: nobody waits then.
  if (result.phase === "done") result = { ...result, waiting_since: null };
  return { ticket: result, ...(nextUndo && { next: nextUndo }) };
}
