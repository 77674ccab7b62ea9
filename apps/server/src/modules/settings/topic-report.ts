import { type routes, type SuccessOf, toPublicId } from "@okno/contract";
import type { Clock } from "../../platform/clock.ts";
import { type Queryable, statement } from "../../platform/database.ts";
import { lintTopic } from "./lint-topic.ts";

const reportDays = 30;

// Ids carry their time, so the index of the newest gives the period; `t` is joined after grouping.
const count = statement(
  "topics.report",
  `with counted as (
     select topic_id, count(*)::int as tickets from tickets
     where workspace_id = $1 and project_id = any($2::uuid[]) and phase = any('{open,waiting,done}') and id >= $3
     group by topic_id
   )
   select c.topic_id, c.tickets, t.name from counted c left join topics t on t.workspace_id = $1 and t.id = c.topic_id
   order by c.tickets desc, c.topic_id`,
);

/** The smallest UUIDv7 made at an instant. */
export function firstIdAt(at: Date): string {
  const time = at.getTime().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

type Row = { topic_id: string | null; tickets: number; name: string | null };

/** How much of the last month's work the topics say nothing about: RT-07. */
export async function reportTopics(
  db: Queryable,
  clock: Clock,
  { workspaceId, projectIds }: { workspaceId: string; projectIds: readonly string[] },
): Promise<SuccessOf<typeof routes.topics.report>> {
  const since = new Date(clock.now().getTime() - reportDays * 86_400_000);
  const rows = await db.query<Row>(count, [workspaceId, projectIds, firstIdAt(since)]);
  const isVague = (row: Row) => lintTopic(row.name ?? "").length > 0;
  const sum = (some: readonly Row[]) => some.reduce((total, row) => total + row.tickets, 0);
  return {
    total: sum(rows),
    vague: sum(rows.filter(isVague)),
    untopiced: sum(rows.filter((row) => row.topic_id === null)),
    byTopic: rows.flatMap((row) =>
      row.topic_id === null
        ? []
        : [{ topic: toPublicId("topic", row.topic_id), tickets: row.tickets, vague: isVague(row) }],
    ),
  };
}
