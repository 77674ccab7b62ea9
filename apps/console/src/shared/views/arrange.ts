import { api } from "../api/client.ts";
import { queryClient } from "../api/query-client.ts";
import { type Saved, viewsQuery } from "./queries.ts";

/** Stores the reader's order and what they hide: shown at once, put back if refused. @throws what the server answered */
async function arrange(change: (views: Saved[]) => Saved[]): Promise<void> {
  const before = queryClient.getQueryData<Saved[]>(viewsQuery.queryKey) ?? [];
  const after = change([...before]);
  queryClient.setQueryData(viewsQuery.queryKey, after);
  const body = {
    order: after.map(({ id }) => id),
    hidden: after.filter(({ hidden }) => hidden).map(({ id }) => id),
  };
  try {
    const { data } = await api.views.arrange({ body });
    queryClient.setQueryData(viewsQuery.queryKey, data);
  } catch (error) {
    queryClient.setQueryData(viewsQuery.queryKey, before);
    throw error;
  }
}

/** Puts one view where another of the same list stands. */
export function moveView(id: string, to: string): Promise<void> {
  return arrange((views) => {
    const from = views.findIndex((view) => view.id === id);
    const at = views.findIndex((view) => view.id === to);
    const [moved] = views.splice(from, 1);
    if (moved) views.splice(at, 0, moved);
    return views;
  });
}

/** One place up or down among the views of its own list. */
export function nudgeView(id: string, step: 1 | -1): Promise<void> {
  const views = queryClient.getQueryData<Saved[]>(viewsQuery.queryKey) ?? [];
  const one = views.find((view) => view.id === id);
  const list = views.filter((view) => view.shared === one?.shared && !view.hidden);
  const beside = list[list.findIndex((view) => view.id === id) + step];
  return beside ? moveView(id, beside.id) : Promise.resolve();
}

export function hideView(id: string, hidden: boolean): Promise<void> {
  return arrange((views) => views.map((view) => (view.id === id ? { ...view, hidden } : view)));
}
