import type { Ticket } from "@okno/contract";
import { Button, cx, ErrorState, RelativeTime, Skeleton } from "@okno/ui";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { errorMessage } from "../api/error-message.ts";
import { ChannelGlyph } from "../channels/channel-glyph.tsx";
import { topicPath, useTopics } from "../directory/directory.ts";
import { useLocale } from "../i18n/i18n.ts";
import { useT } from "./messages.ts";
import { contactHistoryQuery } from "./queries.ts";

const dots = { open: "bg-accent", waiting: "bg-line-strong", done: "bg-good" } as const;

function Line({ ticket, contact }: { ticket: Ticket; contact: string }) {
  const t = useT();
  const locale = useLocale();
  const topic = topicPath(useTopics(), ticket.topic);
  const { lastMessage } = ticket;
  const said = lastMessage?.preview.trim();
  return (
    <li>
      <Link
        to="/inbox/$view/$ticket"
        params={{ view: "all", ticket: ticket.id }}
        search={{ contact }}
        className="flex min-w-0 gap-2.5 rounded-control px-2 py-1.5 text-13 hover:bg-hover"
      >
        <ChannelGlyph type={ticket.channelType} className="mt-0.5 size-3.5 shrink-0 text-text-3" />
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="flex min-w-0 items-center gap-2">
            <bdi className="min-w-0 flex-1 truncate font-medium">{ticket.subject}</bdi>
            <RelativeTime
              date={new Date(ticket.createdAt)}
              locale={locale}
              style="short"
              className="shrink-0 text-12 text-text-3"
            />
          </span>
          {said ? (
            <bdi className="truncate text-text-2">
              {lastMessage?.by === "us" ? t("said.us", { text: said }) : said}
            </bdi>
          ) : null}
          <span className="flex min-w-0 items-center gap-1.5 text-12 text-text-3">
            <span aria-hidden="true" className={cx("size-1.5 shrink-0 rounded-full", dots[ticket.phase])} />
            {t(`phase.${ticket.phase}`)}
            {topic ? <bdi className="truncate">· {topic}</bdi> : null}
          </span>
        </span>
      </Link>
    </li>
  );
}

type Props = {
  contact: string;
  /** The ticket in hand, which is not among the others. */
  current?: string;
};

/** Everything the customer has ever asked, by whatever channel: what became of it, and the last words. */
export function History({ contact, current }: Props) {
  const t = useT();
  const query = useInfiniteQuery(contactHistoryQuery(contact));
  const tickets = (query.data?.pages ?? []).flatMap((page) => page.data).filter(({ id }) => id !== current);
  if (query.isPending)
    return (
      <div className="flex animate-late flex-col gap-2 py-1">
        <Skeleton className="h-4 w-full" />
        <Skeleton className="h-4 w-40" />
      </div>
    );
  if (query.isError && !query.data)
    return (
      <ErrorState
        title={t("history.failed")}
        text={errorMessage(query.error)}
        retryLabel={t("retry")}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    );
  return (
    <>
      {tickets.length === 0 ? (
        <p className="text-13 text-text-3">{t(current ? "history.others.none" : "history.none")}</p>
      ) : (
        <ul className="-mx-2 flex flex-col gap-0.5">
          {tickets.map((ticket) => (
            <Line key={ticket.id} ticket={ticket} contact={contact} />
          ))}
        </ul>
      )}
      {query.hasNextPage ? (
        <Button
          size="sm"
          variant="ghost"
          className="-ml-2"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("history.more")}
        </Button>
      ) : null}
    </>
  );
}
