import type { Attachment, Mention, Message, ThenAct } from "@okno/contract";
import { queryOptions, skipToken, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage, isRefusal } from "../../shared/api/error-message.ts";
import { queryClient } from "../../shared/api/query-client.ts";
import { keepUntilLeaving } from "../../shared/session/leaving.ts";
import { guessFor } from "../../shared/tickets/act.ts";
import { factsOf, forgetGuess, guess, learn } from "../../shared/tickets/known.ts";
import { addNewest } from "../../shared/tickets/merge-pages.ts";
import { changeKnown, messagesQuery, type Pages, ticketQuery } from "../../shared/tickets/queries.ts";
import { refreshTicket, refreshTimeline } from "../../shared/tickets/refresh.ts";

/** A message on its way. Kept by the browser until the server has it: nothing typed is ever lost. */
export type Outgoing = {
  /** Also the idempotency key: sending again can never send twice. */
  key: string;
  ticket: string;
  body: string;
  visibility: Message["visibility"];
  attachments: readonly Attachment[];
  /** Whom a note names. */
  mentions?: readonly Mention[];
  /** What is done with the ticket in the same breath. */
  andThen?: ThenAct;
  seenSeq: number;
  at: string;
  state: "sending" | "failed" | "moved_on";
  /** Why it failed, in words. */
  why?: string;
  /** The server was not reached: worth trying again by itself when it is back. */
  unreached?: boolean;
  /** What was written meanwhile, and the newest of it. */
  newer?: Message[];
  newerSeq?: number;
};

const nothing: readonly Outgoing[] = [];
let owner = "";

const outboxQuery = queryOptions({
  queryKey: ["outbox"],
  queryFn: skipToken,
  initialData: nothing,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

const storageKey = () => `okno.outbox.${owner}`;

function read(): Outgoing[] {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey()) ?? "[]") as Outgoing[];
    // Whoever was sending it is gone, or is another tab, which will say when it is done.
    return kept.map((each) =>
      each.state === "sending" ? { ...each, state: "failed", unreached: true } : each,
    );
  } catch {
    return [];
  }
}

function all(): readonly Outgoing[] {
  return queryClient.getQueryData(outboxQuery.queryKey) ?? nothing;
}

function write(next: readonly Outgoing[]): void {
  queryClient.setQueryData(outboxQuery.queryKey, next);
  try {
    if (next.length === 0) localStorage.removeItem(storageKey());
    else localStorage.setItem(storageKey(), JSON.stringify(next));
  } catch {
    // Without storage the outbox lives as long as the page.
  }
}

/** In its place: what was written first goes first. */
function put(entry: Outgoing): void {
  const known = all().some(({ key }) => key === entry.key);
  write(known ? all().map((each) => (each.key === entry.key ? entry : each)) : [...all(), entry]);
}
const drop = (key: string) => write(all().filter((each) => each.key !== key));

/** Takes up the outbox of this member; answers how to let go of it. */
export function openOutbox(member: string): () => void {
  owner = member;
  queryClient.setQueryData(outboxQuery.queryKey, read());
  const sync = (event: StorageEvent) => {
    if (event.key === storageKey()) queryClient.setQueryData(outboxQuery.queryKey, read());
  };
  window.addEventListener("storage", sync);
  const stay = keepUntilLeaving({
    // What is on its way or was refused is in nobody's hands but the author's.
    handOver: async () => all().length === 0,
    forget: () => write([]),
  });
  return () => {
    stay();
    window.removeEventListener("storage", sync);
  };
}

export function useOutbox(ticket: string): Outgoing[] {
  const { data } = useQuery(outboxQuery);
  return useMemo(() => (data ?? []).filter((each) => each.ticket === ticket), [data, ticket]);
}

/** What stands last where the text goes now: its author decides once, and knowing it. */
async function showNewest(entry: Outgoing): Promise<void> {
  const { data } = await api.messages.list({ params: { id: entry.ticket }, query: { limit: 3 } });
  const waits = all().some(({ key, state }) => key === entry.key && state === "moved_on");
  if (waits && data[0]) put({ ...entry, newer: data.toReversed(), newerSeq: data[0].seq });
}

function refused(entry: Outgoing, error: unknown): void {
  if (isRefusal(error, "ticket_moved_on")) {
    const { newer, messageSeq } = (error.problem?.details ?? {}) as {
      newer?: Message[];
      messageSeq?: number;
    };
    put({ ...entry, state: "moved_on", newer: newer ?? [], newerSeq: messageSeq ?? entry.seenSeq });
    void refreshTimeline(entry.ticket);
    return;
  }
  // A colleague has merged the ticket meanwhile: the text goes where the conversation went, and its author decides there.
  if (isRefusal(error, "ticket_merged")) {
    const { ticket } = (error.problem?.details ?? {}) as { ticket?: { id: string } };
    if (ticket) {
      const moved: Outgoing = { ...entry, ticket: ticket.id, state: "moved_on", newer: [] };
      put(moved);
      void refreshTicket(entry.ticket);
      showNewest(moved).catch(() => undefined);
      return;
    }
  }
  put({ ...entry, state: "failed", why: errorMessage(error), unreached: error instanceof TypeError });
}

