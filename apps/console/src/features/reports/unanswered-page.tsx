import type { UnansweredReport } from "@okno/contract";
import {
  EmptyState,
  ErrorState,
  ListSkeleton,
  Table,
  Tabs,
  TBody,
  Td,
  THead,
  Th,
  TooManyNote,
  Tr,
  WindowArt,
} from "@okno/ui";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage, requestIdOf } from "../../shared/api/error-message.ts";
import { queryClient } from "../../shared/api/query-client.ts";
import { topicPath, useMembers, useProjects, useTeams, useTopics } from "../../shared/directory/directory.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { usePageTitle } from "../../shared/layout/page-title.ts";
import { useLiveEvents, useResync } from "../../shared/live/live.ts";
import type { Filters } from "../../shared/tickets/filters.ts";
import { useT } from "./messages.ts";

/** Ages grow without any event. */
const clockMs = 30_000;
/** A burst of events asks once. */
const restMs = 1_500;

const reportQuery = queryOptions({
  queryKey: ["reports", "unanswered"],
  queryFn: ({ signal }) => api.reports.unanswered({ signal }),
  refetchInterval: clockMs,
  placeholderData: (before) => before,
});

function useReportLive(): void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const refresh = () => {
    timer.current = undefined;
    void queryClient.invalidateQueries({ queryKey: reportQuery.queryKey });
  };
  useLiveEvents(({ ticket }) => {
    if (ticket) timer.current ??= setTimeout(refresh, restMs);
  });
  useResync(refresh);
  useEffect(() => () => clearTimeout(timer.current), []);
}

const cuts = ["project", "assignee", "team", "topic"] as const;
type Cut = (typeof cuts)[number];
type Line = {
  id: string | null;
  name: string;
  search: Filters;
  tickets: number;
  counts: number[];
  oldest: string;
};

/** One line of the table a project, a person, a team or a topic. */
function useLines(report: UnansweredReport, cut: Cut): Line[] {
  const t = useT();
  const projects = useProjects();
  const members = useMembers();
  const teams = useTeams();
  const topics = useTopics();
  const named = (all: readonly { id: string; name: string }[], id: string) =>
    all.find((each) => each.id === id)?.name ?? "…";
  switch (cut) {
    case "project":
      return report.byProject.map(({ project: id, ...line }) => ({
        ...line,
        id,
        name: named(projects, id),
        search: { project: id },
      }));
    case "assignee":
      return report.byAssignee.map(({ assignee: id, ...line }) => ({
        ...line,
        id,
        name: id === null ? t("nobody") : named(members, id),
        search: { assignee: id ?? "none" },
      }));
    case "team":
      return report.byTeam.map(({ team: id, ...line }) => ({
        ...line,
        id,
        name: id === null ? t("no.team") : named(teams, id),
        search: { team: id ?? "none" },
      }));
    default:
      return report.byTopic.map(({ topic: id, ...line }) => ({
        ...line,
        id,
        name: id === null ? t("no.topic") : (topicPath(topics, id) ?? "…"),
        search: { topic: id ?? "none" },
      }));
  }
}

function useDuration(): (minutes: number) => string {
  const locale = useLocale();
  return (minutes) => {
    const [value, unit] =
      minutes >= 1440
        ? [minutes / 1440, "day"]
        : minutes >= 60
          ? [minutes / 60, "hour"]
          : [minutes, "minute"];
    return new Intl.NumberFormat(locale, {
      style: "unit",
      unit,
      unitDisplay: "short",
      maximumFractionDigits: 0,
    }).format(value);
  };
}

type Band = UnansweredReport["bands"][number];

function useBandName(): (band: Band) => string {
  const t = useT();
  const duration = useDuration();
  return ({ fromMinutes, toMinutes }) => {
    if (toMinutes === null) return t("band.last", { from: duration(fromMinutes) });
    if (fromMinutes === 0) return t("band.first", { to: duration(toMinutes) });
    return t("band", { from: duration(fromMinutes), to: duration(toMinutes) });
  };
}

