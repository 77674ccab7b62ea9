import type { Message, TicketEvent } from "@okno/contract";
import { api } from "../api/client.ts";
import { queryClient } from "../api/query-client.ts";
import { forgetListed } from "./known.ts";
import { mergeNewest } from "./merge-pages.ts";
import {
  changeKnown,
  historyQuery,
  knownQuery,
  listKey,
  messagesQuery,
  type Pages,
  ticketQuery,
} from "./queries.ts";

/**
 * Fetches the newest messages and history of a ticket again, where they have been fetched before. Never fails: when the
 * server is out of reach the stream is too, and its return fetches everything again.
 */
export async function refreshTimeline(id: string): Promise<void> {
  const messages = messagesQuery(id).queryKey;
  const history = historyQuery(id).queryKey;
  await Promise.allSettled([
    queryClient.getQueryData(messages) &&
      api.messages
        .list({ params: { id }, query: { limit: 50 } })
        .then((fresh) =>
          queryClient.setQueryData<Pages<Message>>(messages, (pages) => mergeNewest(pages, fresh)),
        ),
    queryClient.getQueryData(history) &&
      api.tickets
        .events({ params: { id }, query: { limit: 100 } })
        .then((fresh) =>
          queryClient.setQueryData<Pages<TicketEvent>>(history, (pages) => mergeNewest(pages, fresh)),
        ),
  ]);
}

const begun = new Map<string, Promise<void>>();
const again = new Set<string>();

async function fetchUntilQuiet(id: string): Promise<void> {
  do {
    again.delete(id);
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: ticketQuery(id).queryKey, exact: true }),
      refreshTimeline(id),
    ]);
  } while (again.has(id));
}

/**
 * Fetches a ticket again: facts, what may be done now, and its timeline. A burst of news, as after a long absence, is
 * fetched once more when it is over instead of once for each.
 */
export function refreshTicket(id: string): Promise<void> {
  const running = begun.get(id);
  if (running !== undefined) {
    again.add(id);
    return running;
  }
  const fresh = fetchUntilQuiet(id).finally(() => begun.delete(id));
  begun.set(id, fresh);
  return fresh;
}

/** A list scrolled far down would fetch page after page; the first few are what the reader sees. */
const pagesKept = 4;

/** Fetches every list on the screen again, and forgets the others. */
export async function refreshLists(): Promise<void> {
  queryClient.removeQueries({ queryKey: listKey, type: "inactive" });
  queryClient.setQueriesData<Pages<unknown>>({ queryKey: listKey }, (data) =>
    data && data.pages.length > pagesKept
      ? { pages: data.pages.slice(0, pagesKept), pageParams: data.pageParams.slice(0, pagesKept) }
      : data,
  );
  await queryClient.invalidateQueries({ queryKey: listKey });
}

/** More was heard than is kept beside the lists: they are fetched again, and what they say is kept no longer. */
export async function renewLists(): Promise<void> {
  const before = queryClient.getQueryData(knownQuery.queryKey);
  const since = Date.now();
  await refreshLists();
  const lists = queryClient.getQueryCache().findAll({ queryKey: listKey, type: "active" });
  // Out of reach: what was heard is all there is.
  if (!before || lists.some(({ state }) => state.dataUpdatedAt < since)) return;
  changeKnown((known) => forgetListed(known, before));
}
