import type { BulkAction, Member } from "@okno/contract";
import { FilterableMenu, IconButton, type MenuItem } from "@okno/ui";
import { Clock, Tags, UserRoundPlus, UserRoundX, Users } from "lucide-react";
import { useState } from "react";
import { topicPath, useLabels, useMembers, useTeams, useTopics } from "../../shared/directory/directory.ts";
import { hueOfLabel } from "../../shared/directory/label-hue.ts";
import { MemberAvatar } from "../../shared/presence/member-avatar.tsx";
import { useMe } from "../../shared/session/session.ts";
import type { Filters } from "../../shared/tickets/filters.ts";
import { postponeTimes } from "../../shared/tickets/postpone-times.ts";
import { useT } from "./bulk-messages.ts";
import { BulkUntil } from "./bulk-until.tsx";

export type BulkMenu = "assign" | "postpone" | "tags" | undefined;
export type MenuProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onAct: (act: BulkAction) => void;
  filters: Filters;
};

/** To whom: oneself first, then nobody, teams and colleagues. */
export function BulkAssign({ open, onOpenChange, onAct, filters }: MenuProps) {
  const t = useT();
  const { member: me } = useMe();
  const members = useMembers().filter(({ status }) => status === "active");
  const teams = useTeams().filter(({ project }) => !filters.project || project === filters.project);
  const people = [...members].sort((a, b) => Number(b.id === me.id) - Number(a.id === me.id));
  const items: MenuItem[] = [
    ...people.slice(0, 1).map((each) => personItem(each)),
    { id: "nobody", label: t("assign.nobody"), icon: <UserRoundX /> },
    ...teams.map(({ id, name }) => ({ id, label: name, hint: t("team"), icon: <Users /> })),
    ...people.slice(1).map((each) => personItem(each)),
  ];
  const choose = (id: string) => {
    if (teams.some((team) => team.id === id)) onAct({ action: "assign", body: { team: id } });
    else onAct({ action: "assign", body: { member: id === "nobody" ? null : id } });
  };
  return (
    <FilterableMenu
      open={open}
      onOpenChange={onOpenChange}
      side="top"
      label={t("assign")}
      filterPlaceholder={t("assign.filter")}
      emptyText={t("empty")}
      items={items}
      onSelect={choose}
      trigger={<IconButton label={t("assign")} shortcut="a" icon={<UserRoundPlus />} />}
    />
  );
}

function personItem(member: Member): MenuItem {
  return { id: member.id, label: member.name, icon: <MemberAvatar size="sm" member={member} /> };
}

export function BulkPostpone({ open, onOpenChange, onAct }: MenuProps) {
  const t = useT();
  const [custom, setCustom] = useState(false);
  const times = postponeTimes(new Date());
  const until = (date: Date) => onAct({ action: "postpone", body: { until: date.toISOString() } });
  return (
    <>
      <FilterableMenu
        open={open}
        onOpenChange={onOpenChange}
        side="top"
        label={t("postpone")}
        filterPlaceholder={t("postpone")}
        emptyText={t("empty")}
        items={[
          ...times.map(({ id }) => ({ id, label: t(`postpone.${id}`) })),
          { id: "reply", label: t("postpone.reply") },
          { id: "custom", label: t("postpone.custom") },
        ]}
        onSelect={(chosen) => {
          const date = times.find(({ id }) => id === chosen)?.date;
          if (date) until(date);
          else if (chosen === "custom") setCustom(true);
          else onAct({ action: "postpone", body: { untilReply: true } });
        }}
        trigger={<IconButton label={t("postpone")} shortcut="h" icon={<Clock />} />}
      />
      {custom ? (
        <BulkUntil
          onClose={() => setCustom(false)}
          onUntil={(date) => {
            setCustom(false);
            until(date);
          }}
        />
      ) : null}
    </>
  );
}

const priorities = ["urgent", "high", "normal", "low"] as const;

/** Labels on and off, the priority, the topic: one menu that filters. */
export function BulkTags({ open, onOpenChange, onAct, filters }: MenuProps) {
  const t = useT();
  const topics = useTopics().filter(({ project }) => !filters.project || project === filters.project);
  const labels = useLabels().filter(({ project }) => !filters.project || project === filters.project);
  const named = [...new Map(labels.map((label) => [label.name, label])).values()];
  const items: MenuItem[] = [
    ...named.map(({ name, hue }) => ({
      id: `add ${name}`,
      label: name,
      hue: hueOfLabel(hue),
      group: t("label.add"),
    })),
    ...priorities.map((priority) => ({
      id: `priority ${priority}`,
      label: t(`priority.${priority}`),
      group: t("priority"),
    })),
    ...topics.map(({ id, name }) => ({
      id: `topic ${id}`,
      label: topicPath(topics, id) ?? name,
      group: t("topic"),
    })),
    { id: "topic ", label: t("topic.none"), group: t("topic") },
    ...named.map(({ name, hue }) => ({
      id: `remove ${name}`,
      label: name,
      hue: hueOfLabel(hue),
      group: t("label.remove"),
    })),
  ];
  const choose = (id: string) => {
    const [kind, value] = [id.slice(0, id.indexOf(" ")), id.slice(id.indexOf(" ") + 1)];
    const priority = priorities.find((each) => each === value);
    if (kind === "add") onAct({ action: "set", body: { addLabels: [value] } });
    else if (kind === "remove") onAct({ action: "set", body: { removeLabels: [value] } });
    else if (kind === "topic") onAct({ action: "set", body: { topic: value || null } });
    else if (priority) onAct({ action: "set", body: { priority } });
  };
  return (
    <FilterableMenu
      open={open}
      onOpenChange={onOpenChange}
      side="top"
      label={t("tags")}
      filterPlaceholder={t("tags.filter")}
      emptyText={t("empty")}
      items={items}
      onSelect={choose}
      trigger={<IconButton label={t("tags")} shortcut="l" icon={<Tags />} />}
    />
  );
}
