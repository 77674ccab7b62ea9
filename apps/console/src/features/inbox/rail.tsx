import { cx, Tooltip } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Folder } from "lucide-react";
import type { ReactElement } from "react";
import { useProjects } from "../../shared/directory/directory.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useMe } from "../../shared/session/session.ts";
import type { TicketCounts } from "../../shared/tickets/counts.ts";
import { type Filters, type View, views } from "../../shared/tickets/filters.ts";
import { countsQuery } from "../../shared/tickets/queries.ts";
import { AccountMenu } from "./account-menu.tsx";
import { useT } from "./messages.ts";
import { viewIcons, viewKeys } from "./views.tsx";

type RailProps = {
  view: View | undefined;
  filters: Filters;
  onShortcuts: () => void;
  /** Wide even on a narrow screen: inside the sheet. */
  spread?: boolean;
};

/** The number a view shows. Completed and all grow for ever and mean nothing to act on. */
export function countOf(counts: TicketCounts | undefined, view: View): number | undefined {
  if (!counts) return undefined;
  if (view === "completed") return counts.done;
  return view === "all" ? counts.open + counts.waiting + counts.done : counts[view];
}

const rowClass =
  "relative flex h-8 items-center gap-2.5 rounded-control px-2 text-14 text-text-2 transition-colors hover:bg-hover hover:text-text-1 pointer-coarse:h-11 [&_svg]:size-4 [&_svg]:shrink-0 aria-[current]:bg-selected aria-[current]:font-medium aria-[current]:text-text-1 aria-[current]:[&_svg]:text-accent";

function Count({ value, quiet, spread }: { value: number | undefined; quiet: boolean; spread: boolean }) {
  const locale = useLocale();
  if (!value) return null;
  const text = new Intl.NumberFormat(locale, value < 10_000 ? {} : { notation: "compact" }).format(value);
  return (
    <span
      className={cx(
        "text-12 tabular-nums",
        quiet ? "text-text-3" : "font-medium text-text-2",
        spread ? "" : "md:max-lg:hidden",
      )}
    >
      {text}
    </span>
  );
}

function ViewLinks({ view, filters, spread }: { view: View | undefined; filters: Filters; spread: boolean }) {
  const t = useT();
  const { data: counts } = useQuery(countsQuery(filters.project));
  const keep: Filters = {
    ...(filters.project && { project: filters.project }),
    ...(filters.sort && { sort: filters.sort }),
  };
  const link = (each: View): ReactElement => (
    <Link
      to="/inbox/$view"
      params={{ view: each }}
      search={keep}
      aria-current={each === view ? "page" : undefined}
      className={cx(rowClass, !spread && "md:max-lg:justify-center md:max-lg:px-0")}
    >
      {viewIcons[each]}
      <span className={cx("min-w-0 flex-1 truncate", !spread && "md:max-lg:sr-only")}>
        {t(`view.${each}`)}
      </span>
      <Count value={countOf(counts, each)} quiet={each !== "mine" && each !== "unassigned"} spread={spread} />
    </Link>
  );
  return (
    <ul aria-label={t("views")} className="flex flex-col gap-0.5">
      {views.map((each) => (
        <li key={each}>
          <Tooltip text={t(`view.${each}`)} shortcut={viewKeys[each]} side="right">
            {link(each)}
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}

function ProjectLinks({
  view,
  filters,
  spread,
}: {
  view: View | undefined;
  filters: Filters;
  spread: boolean;
}) {
  const t = useT();
  const projects = useProjects();
  const { data: counts } = useQuery(countsQuery(undefined));
  if (projects.length < 2) return null;
  const { project: chosen, topic: _, label: __, ...rest } = filters;
  const entries = [{ id: undefined, name: t("project.all"), accent: undefined }, ...projects];
  return (
    <section className={cx("flex min-h-0 flex-col gap-0.5", !spread && "md:max-lg:hidden")}>
      <h2 className="px-2 pt-1 pb-1 text-12 font-medium text-text-3">{t("projects")}</h2>
      <ul aria-label={t("projects")} className="flex min-h-0 flex-col gap-0.5 overflow-y-auto">
        {entries.map(({ id, name }) => (
          <li key={id ?? "all"}>
            <Link
              to="/inbox/$view"
              params={{ view: view ?? "mine" }}
              search={{ ...rest, ...(id && { project: id }) }}
              aria-current={id === chosen ? "true" : undefined}
              className={rowClass}
            >
              <Folder aria-hidden="true" />
              <bdi className="min-w-0 flex-1 truncate">{name}</bdi>
              <Count
                value={counts?.byProject.find((each) => each.project === id)?.open}
                quiet
                spread={spread}
              />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Views with counts, projects, and the person. From 768 to 1199 px it is a strip of icons. */
export function Rail({ view, filters, onShortcuts, spread = false }: RailProps) {
  const t = useT();
  const me = useMe();
  return (
    <nav
      aria-label={t("navigation")}
      className={cx("flex h-full min-h-0 flex-col gap-4 bg-surface-2", spread ? "" : "p-2")}
    >
      <Tooltip text={me.workspace.name} side="right">
        <p
          className={cx(
            "flex h-9 shrink-0 items-center gap-2.5 px-2",
            !spread && "md:max-lg:justify-center md:max-lg:px-0",
          )}
        >
          <img src="/icon.svg" alt="" className="size-5" />
          <bdi className={cx("min-w-0 truncate text-14 font-semibold", !spread && "md:max-lg:sr-only")}>
            {me.workspace.name}
          </bdi>
        </p>
      </Tooltip>
      <ViewLinks view={view} filters={filters} spread={spread} />
      <ProjectLinks view={view} filters={filters} spread={spread} />
      <span className="flex-1" />
      <AccountMenu spread={spread} onShortcuts={onShortcuts} />
    </nav>
  );
}
