import { searchCountCap } from "@okno/contract";
import { refuse } from "@okno/kit";
import { type Queryable, statement } from "../../platform/database.ts";
import { candidatesStatement, encodePlace, type KeyRow, type Question, walkStatement } from "./pages.ts";
import type { Term } from "./terms.ts";

// Two ways to a page. What is common is met soon by walking from the newest ticket on; what is rare is few in the index of words. So
// search walks a little, and from what it met there decides which way is shorter. Either costs the same however many tickets there are.

const holding = statement(
  "search.holding",
  "select ticket_id, place from search_holding($1, $2::uuid[], $3::tsquery[], $4::tsquery[])",
);

/** How many tickets are looked at before the first decision, and at least and at most at once after it. */
const firstWalk = 120;
const leastWalk = 400;
const mostAtOnce = 2_000;
/** Walking farther than this costs more than reading from the index of words what is so rare. */
const worthWalking = 3_000;
/** What stands in every tenth ticket is never read from the index of words: that would be all of them. */
const commonShare = 0.1;
/** So far is walked for one page where the index of words is no help, and then the page is short. */
const longestWalk = 20_000;
const margin = 1.3;
/** So many texts are read from the index of words. What stands in more is walked for, even where the newest tickets have none of it. */
const mostRead = 20_000;

/** What one search may cost; tests lower it. */
export type Bounds = { mostRead: number; longestWalk: number };
const bounds: Bounds = { mostRead, longestWalk };

export type Found = {
  ids: string[];
  nextCursor: string | null;
  total: { value: number; more: boolean };
};

type Row = KeyRow & { fits: boolean };
type Walk = {
  matches: KeyRow[];
  walked: number;
  last: Row | undefined;
  exhausted: boolean;
  /** In how many of the first tickets each term was met, whether they fit or not. */
  met: number[];
  sampled: number;
};

/** The places of the terms that each of these tickets holds. */
async function heldBy(
  db: Queryable,
  workspaceId: string,
  rows: readonly Row[],
  terms: readonly Term[],
): Promise<Map<string, Set<number>>> {
  if (terms.length === 0 || rows.length === 0) return new Map();
  const held = await db.query<{ ticket_id: string; place: number }>(holding, [
    workspaceId,
    rows.map(({ id }) => id),
    terms.map(({ words }) => words),
    terms.map(({ people }) => people),
  ]);
  const byTicket = Map.groupBy(held, (row) => row.ticket_id);
  return new Map([...byTicket].map(([id, all]) => [id, new Set(all.map(({ place }) => place - 1))]));
}

async function walkOn(
  db: Queryable,
  question: Question,
  terms: readonly Term[],
  { walk, count }: { walk: Walk; count: number },
): Promise<Walk> {
  const from = walk.last ? { ...walk.last, sort: question.sort, seen: 0 } : question.place;
  const { statement: text, values } = walkStatement({ ...question, place: from }, count);
  const rows = await db.query<Row>(text, values);
  const isFirst = walk.walked === 0;
  const looked = isFirst ? rows : rows.filter((row) => row.fits);
  const held = await heldBy(db, question.scope.workspaceId, looked, terms);
  const holds = (id: string, index: number) => held.get(id)?.has(index) ?? false;
  const matches = rows.filter(
    ({ id, fits }) => fits && terms.every((term, index) => holds(id, index) !== term.negated),
  );
  return {
    matches: [...walk.matches, ...matches],
    walked: walk.walked + rows.length,
    last: rows.at(-1) ?? walk.last,
    exhausted: rows.length < count,
    met: isFirst ? terms.map((_, index) => rows.filter(({ id }) => holds(id, index)).length) : walk.met,
    sampled: isFirst ? rows.length : walk.sampled,
  };
}

function paged(
  { sort, place }: Question,
  rows: readonly KeyRow[],
  limit: number,
  rest?: KeyRow,
): Pick<Found, "ids" | "nextCursor"> {
  const shown = rows.slice(0, limit);
  const seen = (place?.seen ?? 0) + shown.length;
  const last = rows.length > limit ? shown.at(-1) : rest;
  return {
    ids: shown.map(({ id }) => id),
    nextCursor: last ? encodePlace({ sort, id: last.id, at: last.at, weight: last.weight, seen }) : null,
  };
}

function capped(value: number, more: boolean): Found["total"] {
  return { value: Math.min(value, searchCountCap), more: more || value > searchCountCap };
}

function fromWalk(question: Question, { matches, exhausted, last }: Walk, limit: number): Found {
  const total = capped((question.place?.seen ?? 0) + matches.length, !exhausted);
  return { ...paged(question, matches, limit, exhausted ? undefined : last), total };
}

