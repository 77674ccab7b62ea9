import type { View as SavedViewOf, ViewCount } from "@okno/contract";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../api/client.ts";
import { queryClient } from "../api/query-client.ts";
import { useTeams, useTopics } from "../directory/directory.ts";
import { useMe } from "../session/session.ts";
import { isSaved, type TicketFacts, type View } from "../tickets/filters.ts";
import { isKnowable, matches, type Reader } from "./matches.ts";

export type Saved = SavedViewOf;
export type SavedCount = ViewCount;

/** Saved views, in the reader's own order. */
export const viewsQuery = queryOptions({
  queryKey: ["views", "list"],
  queryFn: async ({ signal }): Promise<Saved[]> => (await api.views.list({ signal })).data,
});

/** How many tickets each holds: asked again after events, the old number standing until the new one is there. */
export const viewCountsQuery = queryOptions({
  queryKey: ["views", "counts"],
  queryFn: async ({ signal }): Promise<ReadonlyMap<string, SavedCount>> =>
    new Map((await api.views.counts({ signal })).data.map((each) => [each.view, each])),
  placeholderData: (before) => before,
});

export const useViews = () => useQuery(viewsQuery).data ?? [];

export function useSavedView(view: View): Saved | undefined {
  const { data } = useQuery({ ...viewsQuery, enabled: isSaved(view) });
  return isSaved(view) ? data?.find(({ id }) => id === view) : undefined;
}

/** The reader's teams. */
export function useMyTeams(): readonly string[] {
  const { member } = useMe();
  const teams = useTeams();
  return useMemo(
    () => teams.filter(({ members }) => members.includes(member.id)).map(({ id }) => id),
    [teams, member.id],
  );
}

function useReader(): Reader {
  const { member } = useMe();
  const teams = useTeams();
  const topics = useTopics();
  return useMemo(() => {
    const mine = teams.filter(({ members }) => members.includes(member.id));
    const parents = new Map(topics.map(({ id, parent }) => [id, parent]));
    return {
      me: member.id,
      teams: mine.map(({ id }) => id),
      teammates: mine.flatMap(({ members }) => members),
      parentOf: (topic) => parents.get(topic) ?? null,
    };
  }, [member.id, teams, topics]);
}

/** Says whether a ticket belongs to the view; undefined where that cannot be told here, and for built-in ones. */
export function useMatches(view: View): ((ticket: TicketFacts) => boolean) | undefined {
  const saved = useSavedView(view);
  const reader = useReader();
  return useMemo(() => {
    if (!saved || !isKnowable(saved.condition)) return undefined;
    const { condition, project } = saved;
    return (ticket) => (project === null || ticket.project === project) && matches(condition, ticket, reader);
  }, [saved, reader]);
}

export function refreshViews(): void {
  void queryClient.invalidateQueries({ queryKey: ["views"] });
}
