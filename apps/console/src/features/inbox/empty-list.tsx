import { Button, EmptyState, formatRelative, WindowArt } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleCheck, Clock, Inbox, PhoneIncoming } from "lucide-react";
import type { ReactNode } from "react";
import { openCreate } from "../../shared/contacts/create.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { type Filters, isNarrowed, isSaved, type View } from "../../shared/tickets/filters.ts";
import { comingBackQuery, countsQuery } from "../../shared/tickets/queries.ts";
import { useT } from "./messages.ts";

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex items-center gap-2.5 px-3.5 py-2.5 text-left text-14 text-text-2 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-text-3">
      {icon}
      {children}
    </li>
  );
}

function useNextReturn(): string | undefined {
  const locale = useLocale();
  const { data } = useQuery(comingBackQuery);
  const times = (data ?? []).flatMap((ticket) => (ticket.dueAt ? [Date.parse(ticket.dueAt)] : []));
  if (times.length === 0) return undefined;
  return formatRelative(new Date(Math.min(...times)), new Date(), locale, { style: "long" });
}

/** What was done today, what comes next and when. */
function Day() {
  const t = useT();
  const { data: counts } = useQuery(countsQuery(undefined));
  const next = useNextReturn();
  const done = counts?.completedToday ?? 0;
  return (
    <ul className="divide-y rounded-panel border bg-surface-1">
      <Line icon={<CircleCheck aria-hidden="true" />}>
        {done > 0 ? t("today", { count: done }) : t("today.none")}
      </Line>
      <Line icon={<Clock aria-hidden="true" />}>{next ? t("next", { when: next }) : t("next.none")}</Line>
      {counts && counts.unassigned > 0 ? (
        <Line icon={<Inbox aria-hidden="true" />}>
          <Link
            to="/inbox/$view"
            params={{ view: "unassigned" }}
            className="font-medium text-accent underline-offset-2 hover:underline"
          >
            {t("take.next", { count: counts.unassigned })}
          </Link>
        </Line>
      ) : null}
    </ul>
  );
}

/** The goal of the day: nothing left. Also the calm words for every other list with nothing in it. */
export function EmptyList({ view, filters }: { view: View; filters: Filters }) {
  const t = useT();
  if (isNarrowed(filters))
    return (
      <EmptyState
        title={t("empty.filtered")}
        text={t("empty.filtered.text")}
        action={
          <Link to="/inbox/$view" params={{ view }} search={filters.sort ? { sort: filters.sort } : {}}>
            <Button tabIndex={-1}>{t("filter.clear")}</Button>
          </Link>
        }
      />
    );
  const clear = view === "mine" || view === "unassigned" || view === "unanswered";
  return (
    <div data-testid="empty-inbox" className="flex grow">
      <EmptyState
        {...(clear && { art: <WindowArt /> })}
        title={t(`empty.${isSaved(view) ? "saved" : view}`)}
        text={t(`empty.${isSaved(view) ? "saved" : view}.text`)}
        action={
          clear ? (
            <Button icon={<PhoneIncoming />} shortcut="q" onClick={() => openCreate({ what: "note" })}>
              {t("note.call")}
            </Button>
          ) : undefined
        }
      >
        {clear ? <Day /> : null}
      </EmptyState>
    </div>
  );
}
