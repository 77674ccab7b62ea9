import type { Contact, ContactField } from "@okno/contract";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { queryClient } from "../api/query-client.ts";
import { contactQuery } from "../tickets/queries.ts";

export { contactQuery } from "../tickets/queries.ts";

const pageSize = 20;

/** What the projects keep of their customers, those out of use too: their values stay readable. */
export const contactFieldsQuery = queryOptions({
  queryKey: ["contact-fields"],
  queryFn: async ({ signal }): Promise<ContactField[]> => (await api.contactFields.list({ signal })).data,
});

/** All tickets of a contact over all channels, the newest first. */
export function contactHistoryQuery(contact: string) {
  return infiniteQueryOptions({
    queryKey: ["contact", contact, "history"],
    queryFn: ({ pageParam, signal }) =>
      api.tickets.list({
        query: { contact, limit: pageSize, ...(pageParam !== undefined && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    staleTime: 30_000,
  });
}

/** Puts the card as the server answered it, also under the id of the contact that was merged into it. */
export function keepCard(card: Contact, asked: string = card.id): void {
  for (const id of new Set([card.id, asked])) queryClient.setQueryData(contactQuery(id).queryKey, card);
}

/** After a merge or its undoing: both cards, their tickets, and whatever shows the customer's name. */
export function forgetContacts(): void {
  void queryClient.invalidateQueries({ queryKey: ["contact"] });
  void queryClient.invalidateQueries({ queryKey: ["ticket"] });
  void queryClient.invalidateQueries({ queryKey: ["tickets", "list"] });
}