function Cell({ line, band, count }: { line: Line; band: Band; count: number }) {
  const t = useT();
  const bandName = useBandName();
  if (count === 0) return <span className="text-text-3">–</span>;
  return (
    <Link
      to="/inbox/$view"
      params={{ view: "unanswered" }}
      search={{
        ...line.search,
        ...(band.fromMinutes > 0 && { unansweredFor: band.fromMinutes }),
        ...(band.toMinutes !== null && { unansweredUnder: band.toMinutes }),
      }}
      aria-label={t("open", { name: line.name, band: bandName(band), count })}
      className="font-medium text-accent underline-offset-2 hover:underline"
    >
      {count}
    </Link>
  );
}

function Lines({ report, cut }: { report: UnansweredReport; cut: Cut }) {
  const t = useT();
  const bandName = useBandName();
  const duration = useDuration();
  const lines = useLines(report, cut);
  return (
    <Table caption={t("title")} frameClassName="mt-4">
      <THead>
        <Tr>
          <Th>{t("name")}</Th>
          {report.bands.map((band) => (
            <Th key={band.fromMinutes} align="end">
              {bandName(band)}
            </Th>
          ))}
          <Th align="end">{t("all")}</Th>
          <Th align="end">{t("oldest")}</Th>
        </Tr>
      </THead>
      <TBody>
        {lines.map((line) => (
          <Tr key={line.id ?? "none"}>
            <Td>
              <bdi className="block min-w-28 [overflow-wrap:anywhere]">{line.name}</bdi>
            </Td>
            {report.bands.map((band, index) => (
              <Td key={band.fromMinutes} align="end">
                <Cell line={line} band={band} count={line.counts[index] ?? 0} />
              </Td>
            ))}
            <Td align="end">{line.tickets}</Td>
            <Td align="end">
              {duration(Math.max(0, (Date.parse(report.at) - Date.parse(line.oldest)) / 60_000))}
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}

/** Who waits for an answer, how long, and whose they are: live. */
export function UnansweredPage() {
  const t = useT();
  usePageTitle(t("title"));
  const [cut, setCut] = useState<Cut>("project");
  const query = useQuery(reportQuery);
  useReportLive();
  const report = query.data;
  return (
    <main className="h-full overflow-y-auto bg-surface-1">
      <div className="mx-auto w-full max-w-4xl px-4 py-6 md:px-8 md:py-8">
        <Link
          to="/inbox/$view"
          params={{ view: "unanswered" }}
          className="flex w-fit items-center gap-2 text-14 text-text-2 hover:text-text-1 pointer-coarse:h-11"
        >
          <ArrowLeft aria-hidden="true" className="size-4" />
          {t("back")}
        </Link>
        <h1 className="mt-3 text-20 font-semibold">{t("title")}</h1>
        <p className="mt-1 max-w-prose text-14 text-text-2">{t("text")}</p>
        {query.isPending ? <ListSkeleton label={t("loading")} rows={5} /> : null}
        {query.error && !report ? (
          <ErrorState
            title={t("failed")}
            text={errorMessage(query.error)}
            detail={requestIdOf(query.error)}
            retryLabel={t("retry")}
            onRetry={() => void query.refetch()}
            retrying={query.isFetching}
          />
        ) : null}
        {report?.total === 0 ? (
          <EmptyState art={<WindowArt />} title={t("none")} text={t("none.text")} />
        ) : null}
        {report && report.total > 0 ? (
          <>
            <p role="status" className="mt-5 text-28 font-semibold tabular-nums">
              {t("total", { count: report.total })}
            </p>
            {report.more ? <TooManyNote className="mt-1">{t("more")}</TooManyNote> : null}
            <Tabs
              className="mt-4"
              label={t("by")}
              value={cut}
              onValueChange={(next) => setCut(next as Cut)}
              items={cuts.map((value) => ({
                value,
                label: t(`by.${value}`),
                content: <Lines report={report} cut={value} />,
              }))}
            />
          </>
        ) : null}
      </div>
    </main>
  );
}
