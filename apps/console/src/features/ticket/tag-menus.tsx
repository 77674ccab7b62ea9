import type { Ticket } from "@okno/contract";
import { FilterableMenu, type MenuItem } from "@okno/ui";
import type { ReactElement } from "react";
import { useLabels, useTopics } from "../../shared/directory/directory.ts";
import { hueOfLabel } from "../../shared/directory/label-hue.ts";
import { useT } from "./messages.ts";
import type { TicketActions } from "./use-actions.ts";

type Props = {
  ticket: Ticket;
  actions: TicketActions;
  trigger: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

const noTopic = "none";

/** The topics of the ticket's project as a tree of two levels. */
function useTopicItems(ticket: Ticket): MenuItem[] {
  const topics = useTopics().filter((topic) => topic.project === ticket.project);
  const roots = topics.filter((topic) => topic.parent === null);
  return roots.flatMap((root) => {
    const children = topics.filter((topic) => topic.parent === root.id);
    const group = root.name;
    return [
      { id: root.id, label: root.name, ...(children.length > 0 && { group }) },
      ...children.map((child) => ({ id: child.id, label: child.name, group, keywords: [root.name] })),
    ];
  });
}

function useLabelItems(ticket: Ticket): MenuItem[] {
  return useLabels()
    .filter((label) => label.project === ticket.project)
    .map((label) => ({ id: label.name, label: label.name, hue: hueOfLabel(label.hue) }));
}

function toggled(labels: readonly string[], name: string): string[] {
  return labels.includes(name) ? labels.filter((each) => each !== name) : [...labels, name];
}

export function TopicMenu({ ticket, actions, ...menu }: Props) {
  const t = useT();
  const items = useTopicItems(ticket);
  return (
    <FilterableMenu
      {...menu}
      label={t("topic")}
      filterPlaceholder={t("topic.filter")}
      emptyText={t("assign.empty")}
      selected={[ticket.topic ?? noTopic]}
      items={[{ id: noTopic, label: t("topic.none") }, ...items]}
      onSelect={(id) => void actions.set({ topic: id === noTopic ? null : id })}
    />
  );
}

export function LabelsMenu({ ticket, actions, ...menu }: Props) {
  const t = useT();
  return (
    <FilterableMenu
      {...menu}
      multiple
      label={t("labels")}
      filterPlaceholder={t("labels.filter")}
      emptyText={t("labels.empty")}
      selected={ticket.labels}
      items={useLabelItems(ticket)}
      onSelect={(name) => void actions.set({ labels: toggled(ticket.labels, name) })}
    />
  );
}

/** Topic and labels in one menu, for the key. */
export function TagsMenu({ ticket, actions, ...menu }: Props) {
  const t = useT();
  const topics = useTopicItems(ticket).map((item) => ({
    ...item,
    id: `topic ${item.id}`,
    label: item.group && item.group !== item.label ? `${item.group} › ${item.label}` : item.label,
    group: t("topic"),
  }));
  const labels = useLabelItems(ticket).map((item) => ({
    ...item,
    id: `label ${item.id}`,
    group: t("labels"),
  }));
  return (
    <FilterableMenu
      {...menu}
      multiple
      label={t("act.tags")}
      filterPlaceholder={t("tags.filter")}
      emptyText={t("assign.empty")}
      selected={[`topic ${ticket.topic}`, ...ticket.labels.map((name) => `label ${name}`)]}
      items={[...topics, ...labels]}
      onSelect={(id) => {
        const value = id.slice(id.indexOf(" ") + 1);
        if (id.startsWith("topic ")) void actions.set({ topic: ticket.topic === value ? null : value });
        else void actions.set({ labels: toggled(ticket.labels, value) });
      }}
    />
  );
}
