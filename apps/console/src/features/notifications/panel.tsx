import type { Notification } from "@okno/contract";
import {
  Button,
  cx,
  EmptyState,
  ErrorState,
  IconButton,
  ListSkeleton,
  RelativeTime,
  toast,
  UnreadDot,
} from "@okno/ui";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CheckCheck, Settings } from "lucide-react";
import { errorMessage, requestIdOf } from "../../shared/api/error-message.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useT } from "./messages.ts";
import { markSeen, notificationsQuery, placeOf, whoOf } from "./queries.ts";
import { Snooze } from "./snooze.tsx";

function Line({ notification, onDone }: { notification: Notification; onDone: () => void }) {
  const t = useT();
  const locale = useLocale();
  const { ticket, webhook, kind, at, readAt } = notification;
  const who = whoOf(notification, { system: t("system"), someone: t("someone") });
  return (
    <li>
      <Link
        {...placeOf(notification)}
        onClick={() => {
          // A ticket is seen when it is opened; this is seen here.
          if (!ticket && readAt === null) void markSeen({ ids: [notification.id] }).catch(() => undefined);
          onDone();
        }}
        className="grid grid-cols-[0.75rem_minmax(0,1fr)_auto] gap-x-2 px-3 py-2.5 transition-colors hover:bg-hover"
      >
        <span className="mt-1.5">{readAt === null ? <UnreadDot label={t("unread")} /> : null}</span>
        <span className={cx("truncate text-13", readAt === null ? "font-medium" : "text-text-2")}>
          <bdi>{t(`kind.${kind}`, { who })}</bdi>
        </span>
        <span className="text-12 text-text-3">
          <RelativeTime date={new Date(at)} locale={locale} style="short" />
        </span>
        <span className="col-start-2 col-end-4 truncate text-13 text-text-3">
          {ticket ? (
            <>
              № {ticket.number} · <bdi>{ticket.subject}</bdi>
            </>
          ) : (
            webhook?.name
          )}
        </span>
      </Link>
    </li>
  );
}

function Lines({ onDone }: { onDone: () => void }) {
  const t = useT();
  const query = useInfiniteQuery(notificationsQuery);
  const told = query.data?.pages.flatMap((page) => page.data) ?? [];
  if (query.isPending) return <ListSkeleton label={t("loading")} rows={5} />;
  if (query.error && told.length === 0)
    return (
      <ErrorState
        title={t("load.failed")}
        text={errorMessage(query.error)}
        detail={requestIdOf(query.error)}
        retryLabel={t("retry")}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    );
  if (told.length === 0) return <EmptyState title={t("empty")} text={t("empty.text")} />;
  return (
    <>
      <ul aria-label={t("title")} className="divide-y divide-line">
        {told.map((each) => (
          <Line key={each.id} notification={each} onDone={onDone} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          variant="ghost"
          className="m-2"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("more")}
        </Button>
      ) : null}
    </>
  );
}

/** What one has been told, newest first. */
export function Panel({ onDone }: { onDone: () => void }) {
  const t = useT();
  const query = useInfiniteQuery(notificationsQuery);
  const newest = query.data?.pages[0]?.data[0];
  const readAll = () => {
    if (newest)
      markSeen({ upTo: newest.id }).catch((error: unknown) =>
        toast({ title: errorMessage(error), tone: "late" }),
      );
  };
  return (
    <div className="flex max-h-[min(36rem,80dvh)] w-96 max-w-full flex-col">
      <header className="flex items-center gap-1 border-b py-2 pr-2 pl-4">
        <h2 className="flex-1 text-14 font-semibold">{t("title")}</h2>
        <IconButton size="sm" label={t("all.read")} icon={<CheckCheck />} onClick={readAll} />
        <Link to="/settings/notifications" onClick={onDone} tabIndex={-1}>
          <IconButton size="sm" label={t("settings")} icon={<Settings />} />
        </Link>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Lines onDone={onDone} />
      </div>
      <Snooze />
    </div>
  );
}
