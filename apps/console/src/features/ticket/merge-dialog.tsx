import type { Ticket } from "@okno/contract";
import { Button, Dialog, FilterList } from "@okno/ui";
import { keepPreviousData, queryOptions, skipToken, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api } from "../../shared/api/client.ts";
import { quickSearchQuery } from "../../shared/search/queries.ts";
import { useSettled } from "../../shared/search/use-settled.ts";
import type { TicketFacts } from "../../shared/tickets/filters.ts";
import { link, merge, mergeWithCustomers } from "./merging.ts";
import { useT } from "./merging-messages.ts";
import { useOpenTicket } from "./use-open-ticket.ts";

const mostFound = 8;
const settleMs = 150;

type Props = { ticket: Ticket; onClose: () => void };

/** The customer's newest tickets, asked for when the dialog opens. */
function ownQuery(contact: string | undefined) {
  return queryOptions({
    queryKey: ["contact", contact, "to-merge"],
    queryFn: contact
      ? async ({ signal }) => (await api.tickets.list({ query: { contact, limit: 50 }, signal })).data
      : skipToken,
    staleTime: 0,
  });
}

function useCandidates(ticket: Ticket, typed: string) {
  const q = useSettled(typed.trim().replace(/^(?:№|#|no\.?)\s*(?=\d)/iu, ""), settleMs);
  const { data: own } = useQuery(ownQuery(ticket.contact?.id));
  const search = useQuery({
    ...quickSearchQuery(q, mostFound + 1),
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });
  const fits = (other: TicketFacts) => other.id !== ticket.id && other.mergedInto === null;
  const mine = (own ?? []).filter((other) => fits(other) && other.phase !== "done");
  const others = (q === "" ? [] : (search.data?.data ?? []))
    .map((each) => each.ticket)
    .filter((other) => fits(other) && !mine.some(({ id }) => id === other.id));
  return { mine: mine.slice(0, mostFound), others: others.slice(0, mostFound), q, search };
}

type TwoProps = Props & { other: TicketFacts; onBack: () => void };

/** The chosen ticket is another customer's: one person after all, or only something alike. */
function TwoCustomers({ ticket, other, onBack, onClose }: TwoProps) {
  const t = useT();
  const open = useOpenTicket();
  const name = other.contact?.name ?? t("merge.two.nobody");
  return (
    <Dialog
      open
      title={t("merge.two")}
      text={t("merge.two.text", { number: other.number, name })}
      closeLabel={t("close")}
      onOpenChange={(next) => !next && onClose()}
      footer={
        <>
          <Button variant="ghost" onClick={onBack}>
            {t("merge.back")}
          </Button>
          <Button
            onClick={() => {
              onClose();
              void mergeWithCustomers(ticket, other, open);
            }}
          >
            {t("merge.two.both")}
          </Button>
          <Button
            variant="primary"
            onClick={() => {
              onClose();
              void link(ticket.id, other);
            }}
          >
            {t("merge.two.link")}
          </Button>
        </>
      }
    />
  );
}

/** Into which ticket: the customer's other open ones first, any other by its number or words. */
export function MergeDialog({ ticket, onClose }: Props) {
  const t = useT();
  const open = useOpenTicket();
  const [typed, setTyped] = useState("");
  const [differs, setDiffers] = useState<TicketFacts>();
  const { mine, others, q, search } = useCandidates(ticket, typed);
  const empty = search.isError ? t("merge.failed") : q === "" ? t("merge.none") : t("merge.empty");
  const list = useRef<HTMLDivElement>(null);
  // After the dialog has placed its own focus.
  useEffect(() => {
    if (differs) return;
    const soon = setTimeout(() => list.current?.querySelector("input")?.focus());
    return () => clearTimeout(soon);
  }, [differs]);
  const item = (group: string) => (other: TicketFacts) => ({
    id: other.id,
    label: `${other.number} · ${other.subject}`,
    // Of the same customer the name would say nothing.
    ...(other.contact?.name && other.contact.id !== ticket.contact?.id && { hint: other.contact.name }),
    keywords: [typed],
    group,
  });
  const choose = (id: string) => {
    const other = [...mine, ...others].find((each) => each.id === id);
    if (!other) return;
    if (ticket.contact && other.contact && ticket.contact.id !== other.contact.id) return setDiffers(other);
    onClose();
    void merge(ticket, other, open);
  };
  if (differs)
    return (
      <TwoCustomers ticket={ticket} other={differs} onBack={() => setDiffers(undefined)} onClose={onClose} />
    );
  return (
    <Dialog
      open
      title={t("merge.title")}
      text={t("merge.text", { number: ticket.number })}
      closeLabel={t("close")}
      onOpenChange={(next) => !next && onClose()}
    >
      <div ref={list} className="min-h-64 overflow-hidden rounded-control border border-line-strong">
        <FilterList
          label={t("merge.other")}
          filterPlaceholder={t("merge.filter")}
          emptyText={empty}
          onQueryChange={setTyped}
          items={[...mine.map(item(t("merge.own"))), ...others.map(item(t("merge.found")))]}
          onSelect={choose}
        />
      </div>
    </Dialog>
  );
}
