import { FilterableMenu, IconButton, type MenuItem, Tag } from "@okno/ui";
import { useNavigate } from "@tanstack/react-router";
import { ArrowUpDown, ListFilter, Menu } from "lucide-react";
import { useState } from "react";
import { topicPath, useLabels, useProjects, useTopics } from "../../shared/directory/directory.ts";
import { hueOfLabel } from "../../shared/directory/label-hue.ts";
import { useShortcuts } from "../../shared/keys/use-shortcuts.ts";
import type { Filters, Sort, View } from "../../shared/tickets/filters.ts";
import { useT } from "./messages.ts";

type Props = { view: View; filters: Filters; count: number | undefined; onMenu: () => void };

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
  useShortcuts({ "/": () => setOpen(true) });
  const selected = [filters.topic && `topic ${filters.topic}`, filters.label && `label ${filters.label}`];
  const choose = (id: string) => {
    const [kind = "", value] = [id.slice(0, id.indexOf(" ")), id.slice(id.indexOf(" ") + 1)];
    const next = filters[kind as "topic" | "label"] === value ? undefined : value;
    void navigate({ to: "/inbox/$view", params: { view }, search: withFilter(filters, { [kind]: next }) });
  };
  return (
    <FilterableMenu
      open={open}
      onOpenChange={setOpen}
      align="end"
      label={t("filter")}
      trigger={<IconButton size="sm" label={t("filter")} shortcut="/" icon={<ListFilter />} />}
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
  const sorts: readonly Sort[] = ["newest", "activity", "important"];
  return (
    <FilterableMenu
      align="end"
      label={t("sort")}
      trigger={<IconButton size="sm" label={t("sort")} icon={<ArrowUpDown />} />}
      filterPlaceholder={t("sort")}
      emptyText={t("filter.empty")}
      items={sorts.map((sort) => ({ id: sort, label: t(`sort.${sort}`) }))}
      selected={[filters.sort ?? "newest"]}
      onSelect={(sort) =>
        void navigate({
          to: "/inbox/$view",
          params: { view },
          search: withFilter(filters, { sort: sort === "newest" ? undefined : (sort as Sort) }),
        })
      }
    />
  );
}

function ActiveFilters({ view, filters }: Pick<Props, "view" | "filters">) {
  const t = useT();
  const navigate = useNavigate();
  const topics = useTopics();
  const labels = useLabels();
  const names = {
    topic: filters.topic && (topicPath(topics, filters.topic) ?? "…"),
    label: filters.label,
    contact: filters.contact && t("filter.contact"),
  };
  const active = (["topic", "label", "contact"] as const).flatMap((kind) => {
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
export function ListHeader({ view, filters, count, onMenu }: Props) {
  const t = useT();
  const projects = useProjects();
  const project = projects.find((each) => each.id === filters.project)?.name;
  return (
    <header className="border-b">
      <div className="flex h-13 items-center gap-1 pr-2.5 pl-4">
        <IconButton className="-ml-2.5 md:hidden" label={t("menu")} icon={<Menu />} onClick={onMenu} />
        <h1 className="flex min-w-0 flex-1 items-baseline gap-2 text-16 font-semibold">
          <span className="truncate">{t(`view.${view}`)}</span>
          {project ? <span className="truncate text-13 font-normal text-text-2">{project}</span> : null}
          {count === undefined ? null : (
            <span className="text-13 font-normal text-text-3 tabular-nums">{count.toLocaleString()}</span>
          )}
        </h1>
        <SortMenu view={view} filters={filters} />
        <FilterMenu view={view} filters={filters} />
      </div>
      <ActiveFilters view={view} filters={filters} />
    </header>
  );
}
