import type { Ticket } from "@okno/contract";
import type { TicketFacts } from "./filters.ts";

/** A change that the person made and the server has not answered yet. */
export type Guess = { token: string; change: Partial<TicketFacts> };

/** What is known of a ticket beyond the lists it came in: its newest facts, and guesses on top of them. */
export type Known = {
  facts: TicketFacts | undefined;
  guesses: readonly Guess[];
  /** Came to our knowledge by an event: a list that does not show it may have to. */
  heard: boolean;
};
export type KnownTickets = ReadonlyMap<string, Known>;

/** More than any list shows at once; the longest unheard of go first. */
const mostKept = 2000;

const unknown: Known = { facts: undefined, guesses: [], heard: false };

function trim(next: Map<string, Known>): KnownTickets {
  if (next.size > mostKept)
    for (const oldest of next.keys()) {
      if (next.size <= mostKept) break;
      if ((next.get(oldest)?.guesses.length ?? 0) === 0) next.delete(oldest);
    }
  return next;
}

function put(all: KnownTickets, id: string, known: Known): KnownTickets {
  const next = new Map(all);
  next.delete(id);
  next.set(id, known);
  return trim(next);
}

/** Takes what the server says of many tickets at once; what is older than what is known is ignored. */
export function learnAll(all: KnownTickets, many: readonly TicketFacts[], heard: boolean): KnownTickets {
  const next = new Map(all);
  let news = false;
  for (const facts of many) {
    const before = next.get(facts.id) ?? unknown;
    if (before.facts && before.facts.seq > facts.seq) continue;
    next.delete(facts.id);
    next.set(facts.id, { ...before, facts, heard: heard || before.heard });
    news = true;
  }
  return news ? trim(next) : all;
}

/** Takes facts that came from the server; older ones than those known are ignored. */
export function learn(all: KnownTickets, facts: TicketFacts, heard: boolean): KnownTickets {
  return learnAll(all, [facts], heard);
}

/** Something heard may have been forgotten again: only the lists, fetched again, have it all. */
export function isFull(all: KnownTickets): boolean {
  return all.size >= mostKept;
}

/** The lists have been fetched since: what was known before that, and is no newer, stands in them. */
export function forgetListed(all: KnownTickets, before: KnownTickets): KnownTickets {
  const stays = ([id, { facts, guesses }]: [string, Known]) =>
    guesses.length > 0 || facts !== before.get(id)?.facts;
  return new Map([...all].filter(stays));
}

export function guess(all: KnownTickets, id: string, made: Guess): KnownTickets {
  const before = all.get(id) ?? unknown;
  return put(all, id, { ...before, guesses: [...before.guesses, made] });
}

/** The server has answered, well or badly: the guess is no longer needed. */
export function forgetGuess(all: KnownTickets, id: string, token: string): KnownTickets {
  const before = all.get(id);
  if (!before) return all;
  return put(all, id, { ...before, guesses: before.guesses.filter((each) => each.token !== token) });
}

/** The ticket as it should be shown: the newer of what a list gave and what is known, with the guesses on top. */
export function newest<T extends TicketFacts>(given: T, all: KnownTickets): T {
  const known = all.get(given.id);
  if (!known) return given;
  const base = known.facts && known.facts.seq > given.seq ? { ...given, ...known.facts } : given;
  return Object.assign({ ...base }, ...known.guesses.map((each) => each.change));
}

/** Everything heard of by events, as it should be shown. */
export function heardTickets(all: KnownTickets): TicketFacts[] {
  return [...all.values()].flatMap(({ facts, heard }) => (facts && heard ? [newest(facts, all)] : []));
}

/** A full ticket minus what only its reader may do. */
export function factsOf({ actions: _, ...facts }: Ticket): TicketFacts {
  return facts;
}
