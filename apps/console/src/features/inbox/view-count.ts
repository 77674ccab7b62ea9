import { useQuery } from "@tanstack/react-query";
import type { TicketCounts } from "../../shared/tickets/counts.ts";
import { type BuiltInView, isSaved, type View } from "../../shared/tickets/filters.ts";
import { countsQuery } from "../../shared/tickets/queries.ts";
import { viewCountsQuery } from "../../shared/views/queries.ts";

/** The number a view shows. Completed and all grow for ever and mean nothing to act on. */
export function countOf(counts: TicketCounts | undefined, view: BuiltInView): number | undefined {
  if (!counts) return undefined;
  if (view === "completed") return counts.done;
  return view === "all" ? counts.open + counts.waiting + counts.done : counts[view];
}

/** How many tickets the view on the screen holds, if that is known to the last one. */
export function useViewCount(view: View, project: string | undefined): number | undefined {
  const { data: counts } = useQuery(countsQuery(project));
  const { data: saved } = useQuery({ ...viewCountsQuery, enabled: isSaved(view) });
  if (!isSaved(view)) return countOf(counts, view);
  const count = saved?.get(view);
  return count && !count.more ? count.count : undefined;
}
