import { FilterableMenu, IconButton, type MenuItem, Tag } from "@okno/ui";
import { Link, useNavigate } from "@tanstack/react-router";
import {
  ArrowUpDown,
  BellRing,
  ChartNoAxesColumn,
  ListFilter,
  Menu,
  PhoneIncoming,
  Search,
} from "lucide-react";
import { type ReactNode, useState } from "react";
import { openCreate } from "../../shared/contacts/create.ts";
import {
  topicPath,
  useLabels,
  useMembers,
  useProjects,
  useTeams,
  useTopics,
} from "../../shared/directory/directory.ts";
import { hueOfLabel } from "../../shared/directory/label-hue.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { runCommand, useCommands } from "../../shared/keys/use-commands.ts";
import { type Filters, isSaved, type Sort, usualSort, type View } from "../../shared/tickets/filters.ts";
import { useSavedView } from "../../shared/views/queries.ts";
import { useT } from "./messages.ts";
import { shortDuration } from "./short-duration.ts";
import { ViewMenu } from "./view-menu.tsx";
import { useViewTitle } from "./views.tsx";

type Props = {
  view: View;
  filters: Filters;
  count: number | undefined;
  onMenu: () => void;
  /** On a phone, where there is no rail: another feature's, put here by the desk. */
  bell?: ReactNode;
};

function useFilterItems(filters: Filters): MenuItem[] {
  const t = useT();
  const topics = useTopics().filter((topic) => !filters.project || topic.project === filters.project);
  const labels = useLabels().filter((label) => !filters.project || label.project === filters.project);
  const projects = useProjects();
  // The same name may stand in several projects: then the project tells them apart.
  const hint = (project: string) =>
    filters.project || projects.length < 2 ? undefined : projects.find((each) => each.id === project)?.name;
  const names = new Map(labels.map((label) => [label.name, label]));
  return [
    { id: "following me", label: t("filter.following"), icon: <BellRing /> },
    { id: "topic none", label: t("filter.no.topic"), group: t("filter.topics") },
    ...topics.map((topic) => ({
      id: `topic ${topic.id}`,
      label: topicPath(topics, topic.id) ?? topic.name,
      hint: hint(topic.project),
      group: t("filter.topics"),
    })),
    ...[...names.values()].map((label) => ({
      id: `label ${label.name}`,
      label: label.name,
      hue: hueOfLabel(label.hue),
      group: t("filter.labels"),
    })),
  ];
}

/** Drops whatever is undefined: an absent filter does not stand in the address. */
function withFilter(filters: Filters, change: { [K in keyof Filters]: Filters[K] | undefined }): Filters {
  return Object.fromEntries(
    Object.entries({ ...filters, ...change }).filter(([, value]) => value !== undefined),
  );
}

function FilterMenu({ view, filters }: Pick<Props, "view" | "filters">) {
  const t = useT();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const items = useFilterItems(filters);
  useCommands([
    { id: "list.filter", title: t("filter"), group: "list", keys: "f", run: () => setOpen(true) },
  ]);
  const selected = (["following", "topic", "label"] as const).map(
    (kind) => filters[kind] && `${kind} ${filters[kind]}`,
  );
  const choose = (id: string) => {
    const [kind = "", value] = [id.slice(0, id.indexOf(" ")), id.slice(id.indexOf(" ") + 1)];
    const next = filters[kind as "following" | "topic" | "label"] === value ? undefined : value;
    void navigate({ to: "/inbox/$view", params: { view }, search: withFilter(filters, { [kind]: next }) });
  };
  return (
    <FilterableMenu
      open={open}
      onOpenChange={setOpen}
      align="end"
      label={t("filter")}
      trigger={<IconButton size="sm" label={t("filter")} shortcut="f" icon={<ListFilter />} />}
      filterPlaceholder={t("filter.placeholder")}
      emptyText={t("filter.empty")}
      items={items}
      selected={selected.filter((each) => each !== undefined)}
      onSelect={choose}
    />
  );
}

function SortMenu({ view, filters }: Pick<Props, "view" | "filters">) {
  const t = useT();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  useCommands([{ id: "list.sort", title: t("sort"), group: "list", keys: "s", run: () => setOpen(true) }]);
  const saved = useSavedView(view);
  const usual = saved?.sort ?? usualSort(view);
  const sorts: readonly Sort[] = ["newest", "activity", "important", "waiting"];
  return (
    <FilterableMenu
      align="end"
      label={t("sort")}
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton size="sm" label={t("sort")} shortcut="s" icon={<ArrowUpDown />} />}
      filterPlaceholder={t("sort")}
      emptyText={t("filter.empty")}
      items={sorts.map((sort) => ({ id: sort, label: t(`sort.${sort}`) }))}
      selected={[filters.sort ?? usual]}
      onSelect={(sort) =>
        void navigate({
          to: "/inbox/$view",
          params: { view },
          search: withFilter(filters, { sort: sort === usual ? undefined : (sort as Sort) }),
        })
      }
    />
  );
}

