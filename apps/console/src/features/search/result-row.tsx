import type { SearchHit, SearchResult } from "@okno/contract";
import { cx, RelativeTime } from "@okno/ui";
import { Link } from "@tanstack/react-router";
import { CircleCheck, Clock, Contact, MessageSquare, StickyNote } from "lucide-react";
import { memo } from "react";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useKindState, useKindWords } from "../../shared/kinds/kinds.ts";
import { TicketGlyph } from "../../shared/kinds/ticket-glyph.tsx";
import { Snippet } from "../../shared/search/snippet.tsx";
import type { TicketFacts } from "../../shared/tickets/filters.ts";
import { useT } from "./messages.ts";

type Props = {
  ticket: TicketFacts;
  hits: SearchResult["hits"];
  query: string;
  current: boolean;
};

const places = { message: MessageSquare, note: StickyNote, contact: Contact } as const;

function Hit({ hit }: { hit: SearchHit & { in: keyof typeof places } }) {
  const t = useT();
  const Place = places[hit.in];
  return (
    <span
      data-testid="hit"
      className={cx(
        "flex min-w-0 items-start gap-1.5 text-13 text-text-2",
        hit.in === "note" && "rounded-control bg-soon-soft px-1.5",
      )}
    >
      <Place aria-hidden="true" className="mt-1 size-3 shrink-0 text-text-3" />
      {hit.in === "message" ? null : <span className="sr-only">{t(`in.${hit.in}`)}: </span>}
      <span className="line-clamp-2 min-w-0 [overflow-wrap:anywhere]">
        <Snippet parts={hit.snippet} />
      </span>
    </span>
  );
}

function Standing({ phase }: { phase: TicketFacts["phase"] }) {
  const t = useT();
  if (phase === "open") return null;
  const [Mark, tone] = phase === "done" ? [CircleCheck, "text-good"] : [Clock, ""];
  return (
    <span className="flex items-center gap-1">
      <Mark aria-hidden="true" className={cx("size-3", tone)} />
      {t(phase === "done" ? "done" : "waiting")}
    </span>
  );
}

const isElsewhere = (hit: SearchHit): hit is SearchHit & { in: keyof typeof places } => hit.in in places;

/** A ticket that was found: who, what about, and the words by which it was found. */
export const ResultRow = memo(function ResultRow({ ticket, hits, query, current }: Props) {
  const t = useT();
  const locale = useLocale();
  const subject = hits.find((hit) => hit.in === "subject");
  const elsewhere = hits.filter(isElsewhere).slice(0, 2);
  const kind = useKindWords()(ticket.kind, "name");
  const standing = useKindState()(ticket);
  const name = ticket.contact?.name ?? kind ?? t("no.contact");
  return (
    <Link
      to="/search/$ticket"
      params={{ ticket: ticket.id }}
      search={{ q: query }}
      data-testid="search-row"
      data-ticket={ticket.id}
      aria-current={current ? "true" : undefined}
      className={cx(
        "flex flex-col gap-0.5 border-b px-4 py-row-y focus-visible:-outline-offset-2",
        current ? "bg-selected" : "hover:bg-hover",
      )}
    >
      <span className="flex items-center gap-2">
        <bdi dir="auto" className="min-w-0 flex-1 truncate text-14 font-medium">
          {name}
        </bdi>
        <RelativeTime
          date={new Date(ticket.activityAt)}
          locale={locale}
          className="shrink-0 text-12 text-text-3 tabular-nums"
        />
      </span>
      <span className="truncate text-14">
        {subject ? <Snippet parts={subject.snippet} /> : <bdi dir="auto">{ticket.subject}</bdi>}
      </span>
      {elsewhere.map((hit) => (
        <Hit key={`${hit.in} ${hit.message} ${hit.at}`} hit={hit} />
      ))}
      <span className="mt-0.5 flex items-center gap-3 text-12 text-text-3 tabular-nums">
        <span className="flex items-center gap-1">
          <TicketGlyph ticket={ticket} className="size-3" />
          {t("number", { number: String(ticket.number) })}
        </span>
        {standing ? <span>{standing.text}</span> : <Standing phase={ticket.phase} />}
        {ticket.assignee ? <bdi className="min-w-0 truncate">{ticket.assignee.name}</bdi> : null}
      </span>
    </Link>
  );
});