/** The rarest first: it leads, the others are only held against what it finds. */
function byRarity(terms: readonly Term[], met: readonly number[]): Term[] {
  const lengthOf = ({ words, people }: Term) => Math.max(words.length, people.length);
  return terms
    .map((term, index) => ({ term, times: term.negated ? Number.POSITIVE_INFINITY : (met[index] ?? 0) }))
    .sort((a, b) => a.times - b.times || lengthOf(b.term) - lengthOf(a.term))
    .map(({ term }) => term);
}

/** @returns undefined when the first term stands in too many texts for this way. */
async function fromWords(
  db: Queryable,
  question: Question,
  terms: readonly Term[],
  { limit, readCap }: { limit: number; readCap: number },
): Promise<Found | undefined> {
  const options = { limit: limit + 1, countCap: searchCountCap, readCap };
  const { statement: text, values } = candidatesStatement(question, terms, options);
  const rows = await db.query<KeyRow & { total: number; too_many: boolean }>(text, values);
  if (rows.some((row) => row.too_many)) return undefined;
  const seen = question.place?.seen ?? 0;
  const value = rows[0]?.total ?? seen;
  return { ...paged(question, rows, limit), total: capped(value, false) };
}

/** How many more tickets have to be walked for a page, by what was met so far. */
function stillToWalk({ matches, walked }: Walk, limit: number): number {
  return matches.length === 0
    ? Number.POSITIVE_INFINITY
    : ((limit + 1 - matches.length) * walked) / matches.length;
}

/** Does the rarest of what must be there stand in so many tickets that the index of words is no help? */
function isCommon({ met, sampled }: Walk, terms: readonly Term[]): boolean {
  const needed = met.filter((_, index) => terms[index]?.negated === false);
  return needed.length === 0 || Math.min(...needed) >= commonShare * sampled;
}

/** How many tickets to look at next; none when the index of words is the shorter way, or enough was walked. */
function nextCount(
  walk: Walk,
  limit: number,
  { most, hopeless }: { most: number; hopeless: boolean },
): number {
  const needed = stillToWalk(walk, limit);
  if (walk.walked >= most || (!hopeless && walk.walked + needed > most)) return 0;
  return Math.round(Math.min(Math.max(leastWalk, needed * margin), mostAtOnce, most - walk.walked));
}

type Search = { db: Queryable; question: Question; terms: readonly Term[]; limit: number };

/** Walks on from here until the page is full, all is seen, or `most` tickets were looked at; `hopeless`: however little was met so far. */
async function walkTo(
  { db, question, terms, limit }: Search,
  from: Walk,
  way: { most: number; hopeless: boolean },
): Promise<Walk> {
  let walk = from;
  for (let count = nextCount(walk, limit, way); count > 0; count = nextCount(walk, limit, way)) {
    walk = await walkOn(db, question, terms, { walk, count });
    if (walk.exhausted || walk.matches.length > limit) break;
  }
  return walk;
}

/** The order by weight cannot be walked: what is too wide for the index of words is refused. */
async function byWeight({ db, question, terms, limit }: Search, readCap: number): Promise<Found> {
  const refused = (message: string) => refuse("invalid_request", {}, [{ pointer: "/q", message }]);
  if (terms.every((term) => term.negated)) throw refused("names nothing to be found, which this order needs");
  const found = await fromWords(db, question, terms, { limit, readCap });
  if (!found) throw refused("stands in too many texts for this order: another word is needed");
  return found;
}

/**
 * One page of the tickets that fit and in which every term is found, or not found where negated. A page may be short, and even empty,
 * before the end: then looking further at once would cost too much, and its cursor goes on from there.
 */
export async function findTickets(
  db: Queryable,
  question: Question,
  terms: readonly Term[],
  limit: number,
  { mostRead, longestWalk } = bounds,
): Promise<Found> {
  const search: Search = { db, question, terms, limit };
  if (question.sort === "important") return byWeight(search, mostRead);
  const led = terms.some((term) => !term.negated);
  const start: Walk = { matches: [], walked: 0, last: undefined, exhausted: false, met: [], sampled: 0 };
  const count = led ? firstWalk : searchCountCap + 1;
  let walk = await walkOn(db, question, terms, { walk: start, count });
  const ended = () => walk.exhausted || walk.matches.length > limit;
  const common = isCommon(walk, terms);
  const most = common ? longestWalk : Math.min(worthWalking, longestWalk);
  if (!ended()) walk = await walkTo(search, walk, { most, hopeless: common });
  if (ended() || common) return fromWalk(question, walk, limit);
  const found = await fromWords(db, question, byRarity(terms, walk.met), { limit, readCap: mostRead });
  if (found) return found;
  // Common once, and rare or absent among the newest.
  return fromWalk(question, await walkTo(search, walk, { most: longestWalk, hopeless: true }), limit);
}
