import { Avatar, cx, formatDateTime, formatRelative, RelativeTime, UnreadDot } from "@okno/ui";
import { Link } from "@tanstack/react-router";
import { ArrowUp, ChevronsUp, CircleCheck, CircleSlash, Clock, Merge } from "lucide-react";
import { memo } from "react";
import { useProjects } from "../../shared/directory/directory.ts";
import { DraftMark } from "../../shared/drafts/draft-mark.tsx";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useKindState, useKindWords } from "../../shared/kinds/kinds.ts";
import { TicketGlyph } from "../../shared/kinds/ticket-glyph.tsx";
import { RowFaces } from "../../shared/presence/faces.tsx";
import type { Filters, TicketFacts, View } from "../../shared/tickets/filters.ts";
import { useT } from "./messages.ts";
import { shortDuration } from "./short-duration.ts";

type Props = {
  ticket: TicketFacts;
  view: View;
  filters: Filters;
  current: boolean;
  leaving: boolean;
  onPoint: (id: string) => void;
};

const quiet = "flex shrink-0 items-center gap-1 text-12 text-text-3 tabular-nums [&_svg]:size-3";

/** What stands at the end of the last line: settled, or until when it is put off. */
function Standing({ ticket }: { ticket: TicketFacts }) {
  const t = useT();
  const locale = useLocale();
  const own = useKindState()(ticket);
  if (ticket.mergedInto !== null)
    return (
      <span className={quiet}>
        <Merge aria-hidden="true" />
        {t("merged")}
      </span>
    );
  if (ticket.phase === "done")
    return (
      <span className={quiet}>
        {own && own.tone !== "good" ? (
          <CircleSlash aria-hidden="true" />
        ) : (
          <CircleCheck aria-hidden="true" className="text-good" />
        )}
        <span className="sr-only">{own?.text ?? t("done")}</span>
      </span>
    );
  if (ticket.phase !== "waiting" || (own && !ticket.dueAt)) return null;
  const back = ticket.dueAt && formatRelative(new Date(ticket.dueAt), new Date(), locale);
  return (
    <span className={quiet} title={back ? t("waiting.back", { time: back }) : undefined}>
      <Clock aria-hidden="true" />
      {back ?? t("waiting.reply")}
    </span>
  );
}

/** How long the customer has had no answer; when nobody waits, when something last happened. */
function When({ ticket }: { ticket: TicketFacts }) {
  const t = useT();
  const locale = useLocale();
  const project = useProjects().find(({ id }) => id === ticket.project);
  if (ticket.phase !== "open" || !ticket.waitingSince)
    return <RelativeTime date={new Date(ticket.activityAt)} locale={locale} className={quiet} />;
  const since = new Date(ticket.waitingSince);
  const minutes = (Date.now() - since.getTime()) / 60_000;
  const tone =
    project && minutes >= project.answerLateMinutes
      ? "text-late! font-medium"
      : project && minutes >= project.answerSoonMinutes
        ? "text-soon!"
        : "text-text-2!";
  return (
    <span title={formatDateTime(since, locale)} className={cx(quiet, tone)}>
      {t("waiting.since", { time: shortDuration(Date.now() - since.getTime(), locale) })}
    </span>
  );
}

function PriorityMark({ priority }: { priority: TicketFacts["priority"] }) {
  const t = useT();
  if (priority !== "high" && priority !== "urgent") return null;
  const Mark = priority === "urgent" ? ChevronsUp : ArrowUp;
  return (
    <span
      title={t(`priority.${priority}`)}
      className={cx(
        "flex shrink-0 items-center [&_svg]:size-3.5",
        priority === "urgent" ? "text-late" : "text-soon",
      )}
    >
      <Mark aria-hidden="true" />
      <span className="sr-only">{t(`priority.${priority}`)}</span>
    </span>
  );
}

/** Who asks, or what the ticket is where nobody does; and where it stands, in its kind's words. */
function useNamed({ kind, state, contact, number }: TicketFacts): {
  name: string;
  standing: string | undefined;
} {
  const t = useT();
  const ofKind = useKindWords()(kind, "name");
  const standing = useKindState()({ kind, state })?.text;
  const own = ofKind === undefined ? t("no.contact") : `${ofKind} ${t("number", { number })}`;
  return { name: contact ? (contact.name ?? `#${number}`) : own, standing };
}

/** One ticket in three lines: who and when, the subject, the last words. */
export const TicketRow = memo(function TicketRow({
  ticket,
  view,
  filters,
  current,
  leaving,
  onPoint,
}: Props) {
  const t = useT();
  const { name, standing } = useNamed(ticket);
  const unanswered = ticket.phase === "open" && ticket.waitingSince !== null;
  // What no customer waits for is loud while it needs a person.
  const loud = unanswered || (standing !== undefined && ticket.phase === "open");
  const owned = view !== "mine" && ticket.assignee;
  return (
    <Link
      to="/inbox/$view/$ticket"
      params={{ view, ticket: ticket.id }}
      search={filters}
      data-testid="ticket-row"
      data-ticket={ticket.id}
      data-leaving={leaving || undefined}
      aria-current={current ? "true" : undefined}
      onPointerEnter={() => onPoint(ticket.id)}
      className={cx(
        "flex h-full flex-col justify-center gap-0.5 border-b pr-4 pl-3 transition-[opacity,background-color] focus-visible:-outline-offset-2",
        current ? "bg-selected" : "hover:bg-hover",
        leaving && "pointer-events-none opacity-35",
      )}
    >
      <span className="flex items-center gap-2">
        <span className="flex w-2 shrink-0">{unanswered ? <UnreadDot label={t("unread")} /> : null}</span>
        <bdi
          dir="auto"
          className={cx(
            "min-w-0 flex-1 truncate text-14",
            loud ? "font-semibold" : "font-medium text-text-2",
          )}
        >
          {name}
        </bdi>
        <PriorityMark priority={ticket.priority} />
        <When ticket={ticket} />
      </span>
      <bdi dir="auto" className={cx("truncate pl-4 text-14", !loud && "text-text-2")}>
        {ticket.subject}
      </bdi>
      <span className="flex items-center gap-1.5 pl-4 text-13 text-text-3">
        <TicketGlyph ticket={ticket} className="size-3 shrink-0" />
        <bdi dir="auto" className="min-w-0 flex-1 truncate">
          {ticket.lastMessage?.by === "us" ? `${t("you")} ` : ""}
          {ticket.lastMessage?.preview ?? standing ?? ""}
        </bdi>
        <DraftMark ticket={ticket.id} />
        <RowFaces ticket={ticket.id} />
        <Standing ticket={ticket} />
        {owned ? <Avatar size="sm" name={owned.name} seed={owned.id} className="-my-0.5" /> : null}
      </span>
    </Link>
  );
});
