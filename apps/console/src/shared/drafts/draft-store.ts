import type { Draft } from "@okno/contract";
import { createClient } from "@okno/sdk";
import { api } from "../api/client.ts";
import { isRefusal } from "../api/error-message.ts";
import { queryClient } from "../api/query-client.ts";
import { keepUntilLeaving } from "../session/leaving.ts";
import { begunKey } from "./begun-drafts.ts";
import { type DraftText, isBlank, mergeDrafts, sameDraft, textOf } from "./draft-text.ts";
import { forgetKept, type KeptDraft, keptTickets, nothingKept, readKept, writeKept } from "./local-drafts.ts";

/** A draft in hand. `both`: two texts of two devices stand one under the other, and the author has not said that they saw it. */
export type DraftState = KeptDraft & {
  both: boolean;
  /** The server could not be reached: what is typed is in this browser alone. */
  unreached: boolean;
};

type Entry = {
  state: DraftState;
  listeners: Set<() => void>;
  timer?: ReturnType<typeof setTimeout> | undefined;
  saving?: Promise<boolean> | undefined;
};

/** After the last key, and again while the server is out of reach. */
const saveMs = 800;
const againMs = 10_000;
/** Browsers take no more than this along when a page goes. */
const keepaliveBytes = 60_000;

let owner = "";
const entries = new Map<string, Entry>();
const tabs = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("okno.drafts");
const parting = createClient({
  baseUrl: "",
  fetch: (input, init) => fetch(input, { ...init, keepalive: true }),
});

function entryOf(ticket: string): Entry {
  const known = entries.get(ticket);
  if (known) return known;
  const kept = readKept(owner, ticket) ?? nothingKept;
  const entry: Entry = { state: { ...kept, both: false, unreached: false }, listeners: new Set() };
  entries.set(ticket, entry);
  return entry;
}

function show(ticket: string, state: DraftState): void {
  const entry = entryOf(ticket);
  entry.state = state;
  for (const listener of entry.listeners) listener();
}

/** Shows it, keeps it in this browser, and tells the other tabs. */
function set(ticket: string, state: DraftState): void {
  writeKept(owner, ticket, state);
  show(ticket, state);
  tabs?.postMessage({ owner, ticket, state });
}

/** What the server has, taken together with what is typed here. */
function absorb(ticket: string, server: Draft): void {
  const { state } = entryOf(ticket);
  if (server.version === state.version) return;
  const theirs = textOf(server);
  const { draft, both } = state.dirty
    ? mergeDrafts(state.base, state.text, theirs)
    : { draft: theirs, both: false };
  const dirty = !sameDraft(draft, theirs);
  set(ticket, {
    text: draft,
    base: theirs,
    version: server.version,
    dirty,
    both: both || state.both,
    unreached: false,
  });
  // Sent from here or emptied elsewhere: the lists must not go on saying that something is begun.
  if (isBlank(state.base) !== isBlank(theirs)) void queryClient.invalidateQueries({ queryKey: begunKey });
}

const bodyOf = ({ text, version }: KeptDraft) => ({
  mode: text.mode,
  reply: text.reply,
  note: text.note,
  attachments: text.attachments.map((file) => file.id),
  mentions: text.mentions.map(({ kind, id, name }) => ({ kind, id, name })),
  version,
});

async function put(ticket: string): Promise<void> {
  const { state } = entryOf(ticket);
  const sent = state.text;
  const stored = await api.drafts.put({ params: { id: ticket }, body: bodyOf(state) });
  const now = entryOf(ticket).state;
  // Files that a message has taken meanwhile are no longer the draft's.
  const gone = new Set(
    sent.attachments
      .filter((file) => !stored.attachments.some((each) => each.id === file.id))
      .map(({ id }) => id),
  );
  const text = gone.size
    ? { ...now.text, attachments: now.text.attachments.filter((file) => !gone.has(file.id)) }
    : now.text;
  const base = textOf(stored);
  set(ticket, {
    ...now,
    text,
    base,
    version: stored.version,
    dirty: !sameDraft(text, base),
    unreached: false,
  });
  if (isBlank(state.base) !== isBlank(base)) void queryClient.invalidateQueries({ queryKey: begunKey });
}

/** Until the server has what is typed, or says why not. */
async function saveNow(ticket: string): Promise<boolean> {
  for (let tried = 0; entryOf(ticket).state.dirty && tried < 5; tried++) {
    try {
      await put(ticket);
    } catch (error) {
      if (!isRefusal(error, "version_conflict")) {
        if (error instanceof TypeError) {
          show(ticket, { ...entryOf(ticket).state, unreached: true });
          later(ticket, againMs);
        }
        return false;
      }
      const { draft } = (error.problem?.details ?? {}) as { draft?: Draft };
      if (!draft) return false;
      absorb(ticket, draft);
    }
  }
  return !entryOf(ticket).state.dirty;
}

