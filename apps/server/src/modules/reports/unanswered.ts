import { fromPublicId, type routes, type SuccessOf, toPublicId, unansweredBands } from "@okno/contract";
import { type Queryable, statement } from "../../platform/database.ts";
import type { Scope } from "../tickets/index.ts";

/** More people than this waiting at once is not a report any more, but an alarm: the oldest of them are counted. */
export const mostCounted = 50_000;

// Each project's range of the index of those who wait, the oldest first; counted by age and by whose they are.
const count = statement(
  "reports.unanswered",
  `select s.project_id, s.assignee_id, s.team_id, s.topic_id, width_bucket(extract(epoch from $3::timestamptz - s.waiting_since) / 60, $4::float8[]) as band,
     count(*)::int as tickets, min(s.waiting_since) as oldest
   from unnest($2::uuid[]) as p (id) cross join lateral (
     select project_id, assignee_id, team_id, topic_id, waiting_since from tickets
     where workspace_id = $1 and project_id = p.id and waiting_since is not null and phase = 'open' and waiting_since <= $3
     order by waiting_since, id limit $5
   ) s group by 1, 2, 3, 4, 5`,
);

type Row = {
  project_id: string;
  assignee_id: string | null;
  team_id: string | null;
  topic_id: string | null;
  /** 1 for the youngest. */
  band: number;
  tickets: number;
  oldest: Date;
};
export type UnansweredReport = SuccessOf<typeof routes.reports.unanswered>;

type Line = { tickets: number; counts: number[]; oldest: string };

/** Adds rows up by one of their columns, whoever has the most and the oldest first. */
function linesBy<K extends string | null>(rows: readonly Row[], keyOf: (row: Row) => K): [K, Line][] {
  const lines = new Map<K, Line>();
  for (const row of rows) {
    const key = keyOf(row);
    const line = lines.get(key) ?? { tickets: 0, counts: unansweredBands.map(() => 0), oldest: "" };
    const band = Math.max(0, row.band - 1);
    line.tickets += row.tickets;
    line.counts[band] = (line.counts[band] ?? 0) + row.tickets;
    const oldest = row.oldest.toISOString();
    if (line.oldest === "" || oldest < line.oldest) line.oldest = oldest;
    lines.set(key, line);
  }
  return [...lines].sort(([, a], [, b]) => b.tickets - a.tickets || (a.oldest < b.oldest ? -1 : 1));
}

const maybe = (kind: "member" | "team" | "topic", id: string | null) => id && toPublicId(kind, id);

/** Open tickets whose last word is the customer's, by age and by whose they are. */
export async function reportUnanswered(
  db: Queryable,
  scope: Scope,
  now: Date,
  project: string | undefined,
): Promise<UnansweredReport> {
  const wanted = project && fromPublicId("project", project);
  const projectIds = scope.projectIds.filter((id) => !project || id === wanted);
  const values = [scope.workspaceId, projectIds, now, unansweredBands, mostCounted];
  const rows = await db.query<Row>(count, values);
  const byProject = linesBy(rows, (row) => toPublicId("project", row.project_id));
  const total = rows.reduce((sum, row) => sum + row.tickets, 0);
  return {
    at: now.toISOString(),
    total,
    more: byProject.some(([, line]) => line.tickets >= mostCounted),
    bands: unansweredBands.map((fromMinutes, index) => ({
      fromMinutes,
      toMinutes: unansweredBands[index + 1] ?? null,
      tickets: rows
        .filter(({ band }) => Math.max(0, band - 1) === index)
        .reduce((sum, row) => sum + row.tickets, 0),
    })),
    byProject: byProject.map(([key, line]) => ({ project: key, ...line })),
    byAssignee: linesBy(rows, (row) => maybe("member", row.assignee_id)).map(([assignee, line]) => ({
      assignee,
      ...line,
    })),
    byTeam: linesBy(rows, (row) => maybe("team", row.team_id)).map(([team, line]) => ({ team, ...line })),
    byTopic: linesBy(rows, (row) => maybe("topic", row.topic_id)).map(([topic, line]) => ({
      topic,
      ...line,
    })),
  };
}
