import { cx, Tooltip } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Folder } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useProjects } from "../../shared/directory/directory.ts";
import { useMe } from "../../shared/session/session.ts";
import { type BuiltInView, type Filters, isSaved, type View, views } from "../../shared/tickets/filters.ts";
import { countsQuery } from "../../shared/tickets/queries.ts";
import { AccountMenu } from "./account-menu.tsx";
import { CustomerLinks } from "./customer-links.tsx";
import { FindButton } from "./find-button.tsx";
import { useT } from "./messages.ts";
import { Count, RailSection, RowName, rowClass } from "./rail-row.tsx";
import { SavedViews } from "./saved-views.tsx";
import { TeamLinks } from "./team-links.tsx";
import { countOf } from "./view-count.ts";
import { viewIcons, viewKeys } from "./views.tsx";

type RailProps = {
  view: View | undefined;
  filters: Filters;
  onShortcuts: () => void;
  /** The bell: another feature's, put here by the desk. */
  bell?: ReactNode;
  /** Wide even on a narrow screen: inside the sheet. */
  spread?: boolean;
};

/** Where a number calls for work. */
const loud = new Set<BuiltInView>(["mine", "unassigned", "unanswered"]);

function ViewLinks({ view, filters, spread }: { view: View | undefined; filters: Filters; spread: boolean }) {
  const t = useT();
  const { data: counts } = useQuery(countsQuery(filters.project));
  const keep: Filters = {
    ...(filters.project && { project: filters.project }),
    ...(filters.sort && { sort: filters.sort }),
  };
  const link = (each: BuiltInView): ReactElement => (
    <Link
      to="/inbox/$view"
      params={{ view: each }}
      search={keep}
      activeOptions={{ exact: true, includeSearch: true }}
      aria-current={each === view && !filters.team ? "page" : undefined}
      className={cx(rowClass, !spread && "md:max-lg:justify-center md:max-lg:px-0")}
    >
      {viewIcons[each]}
      <RowName spread={spread}>{t(`view.${each}`)}</RowName>
      <Count value={countOf(counts, each)} quiet={!loud.has(each)} spread={spread} />
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
    <div className={cx(!spread && "md:max-lg:hidden")}>
      <RailSection id="projects" name={t("projects")} spread={spread}>
        {entries.map(({ id, name }) => (
          <li key={id ?? "all"}>
            <Link
              to="/inbox/$view"
              params={{ view: view && !isSaved(view) ? view : "mine" }}
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
      </RailSection>
    </div>
  );
}

/** Views with counts, projects, and the person. From 768 to 1199 px it is a strip of icons. */
export function Rail({ view, filters, onShortcuts, bell, spread = false }: RailProps) {
  const t = useT();
  const me = useMe();
  return (
    <nav
      aria-label={t("navigation")}
      className={cx("flex h-full min-h-0 flex-col gap-4 bg-surface-2", spread ? "" : "p-2")}
    >
      <div
        className={cx("flex shrink-0 items-center gap-1", !spread && "md:max-lg:flex-col md:max-lg:gap-2")}
      >
        <Tooltip text={me.workspace.name} side="right">
          <p
            className={cx(
              "flex h-9 min-w-0 flex-1 shrink-0 items-center gap-2.5 px-2",
              !spread && "md:max-lg:justify-center md:max-lg:px-0",
            )}
          >
            <img src="/icon.svg" alt="" className="size-5" />
            <bdi className={cx("min-w-0 truncate text-14 font-semibold", !spread && "md:max-lg:sr-only")}>
              {me.workspace.name}
            </bdi>
          </p>
        </Tooltip>
        {bell}
      </div>
      <FindButton spread={spread} />
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto overscroll-contain">
        <ViewLinks view={view} filters={filters} spread={spread} />
        <SavedViews view={view} spread={spread} />
        <TeamLinks view={view} filters={filters} spread={spread} />
        <ProjectLinks view={view} filters={filters} spread={spread} />
      </div>
      <CustomerLinks spread={spread} />
      <AccountMenu spread={spread} onShortcuts={onShortcuts} />
    </nav>
  );
}