/** Saves on the server now. Answers whether it has everything. */
export async function saveDraft(ticket: string): Promise<boolean> {
  const entry = entryOf(ticket);
  clearTimeout(entry.timer);
  await entry.saving;
  if (!entry.state.dirty) return true;
  entry.saving = saveNow(ticket).finally(() => {
    entry.saving = undefined;
  });
  return entry.saving;
}

function later(ticket: string, ms: number): void {
  const entry = entryOf(ticket);
  clearTimeout(entry.timer);
  entry.timer = setTimeout(() => void saveDraft(ticket), ms);
}

/** Fetches what the server has: at opening, and when the reader comes back to the page. Never fails: what is here is here. */
export async function fetchDraft(ticket: string): Promise<void> {
  await entryOf(ticket).saving;
  try {
    absorb(ticket, await api.drafts.get({ params: { id: ticket } }));
  } catch {
    return;
  }
  if (entryOf(ticket).state.dirty) later(ticket, saveMs);
}

export type DraftChange = Partial<DraftText> | ((before: DraftText) => Partial<DraftText>);

/** Something was typed: kept here at once, on the server a moment later. */
export function changeDraft(ticket: string, change: DraftChange): void {
  const { state } = entryOf(ticket);
  const next = typeof change === "function" ? change(state.text) : change;
  const text = { ...state.text, ...next };
  set(ticket, { ...state, text, dirty: !sameDraft(text, state.base) });
  later(ticket, saveMs);
}

/** The author has seen that two texts stand there. */
export function seenBoth(ticket: string): void {
  set(ticket, { ...entryOf(ticket).state, both: false });
}

/** The server has answered with a draft that it changed itself. */
export function takeDraft(ticket: string, server: Draft): void {
  absorb(ticket, server);
}

export function draftOf(ticket: string): DraftState {
  return entryOf(ticket).state;
}

export function watchDraft(ticket: string, listener: () => void): () => void {
  const { listeners } = entryOf(ticket);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The page may be gone in a moment: what is not saved yet goes along with it. What is too long stays in this browser. */
function saveParting(): void {
  for (const [ticket, { state, saving }] of entries) {
    if (!state.dirty || saving !== undefined) continue;
    const body = bodyOf(state);
    if (new Blob([JSON.stringify(body)]).size > keepaliveBytes) continue;
    parting.drafts.put({ params: { id: ticket }, body }).catch(() => undefined);
  }
}

function onMessage({ data }: MessageEvent<{ owner: string; ticket: string; state: DraftState }>): void {
  if (data.owner === owner && entries.has(data.ticket)) show(data.ticket, data.state);
}

/** Whose drafts these are: said before anything is drawn. */
export function ownDrafts(member: string): void {
  if (owner !== member) entries.clear();
  owner = member;
}

/** Takes up the drafts of this member, and saves what an earlier visit left unsaved; answers how to let go of it. */
export function openDrafts(member: string): () => void {
  ownDrafts(member);
  const hide = () => {
    if (document.visibilityState === "hidden") for (const ticket of entries.keys()) void saveDraft(ticket);
  };
  tabs?.addEventListener("message", onMessage);
  window.addEventListener("pagehide", saveParting);
  document.addEventListener("visibilitychange", hide);
  const stay = keepUntilLeaving({ handOver: handOverDrafts, forget: forgetDrafts });
  for (const ticket of keptTickets(member)) void fetchDraft(ticket);
  return () => {
    stay();
    tabs?.removeEventListener("message", onMessage);
    window.removeEventListener("pagehide", saveParting);
    document.removeEventListener("visibilitychange", hide);
  };
}

/** The server is back: whatever it does not have goes now. */
export function saveDrafts(): Promise<boolean[]> {
  return Promise.all(keptTickets(owner).map(saveDraft));
}

/** Before signing out: the server has everything of this person, and the browser nothing; or false, and nothing is removed. */
async function handOverDrafts(): Promise<boolean> {
  const saved = await saveDrafts();
  if (saved.includes(false)) return false;
  forgetDrafts();
  return true;
}

/** Removes the person's drafts from this browser, saved or not. */
function forgetDrafts(): void {
  for (const entry of entries.values()) clearTimeout(entry.timer);
  entries.clear();
  forgetKept(owner);
}
