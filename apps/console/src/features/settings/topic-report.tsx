import type { Project } from "@okno/contract";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../../shared/api/client.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useT } from "./project-messages.ts";

/** How the last month's tickets stand under the project's topics. */
export const topicReportQuery = (project: string) =>
  queryOptions({
    queryKey: ["topics", "report", project],
    queryFn: ({ signal }) => api.topics.report({ query: { project }, signal }),
  });

/** One line: how much of the month's work the topics say nothing about. */
export function TopicReport({ project }: { project: Project }) {
  const t = useT();
  const locale = useLocale();
  const { data } = useQuery(topicReportQuery(project.id));
  if (!data) return null;
  if (data.total === 0) return <p className="text-13 text-text-3">{t("report.none")}</p>;
  const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const parts = [
    { name: t("report.clear"), tickets: data.total - data.vague - data.untopiced, bar: "bg-accent" },
    { name: t("report.vague"), tickets: data.vague, bar: "bg-soon" },
    { name: t("report.untopiced"), tickets: data.untopiced, bar: "bg-line-strong" },
  ];
  return (
    <section aria-label={t("report.title")} className="flex flex-col gap-2">
      <p className="text-13 text-text-2">
        {t("report.title")}: {t("report.total", { count: data.total })}
      </p>
      <div aria-hidden="true" className="flex h-2 gap-0.5 overflow-hidden rounded-full">
        {parts.map(({ name, tickets, bar }) =>
          tickets > 0 ? (
            <span key={name} className={bar} style={{ flexGrow: tickets, flexBasis: 0 }} />
          ) : null,
        )}
      </div>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-13 text-text-2">
        {parts.map(({ name, tickets, bar }) => (
          <li key={name} className="flex items-center gap-2">
            <span aria-hidden="true" className={`size-2 rounded-full ${bar}`} />
            <span className="tabular-nums">{share.format(tickets / data.total)}</span> {name}
          </li>
        ))}
      </ul>
    </section>
  );
}