function ActiveFilters({ view, filters }: Pick<Props, "view" | "filters">) {
  const t = useT();
  const locale = useLocale();
  const navigate = useNavigate();
  const topics = useTopics();
  const labels = useLabels();
  const members = useMembers();
  const teams = useTeams();
  const names = {
    following: filters.following && t("filter.following"),
    team:
      filters.team === "mine"
        ? t("rail.mine")
        : filters.team === "none"
          ? t("filter.no.team")
          : teams.find(({ id }) => id === filters.team)?.name,
    assignee:
      filters.assignee === "none" ? t("unassigned") : members.find(({ id }) => id === filters.assignee)?.name,
    unansweredFor:
      filters.unansweredFor === undefined
        ? undefined
        : t("filter.for", { time: shortDuration(filters.unansweredFor * 60_000, locale) }),
    unansweredUnder:
      filters.unansweredUnder === undefined
        ? undefined
        : t("filter.under", { time: shortDuration(filters.unansweredUnder * 60_000, locale) }),
    topic:
      filters.topic === "none"
        ? t("filter.no.topic")
        : filters.topic && (topicPath(topics, filters.topic) ?? "…"),
    label: filters.label,
    contact: filters.contact && t("filter.contact"),
  };
  const active = (
    [
      "following",
      "team",
      "assignee",
      "unansweredFor",
      "unansweredUnder",
      "topic",
      "label",
      "contact",
    ] as const
  ).flatMap((kind) => {
    const name = names[kind];
    return name ? [{ kind, name }] : [];
  });
  if (active.length === 0) return null;
  const hue = labels.find((label) => label.name === filters.label)?.hue;
  return (
    <div className="flex flex-wrap gap-1.5 px-4 pb-2.5">
      {active.map(({ kind, name }) => (
        <Tag
          key={kind}
          {...(kind === "label" && hue && { hue: hueOfLabel(hue) })}
          removeLabel={t("filter.remove", { name })}
          onRemove={() =>
            void navigate({
              to: "/inbox/$view",
              params: { view },
              search: withFilter(filters, { [kind]: undefined }),
            })
          }
        >
          {name}
        </Tag>
      ))}
    </div>
  );
}

/** The name of the list, how many are in it, its filter and order. */
export function ListHeader({ view, filters, count, onMenu, bell }: Props) {
  const t = useT();
  const projects = useProjects();
  const project = projects.find((each) => each.id === filters.project)?.name;
  const title = useViewTitle(view);
  const locale = useLocale();
  return (
    <header className="border-b">
      <div className="flex h-13 items-center gap-1 pr-2.5 pl-4">
        <IconButton className="-ml-2.5 md:hidden" label={t("menu")} icon={<Menu />} onClick={onMenu} />
        <h1 className="flex min-w-0 flex-1 items-baseline gap-2 text-16 font-semibold">
          <bdi className="truncate">{title}</bdi>
          {project ? <span className="truncate text-13 font-normal text-text-2">{project}</span> : null}
          {count === undefined ? null : (
            <span className="text-13 font-normal text-text-3 tabular-nums">
              {count.toLocaleString(locale)}
            </span>
          )}
        </h1>
        <IconButton
          className="md:hidden"
          size="sm"
          label={t("find")}
          icon={<Search />}
          onClick={() => runCommand("palette")}
        />
        {bell}
        <IconButton
          className="md:hidden"
          size="sm"
          label={t("note.call")}
          icon={<PhoneIncoming />}
          onClick={() => openCreate({ what: "note" })}
        />
        {view === "unanswered" ? (
          <Link to="/reports/unanswered" tabIndex={-1}>
            <IconButton size="sm" label={t("rail.report")} icon={<ChartNoAxesColumn />} />
          </Link>
        ) : null}
        {isSaved(view) ? <ViewMenu view={view} /> : null}
        <SortMenu view={view} filters={filters} />
        <FilterMenu view={view} filters={filters} />
      </div>
      <ActiveFilters view={view} filters={filters} />
    </header>
  );
}
