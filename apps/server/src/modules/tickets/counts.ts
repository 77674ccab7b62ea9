import type { routes } from "@okno/contract";
import { fromPublicId, type SuccessOf, toPublicId } from "@okno/contract";
import { type Database, type Queryable, statement } from "../../platform/database.ts";
import { nobodyId, type Scope } from "./queries.ts";

// Exact: the folded total plus what was written since, read in one snapshot.
const read = statement(
  "tickets.read_counts",
  `select project_id, phase, assignee_id, team_id, sum(n)::bigint as tickets from (
     select project_id, phase, assignee_id, team_id, tickets as n from inbox_counts
     where workspace_id = $1 and project_id = any($2::uuid[])
     union all
     select project_id, phase, assignee_id, team_id, change from inbox_deltas where workspace_id = $1 and project_id = any($2::uuid[])
   ) all_counts group by 1, 2, 3, 4`,
);

const completedToday = statement(
  "tickets.completed_today",
  `select count(*)::int as n from tickets where workspace_id = $1 and completed_by = $2
     and completed_at >= date_trunc('day', $3::timestamptz at time zone $4) at time zone $4`,
);

// Those who wait have an index of their own: no more of it is read than is shown.
const unanswered = statement(
  "tickets.count_unanswered",
  `select count(*)::int as n from (
     select 1 from unnest($2::uuid[]) as p (id) cross join lateral (
       select 1 from tickets where workspace_id = $1 and project_id = p.id and waiting_since is not null and phase = 'open' limit $3
     ) s limit $3
   ) x`,
);
const mostUnanswered = 1_000;

// Folds what is there now; rows written meanwhile stay for the next time. One folder at a time by the lock.
const fold = statement(
  "tickets.fold_counts",
  `with taken as (
     delete from inbox_deltas where (workspace_id, id) in (select workspace_id, id from inbox_deltas limit $1)
     returning workspace_id, project_id, phase, assignee_id, team_id, change
   ), summed as (
     select workspace_id, project_id, phase, assignee_id, team_id, sum(change) as change from taken group by 1, 2, 3, 4, 5
   ), stored as (
     insert into inbox_counts (workspace_id, project_id, phase, assignee_id, team_id, tickets)
     select workspace_id, project_id, phase, assignee_id, team_id, change from summed order by 1, 2, 3, 4, 5
     on conflict (workspace_id, project_id, phase, assignee_id, team_id)
     do update set tickets = inbox_counts.tickets + excluded.tickets
   )
   select count(*)::int as folded from taken`,
);
const foldLock = statement("tickets.fold_lock", "select pg_try_advisory_xact_lock(7237991) as mine");

type CountRow = {
  project_id: string;
  phase: "open" | "waiting" | "done";
  assignee_id: string;
  team_id: string;
  tickets: number;
};
export type TicketCounts = SuccessOf<typeof routes.tickets.counts>;

/** Adds counter rows up for one reader. */
export function sumCounts(
  rows: readonly CountRow[],
  me: string,
): Omit<TicketCounts, "completedToday" | "unanswered"> {
  const total = (keep: (row: CountRow) => boolean) =>
    rows.filter(keep).reduce((sum, row) => sum + row.tickets, 0);
  const projects = [...new Set(rows.map((row) => row.project_id))];
  const teams = [...new Set(rows.map((row) => row.team_id))].filter((id) => id !== nobodyId);
  return {
    mine: total((row) => row.phase === "open" && row.assignee_id === me),
    unassigned: total((row) => row.phase === "open" && row.assignee_id === nobodyId),
    open: total((row) => row.phase === "open"),
    waiting: total((row) => row.phase === "waiting"),
    done: total((row) => row.phase === "done"),
    byProject: projects.map((project) => ({
      project: toPublicId("project", project),
      open: total((row) => row.project_id === project && row.phase === "open"),
      waiting: total((row) => row.project_id === project && row.phase === "waiting"),
    })),
    byTeam: teams.map((team) => ({
      team: toPublicId("team", team),
      open: total((row) => row.team_id === team && row.phase === "open"),
      unassigned: total(
        (row) => row.team_id === team && row.phase === "open" && row.assignee_id === nobodyId,
      ),
      waiting: total((row) => row.team_id === team && row.phase === "waiting"),
    })),
  };
}

export async function countTickets(
  db: Queryable,
  scope: Scope,
  reader: { id: string; now: Date; timeZone: string },
  project: string | undefined,
): Promise<TicketCounts> {
  const wanted = project && fromPublicId("project", project);
  const projectIds = wanted ? scope.projectIds.filter((id) => id === wanted) : scope.projectIds;
  const [rows, today, waits] = await Promise.all([
    db.query<CountRow>(read, [scope.workspaceId, projectIds]),
    db.query<{ n: number }>(completedToday, [scope.workspaceId, reader.id, reader.now, reader.timeZone]),
    db.query<{ n: number }>(unanswered, [scope.workspaceId, projectIds, mostUnanswered]),
  ]);
  return { ...sumCounts(rows, reader.id), completedToday: today[0]?.n ?? 0, unanswered: waits[0]?.n ?? 0 };
}

const foldBatch = 5_000;

/** Folds deltas into totals until none are left. Safe to run anywhere, any number of times. */
export async function foldCounts(db: Database): Promise<void> {
  for (;;) {
    const folded = await db.background.transaction(async (tx) => {
      const [lock] = await tx.query<{ mine: boolean }>(foldLock);
      if (!lock?.mine) return 0;
      const [row] = await tx.query<{ folded: number }>(fold, [foldBatch]);
      return row?.folded ?? 0;
    });
    if (folded < foldBatch) return;
  }
}
