import { Button, ErrorState, formatDateTime, IconButton, Skeleton, Spinner } from "@okno/ui";
import { ArrowDown } from "lucide-react";
import { type ReactNode, useEffect, useEffectEvent, useRef } from "react";
import { announce } from "../../shared/announce/announce.ts";
import { errorMessage, requestIdOf } from "../../shared/api/error-message.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { ConfirmationCard } from "./confirmation-card.tsx";
import { actorName } from "./describe-event.ts";
import { HistoryItem } from "./history-item.tsx";
import { MessageItem } from "./message-item.tsx";
import { useT } from "./messages.ts";
import type { Outgoing } from "./outbox.ts";
import { OutgoingItem } from "./outgoing-item.tsx";
import type { Entry } from "./timeline.ts";
import { usePinnedScroll } from "./use-pinned-scroll.ts";
import type { useTimeline } from "./use-timeline.ts";

type Props = {
  ticket: string;
  story: ReturnType<typeof useTimeline>;
  outgoing: readonly Outgoing[];
  showHistory: boolean;
  /** What comes before the story: then one begins to read at the top. */
  lead?: ReactNode;
  onEdit: (entry: Outgoing) => void;
  /** Ask for a confirmation once more, with these words. */
  onAskAgain: (text: string) => void;
};

/** Fetching earlier messages starts this far from the top. */
const loadPx = 600;

function DayLine({ at }: { at: Date }) {
  const t = useT();
  const locale = useLocale();
  const now = new Date();
  const days = Math.round(
    (new Date(now.toDateString()).getTime() - new Date(at.toDateString()).getTime()) / 86_400_000,
  );
  const sameYear = at.getFullYear() === now.getFullYear();
  const date = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "long",
    weekday: "long",
    ...(!sameYear && { year: "numeric" as const }),
  }).format(at);
  const text = days === 0 ? t("today") : days === 1 ? t("yesterday") : date;
  return (
    <h3
      title={formatDateTime(at, locale)}
      className="mt-6 flex items-center gap-3 text-12 font-medium text-text-3 first:mt-0 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line"
    >
      {text}
    </h3>
  );
}

type EntryProps = Pick<Props, "ticket" | "showHistory" | "onAskAgain"> & { entry: Entry };

function EntryItem({ entry, showHistory, ticket, onAskAgain }: EntryProps) {
  if (entry.kind === "day") return <DayLine at={entry.at} />;
  if (entry.kind === "history") return <HistoryItem events={entry.events} open={showHistory} />;
  if (entry.kind === "confirmation")
    return <ConfirmationCard confirmation={entry.confirmation} ticket={ticket} onAgain={onAskAgain} />;
  return <MessageItem message={entry.message} joined={entry.joined} />;
}

/** Says aloud who wrote, when something new comes while the ticket is open. */
function useNewestSaid(newest: Props["story"]["newest"]): void {
  const t = useT();
  const seen = useRef(newest?.seq);
  useEffect(() => {
    if (!newest) return;
    if (seen.current !== undefined && newest.seq > seen.current && newest.direction === "in")
      announce(`${t("said.new", { name: actorName(newest.author, { t }) })}. ${newest.body}`);
    seen.current = newest.seq;
  }, [newest, t]);
}

function TimelineSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-6">
      {["w-3/5", "w-2/5", "w-4/5"].map((width) => (
        <div key={width} className="flex gap-3">
          <Skeleton className="size-8 shrink-0 rounded-full" />
          <div className="flex flex-1 flex-col gap-2.5 pt-1">
            <Skeleton className="h-3 w-32" />
            <Skeleton className={`h-3 ${width}`} />
            <Skeleton className="h-3 w-1/2" />
          </div>
        </div>
      ))}
    </div>
  );
}

function Older({ story }: { story: Props["story"] }) {
  const t = useT();
  const { messages } = story;
  if (messages.isFetchNextPageError)
    return (
      <p className="flex flex-col items-center gap-2 pb-6 text-13 text-text-2">
        {t("older.failed")}
        <Button size="sm" onClick={() => void messages.fetchNextPage()}>
          {t("retry")}
        </Button>
      </p>
    );
  if (messages.isFetchingNextPage)
    return (
      <p className="flex justify-center pb-6 text-text-3">
        <Spinner label={t("older.loading")} />
      </p>
    );
  return null;
}

/** The conversation with its history, oldest first, the newest in view. */
export function TimelineView({ ticket, story, outgoing, showHistory, lead, onEdit, onAskAgain }: Props) {
  const t = useT();
  const scroller = useRef<HTMLElement>(null);
  const { entries, messages } = story;
  useNewestSaid(story.newest);
  const last = outgoing.at(-1)?.key ?? entries.at(-1)?.key;
  const { away, toEnd } = usePinnedScroll(scroller, entries[0]?.key, last, lead !== undefined);
  const loadOlder = useEffectEvent(() => {
    const element = scroller.current;
    const may = messages.hasNextPage && !messages.isFetching && !messages.isFetchNextPageError;
    if (element && may && element.scrollTop < loadPx) void messages.fetchNextPage();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a short page may leave the top still in view
  useEffect(() => {
    loadOlder();
  }, [entries]);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <section
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        data-focus-home=""
        aria-label={t("timeline")}
        aria-busy={messages.isPending}
        onScroll={() => loadOlder()}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain [overflow-anchor:none] focus-visible:-outline-offset-2"
      >
        <div className="mx-auto flex max-w-4xl flex-col px-4 pt-6 pb-5 md:px-6">
          {lead}
          {messages.isPending ? <TimelineSkeleton /> : null}
          {messages.isError && !messages.data ? (
            <ErrorState
              title={t("error.title")}
              text={errorMessage(messages.error)}
              detail={requestIdOf(messages.error)}
              retryLabel={t("retry")}
              onRetry={() => void messages.refetch()}
            />
          ) : null}
          <Older story={story} />
          {entries.map((entry) => (
            <EntryItem
              key={entry.key}
              entry={entry}
              ticket={ticket}
              showHistory={showHistory}
              onAskAgain={onAskAgain}
            />
          ))}
          {outgoing.map((entry) => (
            <OutgoingItem key={entry.key} entry={entry} onEdit={onEdit} />
          ))}
        </div>
      </section>
      {away ? (
        <IconButton
          variant="secondary"
          label={t("to.newest")}
          icon={<ArrowDown />}
          onClick={toEnd}
          className="absolute right-4 bottom-3 rounded-full! bg-overlay shadow-overlay"
        />
      ) : null}
    </div>
  );
}
