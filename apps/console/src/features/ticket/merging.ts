import type { MergedTickets, Ticket } from "@okno/contract";
import { toast } from "@okno/ui";
import { api } from "../../shared/api/client.ts";
import { errorMessage, isRefusal } from "../../shared/api/error-message.ts";
import { queryClient } from "../../shared/api/query-client.ts";
import { forgetContacts } from "../../shared/contacts/queries.ts";
import { kindOf } from "../../shared/kinds/kinds.ts";
import type { TicketFacts } from "../../shared/tickets/filters.ts";
import { factsOf, learn } from "../../shared/tickets/known.ts";
import { changeKnown, messagesQuery, ticketQuery } from "../../shared/tickets/queries.ts";
import { refreshTicket } from "../../shared/tickets/refresh.ts";
import { tr } from "./merging-messages.ts";

type Other = { id: string; number: number };
type Open = (id: string) => void;

/** What a kind brings is a matter of its own: it is not made one with another. */
export const canMerge = ({ kind, mergedInto }: Pick<Ticket, "kind" | "mergedInto">): boolean =>
  mergedInto === null && kindOf(kind) === undefined;

/** The ticket a reader came from when it turned out to be merged: told once in the ticket they landed in. */
const landings = new Map<string, Other>();

export function noteLanding(into: string, from: Other): void {
  landings.set(into, landings.get(from.id) ?? from);
  landings.delete(from.id);
}

export const landingOf = (ticket: string): Other | undefined => landings.get(ticket);
export const forgetLanding = (ticket: string): boolean => landings.delete(ticket);

// Messages have left one ticket for another: neither timeline is what it was, page by page.
async function take({ source, survivor }: MergedTickets): Promise<void> {
  for (const ticket of [source, survivor]) {
    changeKnown((known) => learn(known, factsOf(ticket), true));
    queryClient.setQueryData<Ticket>(ticketQuery(ticket.id).queryKey, ticket);
    await queryClient.resetQueries({ queryKey: messagesQuery(ticket.id).queryKey });
    void refreshTicket(ticket.id);
  }
}

function complain(error: unknown, ticket: string, into: Other): void {
  if (isRefusal(error, "different_contacts"))
    toast({
      title: tr("merge.different"),
      tone: "late",
      action: { label: tr("merge.link"), onAction: () => void link(ticket, into) },
    });
  else if (isRefusal(error, "ticket_merged")) {
    const { ticket: at } = (error.problem?.details ?? {}) as { ticket?: Other };
    toast({ title: tr("merge.gone", { number: at?.number ?? "…" }), tone: "late" });
  } else toast({ title: tr("failed", { why: errorMessage(error) }), tone: "late" });
}

export async function link(ticket: string, other: Other): Promise<void> {
  try {
    await api.links.put({ params: { id: ticket, other: other.id }, body: { relation: "related" } });
    void queryClient.invalidateQueries({ queryKey: ["ticket", ticket, "links"] });
    toast({ title: tr("merge.linked"), tone: "good" });
  } catch (error) {
    toast({ title: tr("failed", { why: errorMessage(error) }), tone: "late" });
  }
}

/** Parts two merged tickets again, and goes back to the one that stands by itself now. */
export async function unmerge(id: string, open: Open): Promise<void> {
  try {
    const parted = await api.merging.unmerge({ params: { id } });
    await take(parted);
    forgetLanding(parted.survivor.id);
    toast({ title: tr("unmerged", { number: parted.source.number }), tone: "good" });
    open(id);
  } catch (error) {
    toast({ title: tr("failed", { why: errorMessage(error) }), tone: "late" });
  }
}

/** Merges into another ticket and leads there; the way back is in the toast. */
export async function merge(
  ticket: Other,
  into: Other,
  open: Open,
  andPart?: () => Promise<void>,
): Promise<void> {
  try {
    const merged = await api.merging.merge({
      params: { id: ticket.id },
      body: { into: into.id },
      idempotencyKey: crypto.randomUUID(),
    });
    await take(merged);
    open(merged.survivor.id);
    toast({
      title: tr("merge.done", { source: merged.source.number, survivor: merged.survivor.number }),
      tone: "good",
      action: {
        label: tr("undo"),
        shortcut: "z",
        onAction: () => void unmerge(ticket.id, open).then(andPart),
      },
    });
  } catch (error) {
    await andPart?.();
    complain(error, ticket.id, into);
  }
}

/**
 * Two tickets of what turns out to be one customer: their cards become one, then the tickets. Should the tickets not go together after
 * all, the cards are parted again.
 */
export async function mergeWithCustomers(ticket: Ticket, into: TicketFacts, open: Open): Promise<void> {
  const [from, to] = [ticket.contact?.id, into.contact?.id];
  if (!from || !to) return merge(ticket, into, open);
  const part = async () => {
    await api.contacts.unmerge({ params: { id: from } }).catch(fail);
    forgetContacts();
  };
  try {
    await api.contacts.merge({ params: { id: from }, body: { into: to } });
    forgetContacts();
  } catch (error) {
    fail(error);
    return;
  }
  await merge(ticket, into, open, part);
}

/** A ticket of its own from a message, and there; merging it back is the undo. */
export async function split(
  ticket: Other,
  { message, subject, following }: { message: string; subject: string; following: boolean },
  open: Open,
): Promise<void> {
  try {
    const made = await api.merging.split({
      params: { id: ticket.id, message },
      body: { subject, following },
      idempotencyKey: crypto.randomUUID(),
    });
    await queryClient.resetQueries({ queryKey: messagesQuery(ticket.id).queryKey });
    void refreshTicket(ticket.id);
    void queryClient.invalidateQueries({ queryKey: ["ticket", ticket.id, "links"] });
    open(made.id);
    const undo = async () => {
      await take(await api.merging.merge({ params: { id: made.id }, body: { into: ticket.id } }));
      open(ticket.id);
    };
    toast({
      title: tr("split.done", { number: made.number }),
      tone: "good",
      action: { label: tr("undo"), shortcut: "z", onAction: () => void undo().catch(fail) },
    });
  } catch (error) {
    if (isRefusal(error, "action_not_allowed")) toast({ title: tr("split.whole"), tone: "late" });
    else fail(error);
  }
}

function fail(error: unknown): void {
  toast({ title: tr("failed", { why: errorMessage(error) }), tone: "late" });
}