/** What waits behind this message was written by somebody who knew of it: it is nothing new to them. */
function letFollow({ ticket, seenSeq }: Outgoing, { seq }: Message): void {
  const follows = (each: Outgoing) => each.ticket === ticket && each.seenSeq === seenSeq;
  write(all().map((each) => (follows(each) ? { ...each, seenSeq: seq } : each)));
}

async function settle(entry: Outgoing, message: Message): Promise<void> {
  const { queryKey } = messagesQuery(entry.ticket);
  queryClient.setQueryData<Pages<Message>>(queryKey, (pages) => addNewest(pages, message));
  drop(entry.key);
  letFollow(entry, message);
  const facts = await queryClient.fetchQuery({ ...ticketQuery(entry.ticket), staleTime: 0 });
  changeKnown((known) => forgetGuess(learn(known, factsOf(facts), true), entry.ticket, entry.key));
  await refreshTimeline(entry.ticket);
}

const nobody = { id: "", name: "" };

/** How the ticket will most likely stand once the server has it. */
function guessed({ ticket, body, visibility, andThen, at }: Outgoing): Parameters<typeof guess>[2]["change"] {
  const lastMessage = { preview: body.slice(0, 200), by: "us", at } as const;
  const said = visibility === "public" ? { waitingSince: null, lastMessage } : {};
  if (!andThen) return said;
  const common = { id: ticket, me: nobody };
  const moved =
    andThen.action === "complete"
      ? guessFor({ ...common, action: "complete", body: {} })
      : guessFor({ ...common, action: "postpone", body: andThen });
  return { ...said, ...moved };
}

/** Sends, or sends again. Answers the message when the server has it. */
export async function send(again: Outgoing): Promise<Message | undefined> {
  const { unreached: _, why: __, ...entry } = again;
  const { key, ticket, body, visibility, attachments, mentions = [], andThen, seenSeq } = entry;
  put({ ...entry, state: "sending" });
  const change = guessed({ ...entry, at: new Date().toISOString() });
  changeKnown((known) => guess(known, ticket, { token: key, change }));
  try {
    const message = await api.messages.add({
      params: { id: ticket },
      body: {
        body,
        visibility,
        attachments: attachments.map((file) => file.id),
        mentions: mentions.map((mention) => mention.id),
        ...(andThen && { andThen }),
        seenSeq,
      },
      idempotencyKey: key,
    });
    settle(entry, message).catch(() => changeKnown((known) => forgetGuess(known, ticket, key)));
    return message;
  } catch (error) {
    changeKnown((known) => forgetGuess(known, ticket, key));
    refused(entry, error);
    return undefined;
  }
}

/** The author has seen what is newer and sends all the same: another request, so another key. */
export function sendAnyway(entry: Outgoing): Promise<Message | undefined> {
  drop(entry.key);
  const { newer: _, newerSeq, ...rest } = entry;
  return send({ ...rest, key: crypto.randomUUID(), seenSeq: newerSeq ?? entry.seenSeq });
}

/** Takes it out of the outbox, back into the author's hands. */
export function takeBack(entry: Outgoing): void {
  drop(entry.key);
}

/** Puts it into the outbox as it was taken out. */
export function putBack(entry: Outgoing): void {
  put(entry);
}

const isWaiting = (entry: Outgoing) => entry.state === "failed" && entry.unreached === true;
let resending = false;

/**
 * The server is back: whatever did not reach it goes now, in the order in which it was written.
 * @returns the tickets whose author has to decide, because something was written there meanwhile.
 */
export async function resendUnreached(): Promise<string[]> {
  if (resending) return [];
  resending = true;
  try {
    const keys = all().flatMap((entry) => (isWaiting(entry) ? [entry.key] : []));
    const find = (key: string) => all().find((each) => each.key === key);
    for (const key of keys) {
      const entry = find(key);
      if (!entry || !isWaiting(entry)) continue;
      await send(entry);
      // Still out of reach: the others need not knock too.
      if (find(key)?.unreached) break;
    }
    return all().flatMap(({ key, ticket, state }) =>
      state === "moved_on" && keys.includes(key) ? [ticket] : [],
    );
  } finally {
    resending = false;
  }
}

/** Is anything waiting for the server? */
export const useWaitingOutbox = (): boolean => (useQuery(outboxQuery).data ?? []).some(isWaiting);
