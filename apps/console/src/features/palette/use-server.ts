import type { SearchHit } from "@okno/contract";
import { useQuery } from "@tanstack/react-query";
import { quickSearchQuery, suggestQuery } from "../../shared/search/queries.ts";
import { useSettled } from "../../shared/search/use-settled.ts";
import type { Entry, Section } from "./entries.ts";

const settleMs = 140;
const mostTickets = 8;
const mostContacts = 5;

export type ServerFound = {
  sections: Section[];
  /** Why a ticket was found, by the id of its entry. */
  snippets: ReadonlyMap<string, SearchHit["snippet"]>;
  total: { value: number; more: boolean } | undefined;
  busy: boolean;
  error: unknown;
};

/** One letter finds half of everything; a digit may be a ticket. */
const isEnough = (query: string) => query.length > 1 || /\d/u.test(query);

/** What the server finds, without what is shown already. An answer to what has been typed over is never shown. */
export function useServer(query: string, shown: ReadonlySet<string>): ServerFound {
  const typed = query.trim();
  const settled = useSettled(typed, settleMs);
  const enabled = isEnough(settled);
  const tickets = useQuery({ ...quickSearchQuery(settled, mostTickets), enabled });
  const contacts = useQuery({ ...suggestQuery(settled, mostContacts), enabled });
  const current = settled === typed && enabled;
  const found = current ? (tickets.data?.data ?? []) : [];
  const snippets = new Map(
    found.flatMap(({ ticket, hits }) => (hits[0] ? [[`ticket ${ticket.id}`, hits[0].snippet] as const] : [])),
  );
  const ticketEntries = found.map(
    ({ ticket }): Entry => ({ kind: "ticket", id: `ticket ${ticket.id}`, ticket }),
  );
  const contactEntries = (current ? (contacts.data ?? []) : []).map(
    ({ contact, name, address }): Entry => ({
      kind: "contact",
      id: `contact ${contact}`,
      contact,
      name: name ?? address ?? "",
      address: name === null ? null : address,
    }),
  );
  const fresh = (entries: Entry[]) => entries.filter((entry) => !shown.has(entry.id));
  const sections: Section[] = [
    { id: "found ticket", of: "ticket" as const, entries: fresh(ticketEntries) },
    { id: "found contact", of: "contact" as const, entries: fresh(contactEntries) },
  ].filter((section) => section.entries.length > 0);
  return {
    sections,
    snippets,
    total: current ? tickets.data?.total : undefined,
    busy: isEnough(typed) && (settled !== typed || tickets.isPending || contacts.isPending),
    error: current ? (tickets.error ?? contacts.error) : undefined,
  };
}
