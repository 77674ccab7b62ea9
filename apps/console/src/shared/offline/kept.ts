import { type DehydratedState, dehydrate, hydrate, type Query } from "@tanstack/react-query";
import { clear, createStore, delMany, entries, get, set, setMany, type UseStore } from "idb-keyval";
import { queryClient } from "../api/query-client.ts";
import type { KnownTickets } from "../tickets/known.ts";

/** What was read is kept for this long, so that it can be read on without a network. */
export const keptHours = 8;
const keptMs = keptHours * 3_600_000;
/** Writing waits for a quiet moment, at most this often. */
const everyMs = 2_000;
/** How often what is on the screen, and kept fresh there, is said to be as of now; and what is too old is removed. */
const beatMs = 60_000;
/** The newest so many answers: a day's tickets, not a year's. */
const mostKept = 400;

/** Answers worth reading on a train. Everything else is asked for again. */
const kinds: ReadonlySet<unknown> = new Set([
  "me",
  "ticket",
  "tickets",
  "contact",
  "projects",
  "topics",
  "labels",
  "channels",
  "channel-types",
  "members",
  "teams",
  "views",
]);

type DehydratedQuery = DehydratedState["queries"][number];
type Kept = { at: number; query: DehydratedQuery };
/** Whose it is, and when the server was last heard. */
type Seen = { session: string; at: number };

const seenKey = "seen";
const answerPrefix = "answer ";
let opened: UseStore | undefined;
const store = () => {
  opened ??= createStore("okno", "kept");
  return opened;
};

type Keeper = { session: string; changed: Set<Query>; timer: ReturnType<typeof setTimeout> | undefined };
let keeper: Keeper | undefined;

const isWorthKeeping = ({ queryKey, state }: Query) => kinds.has(queryKey[0]) && state.data !== undefined;
const isFresh = (at: number) => Date.now() - at <= keptMs;

/** What the person did and the server never answered is no fact. */
function withoutGuesses(query: DehydratedQuery): DehydratedQuery {
  if (query.queryKey[1] !== "known") return query;
  const known = query.state.data as KnownTickets;
  const data = new Map([...known].map(([id, each]) => [id, { ...each, guesses: [] }]));
  return { ...query, state: { ...query.state, data } };
}

function keptForm(changed: ReadonlySet<Query>): [string, Kept][] {
  const at = Date.now();
  const { queries } = dehydrate(queryClient, {
    shouldDehydrateQuery: (query) => changed.has(query) && isWorthKeeping(query),
    shouldDehydrateMutation: () => false,
  });
  return queries.map((query) => [answerPrefix + query.queryHash, { at, query: withoutGuesses(query) }]);
}

/** Storage may be forbidden or full: then nothing is kept, and nothing else suffers. */
async function quietly(work: Promise<unknown>): Promise<void> {
  await work.catch(() => undefined);
}

async function write(mine: Keeper): Promise<void> {
  clearTimeout(mine.timer);
  mine.timer = undefined;
  // Signed out meanwhile: nothing may come back after it was forgotten.
  if (keeper !== mine) return;
  const written = keptForm(mine.changed);
  mine.changed.clear();
  if (written.length > 0) await quietly(setMany(written, store()));
}

async function dropOld(): Promise<void> {
  const all = (await entries<string, Kept>(store())).filter(([key]) => key.startsWith(answerPrefix));
  const newestFirst = all.sort(([, a], [, b]) => b.at - a.at);
  const old = newestFirst.filter(([, { at }], place) => place >= mostKept || !isFresh(at));
  if (old.length > 0)
    await delMany(
      old.map(([key]) => key),
      store(),
    );
}

/** Keeps what is read in this browser while the session lasts; answers how to stop. `isUp` tells whether the server is heard now. */
export function keepRead(session: string, isUp: () => boolean): () => void {
  const mine: Keeper = { session, changed: new Set(), timer: undefined };
  keeper = mine;
  const whenQuiet = () => {
    if (typeof requestIdleCallback === "undefined") void write(mine);
    else requestIdleCallback(() => void write(mine));
  };
  const note = (query: Query) => {
    mine.changed.add(query);
    mine.timer ??= setTimeout(whenQuiet, everyMs);
  };
  const beat = () => {
    if (keeper !== mine) return;
    if (isUp()) {
      void quietly(set(seenKey, { session, at: Date.now() } satisfies Seen, store()));
      // The stream keeps what is on the screen fresh, though it is never fetched again.
      for (const query of queryClient.getQueryCache().getAll()) if (query.isActive()) note(query);
    }
    void quietly(dropOld());
  };
  const hide = () => {
    if (document.visibilityState !== "hidden") return;
    beat();
    void write(mine);
  };
  const stopHearing = queryClient.getQueryCache().subscribe((event) => {
    if (event.type === "updated" && event.action.type === "success") note(event.query);
  });
  const beats = setInterval(beat, beatMs);
  void quietly(forgetStrange(session).then(() => set(seenKey, { session, at: Date.now() }, store()))).then(
    beat,
  );
  document.addEventListener("visibilitychange", hide);
  return () => {
    if (keeper === mine) keeper = undefined;
    clearTimeout(mine.timer);
    clearInterval(beats);
    stopHearing();
    document.removeEventListener("visibilitychange", hide);
  };
}

/**
 * Puts back what was kept, where the server cannot be asked.
 * @returns when the server was last heard; nothing where nothing is kept, or it is too old.
 */
export async function restoreRead(): Promise<number | undefined> {
  try {
    const seen = await get<Seen>(seenKey, store());
    if (!seen || !isFresh(seen.at)) {
      await forgetRead();
      return undefined;
    }
    const all = await entries<string, Kept>(store());
    const queries = all.flatMap(([key, kept]) =>
      key.startsWith(answerPrefix) && isFresh(kept.at) ? [kept.query] : [],
    );
    // It cannot be fetched again for now, so it may not be dropped for want of use.
    const defaultOptions = { queries: { gcTime: keptMs } };
    hydrate(queryClient, { mutations: [], queries }, { defaultOptions });
    return seen.at;
  } catch {
    return undefined;
  }
}

/** Forgets what was kept: at sign-out, when the session ended, and when it is too old. */
export async function forgetRead(): Promise<void> {
  keeper = undefined;
  await quietly(clear(store()));
}

/** What a former session left here is nobody's to read. */
async function forgetStrange(session: string): Promise<void> {
  const seen = await get<Seen>(seenKey, store());
  if (seen && (seen.session !== session || !isFresh(seen.at))) await clear(store());
}
