import type { Attachment, Message } from "@okno/contract";
import { queryOptions, skipToken, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage, isRefusal } from "../../shared/api/error-message.ts";
import { queryClient } from "../../shared/api/query-client.ts";
import { factsOf, forgetGuess, guess, learn } from "../../shared/tickets/known.ts";
import { addNewest } from "../../shared/tickets/merge-pages.ts";
import { changeKnown, messagesQuery, type Pages, ticketQuery } from "../../shared/tickets/queries.ts";
import { refreshTimeline } from "../../shared/tickets/refresh.ts";

/** A message on its way. Kept by the browser until the server has it: nothing typed is ever lost. */
export type Outgoing = {
  /** Also the idempotency key: sending again can never send twice. */
  key: string;
  ticket: string;
  body: string;
  visibility: Message["visibility"];
  attachments: Attachment[];
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

const put = (entry: Outgoing) => write([...all().filter((each) => each.key !== entry.key), entry]);
const drop = (key: string) => write(all().filter((each) => each.key !== key));

/** Takes up the outbox of this member; answers how to let go of it. */
export function openOutbox(member: string): () => void {
  owner = member;
  queryClient.setQueryData(outboxQuery.queryKey, read());
  const sync = (event: StorageEvent) => {
    if (event.key === storageKey()) queryClient.setQueryData(outboxQuery.queryKey, read());
  };
  window.addEventListener("storage", sync);
  return () => window.removeEventListener("storage", sync);
}

export function useOutbox(ticket: string): Outgoing[] {
  const { data } = useQuery(outboxQuery);
  return useMemo(() => (data ?? []).filter((each) => each.ticket === ticket), [data, ticket]);
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
  put({ ...entry, state: "failed", why: errorMessage(error), unreached: error instanceof TypeError });
}

async function settle(entry: Outgoing, message: Message): Promise<void> {
  const { queryKey } = messagesQuery(entry.ticket);
  queryClient.setQueryData<Pages<Message>>(queryKey, (pages) => addNewest(pages, message));
  drop(entry.key);
  const facts = await queryClient.fetchQuery({ ...ticketQuery(entry.ticket), staleTime: 0 });
  changeKnown((known) => forgetGuess(learn(known, factsOf(facts), true), entry.ticket, entry.key));
  await refreshTimeline(entry.ticket);
}

/** Sends, or sends again. Answers true when the server has it. */
export async function send(entry: Outgoing): Promise<boolean> {
  const { key, ticket, body, visibility, attachments, seenSeq } = entry;
  put({ ...entry, state: "sending" });
  const at = new Date().toISOString();
  if (visibility === "public") {
    const lastMessage = { preview: body.slice(0, 200), by: "us", at } as const;
    changeKnown((known) => guess(known, ticket, { token: key, change: { waitingSince: null, lastMessage } }));
  }
  try {
    const message = await api.messages.add({
      params: { id: ticket },
      body: { body, visibility, attachments: attachments.map((file) => file.id), seenSeq },
      idempotencyKey: key,
    });
    settle(entry, message).catch(() => changeKnown((known) => forgetGuess(known, ticket, key)));
    return true;
  } catch (error) {
    changeKnown((known) => forgetGuess(known, ticket, key));
    refused(entry, error);
    return false;
  }
}

/** The author has seen what is newer and sends all the same: another request, so another key. */
export function sendAnyway(entry: Outgoing): Promise<boolean> {
  drop(entry.key);
  const { newer: _, newerSeq, ...rest } = entry;
  return send({ ...rest, key: crypto.randomUUID(), seenSeq: newerSeq ?? entry.seenSeq });
}

/** Takes it out of the outbox, back into the author's hands. */
export function takeBack(entry: Outgoing): void {
  drop(entry.key);
}

/** The server is back: whatever did not reach it goes now. */
export function resendUnreached(): void {
  for (const entry of all()) if (entry.state === "failed" && entry.unreached) void send(entry);
}
