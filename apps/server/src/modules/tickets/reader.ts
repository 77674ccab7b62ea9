import type { Catalog } from "../settings/index.ts";
import type { Reader } from "./conditions.ts";

/** What "me", "mine" and "within" mean to this member or key now. */
export function readerOf(catalog: Catalog, me: string, now: Date): Reader {
  const teams = [...catalog.teams.values()].filter((team) => team.members.includes(me));
  const children = (topic: string) =>
    [...catalog.topics.values()].filter(({ parent_id }) => parent_id === topic).map(({ id }) => id);
  return {
    me,
    now,
    teams: teams.map(({ id }) => id),
    teammates: [...new Set(teams.flatMap(({ members }) => members))],
    topicsWithin: (topic) => [topic, ...children(topic)],
  };
}
