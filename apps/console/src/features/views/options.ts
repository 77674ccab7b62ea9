import type { ConditionField } from "@okno/contract";
import type { MenuItem } from "@okno/ui";
import {
  topicPath,
  useChannels,
  useLabels,
  useMembers,
  useProjects,
  useTeams,
  useTopics,
} from "../../shared/directory/directory.ts";
import { hueOfLabel } from "../../shared/directory/label-hue.ts";
import { allKinds, useKindWords } from "../../shared/kinds/kinds.ts";
import { type T, useT } from "./messages.ts";

const states = ["new", "working", "postponed", "awaiting_reply", "completed"] as const;
const channelTypes = ["webchat", "form", "api"] as const;
const phases = ["open", "waiting", "done"] as const;
export const priorities = ["low", "normal", "high", "urgent"] as const;

/** The states and the name of each kind that has words of its own. */
function useOfKinds(): { states: MenuItem[]; kinds: MenuItem[] } {
  const words = useKindWords();
  const kinds = allKinds();
  const named = kinds.map(({ id }) => ({ id, label: (words(id, "name") ?? id).toLocaleLowerCase() }));
  const states = kinds.flatMap(({ id, tones }) =>
    Object.keys(tones).map((state) => ({
      id: state,
      label: words(id, `state.${state}`) ?? state,
      hint: words(id, "name"),
    })),
  );
  return { states, kinds: named };
}

function fixed(t: T, own: ReturnType<typeof useOfKinds>): Partial<Record<ConditionField, MenuItem[]>> {
  return {
    phase: phases.map((id) => ({ id, label: t(`phase.${id}`) })),
    priority: priorities.map((id) => ({ id, label: t(`priority.${id}`) })),
    state: [...states.map((id) => ({ id, label: t(`state.${id}`) })), ...own.states],
    lastBy: (["customer", "us"] as const).map((id) => ({ id, label: t(id) })),
    kind: [{ id: "inquiry", label: t("kind.inquiry") }, ...own.kinds],
  };
}

/** What may be chosen for each field that names things. */
export function useOptions(): Partial<Record<ConditionField, MenuItem[]>> {
  const t = useT();
  const own = useOfKinds();
  const topics = useTopics();
  const labels = useLabels();
  const members = useMembers();
  const teams = useTeams();
  const projects = useProjects();
  const channels = useChannels();
  const nameOf = (project: string) =>
    projects.length < 2 ? undefined : projects.find(({ id }) => id === project)?.name;
  const named = new Map(labels.map((label) => [label.name, label]));
  const people = members.filter(({ status }) => status === "active");
  const typeName = (type: string) => {
    const known = channelTypes.find((each) => each === type);
    return known ? t(`type.${known}`) : type;
  };
  return {
    ...fixed(t, own),
    topic: topics.map(({ id, project }) => ({
      id,
      label: topicPath(topics, id) ?? "…",
      hint: nameOf(project),
    })),
    label: [...named.values()].map(({ name, hue }) => ({ id: name, label: name, hue: hueOfLabel(hue) })),
    assignee: [
      { id: "me", label: t("me") },
      { id: "teammates", label: t("teammates") },
      ...people.map(({ id, name }) => ({ id, label: name })),
    ],
    follower: [{ id: "me", label: t("me") }, ...people.map(({ id, name }) => ({ id, label: name }))],
    team: [
      { id: "mine", label: t("mine") },
      ...teams.map(({ id, name, hue, project }) => ({
        id,
        label: name,
        hue: hueOfLabel(hue),
        hint: nameOf(project),
      })),
    ],
    project: projects.map(({ id, name }) => ({ id, label: name })),
    channel: channels.map(({ id, name, project }) => ({ id, label: name, hint: nameOf(project) })),
    channelType: [...new Set(channels.map(({ type }) => type))].map((id) => ({ id, label: typeName(id) })),
  };
}
