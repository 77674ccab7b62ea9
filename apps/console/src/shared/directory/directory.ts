import type { Channel, Label, Member, Project, Team, Topic } from "@okno/contract";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../api/client.ts";

/** What is needed everywhere to put names to ids: projects, topics, labels, channels and people. */

export const projectsQuery = queryOptions({
  queryKey: ["projects"],
  queryFn: async ({ signal }): Promise<Project[]> => (await api.projects.list({ signal })).data,
});

/** Each topic with those under it right behind, project by project. */
function inTreeOrder(topics: readonly Topic[]): Topic[] {
  const known = new Set(topics.map(({ id }) => id));
  const under = Map.groupBy(topics, ({ parent }) => (parent !== null && known.has(parent) ? parent : null));
  const projects = Map.groupBy(under.get(null) ?? [], ({ project }) => project);
  return [...projects.values()].flat().flatMap((topic) => [topic, ...(under.get(topic.id) ?? [])]);
}

export const topicsQuery = queryOptions({
  queryKey: ["topics"],
  queryFn: async ({ signal }): Promise<Topic[]> => inTreeOrder((await api.topics.list({ signal })).data),
});

export const labelsQuery = queryOptions({
  queryKey: ["labels"],
  queryFn: async ({ signal }): Promise<Label[]> => (await api.labels.list({ signal })).data,
});

export const teamsQuery = queryOptions({
  queryKey: ["teams"],
  queryFn: async ({ signal }): Promise<Team[]> => (await api.teams.list({ signal })).data,
});

export const channelsQuery = queryOptions({
  queryKey: ["channels"],
  queryFn: async ({ signal }): Promise<Channel[]> => (await api.channels.list({ signal })).data,
});

/** Everybody who shares a project with the person: all pages, since a menu filters among all of them. */
export const membersQuery = queryOptions({
  queryKey: ["members"],
  queryFn: async ({ signal }): Promise<Member[]> => {
    const members: Member[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.members.list({ query: { limit: 100, ...(cursor && { cursor }) }, signal });
      members.push(...page.data);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return members;
  },
});

export const useProjects = () => useQuery(projectsQuery).data ?? [];
export const useTopics = () => useQuery(topicsQuery).data ?? [];
export const useLabels = () => useQuery(labelsQuery).data ?? [];
export const useTeams = () => useQuery(teamsQuery).data ?? [];
export const useChannels = () => useQuery(channelsQuery).data ?? [];
export const useMembers = () => useQuery(membersQuery).data ?? [];

const byEvent: readonly [prefix: string, key: readonly string[]][] = [
  ["project.", projectsQuery.queryKey],
  ["topic.", topicsQuery.queryKey],
  ["label.", labelsQuery.queryKey],
  ["team.", teamsQuery.queryKey],
  ["channel.", channelsQuery.queryKey],
  ["member.", membersQuery.queryKey],
  // Cards, their tickets and lists of customers; and what is kept of them.
  ["contact.", ["contact"]],
  ["contact_field.", ["contact-fields"]],
];

/** The query that an event makes stale, if any. */
export function staleAfter(eventType: string): readonly string[] | undefined {
  return byEvent.find(([prefix]) => eventType.startsWith(prefix))?.[1];
}

export const directoryKeys: readonly (readonly string[])[] = byEvent.map(([, key]) => key);

/** Members who may be given a ticket of this project. */
export function assignable(members: readonly Member[], project: string): Member[] {
  return members.filter(
    (member) =>
      member.status === "active" &&
      (member.owner || member.grants.some((grant) => grant.project === project)),
  );
}

/** `Delivery › Courier` for a topic of the second level. */
export function topicPath(topics: readonly Topic[], id: string | null): string | undefined {
  const topic = topics.find((each) => each.id === id);
  const parent = topic?.parent ? topics.find((each) => each.id === topic.parent) : undefined;
  return parent && topic ? `${parent.name} › ${topic.name}` : topic?.name;
}
