import type { Clock } from "../../platform/clock.ts";
import { type Database, type Queryable, statement } from "../../platform/database.ts";
import type { Log } from "../../platform/log.ts";
import type { Metrics } from "../../platform/metrics.ts";
import { nobodyId } from "./queries.ts";

/** Rows read at once, and the rest after each batch: other work does not notice. */
const batch = 20_000;
const pauseMs = 25;

// One at a time for a project: two would correct it twice.
const lock = statement(
  "tickets.verify_lock",
  "select pg_try_advisory_xact_lock(7237992, hashtext($1::text)) as mine",
);
const listProjects = statement(
  "tickets.verify_projects",
  `select p.workspace_id, p.id from projects p
     left join count_checks c on c.workspace_id = p.workspace_id and c.project_id = p.id
   where c.checked_at is null or c.checked_at < $1 order by c.checked_at nulls first, p.id`,
);
// One snapshot over the whole recount: counters and tickets change together, so within it they must agree to the last ticket.
const snapshot = statement("tickets.verify_snapshot", "set transaction isolation level repeatable read");
const readCounters = statement(
  "tickets.verify_read",
  `select phase, assignee_id, team_id, sum(n)::bigint as tickets from (
     select phase, assignee_id, team_id, tickets as n from inbox_counts where workspace_id = $1 and project_id = $2
     union all
     select phase, assignee_id, team_id, change from inbox_deltas where workspace_id = $1 and project_id = $2
   ) c group by 1, 2, 3`,
);
const recount = statement(
  "tickets.verify_recount",
  `with b as materialized (
     select id, coalesce(assignee_id, '${nobodyId}') as assignee_id, coalesce(team_id, '${nobodyId}') as team_id from tickets
     where workspace_id = $1 and project_id = $2 and phase = $3 and id < $4 order by id desc limit $5
   )
   select assignee_id, team_id, count(*)::bigint as tickets, (select id from b order by id limit 1) as last,
     (select count(*)::int from b) as read from b group by 1, 2`,
);
// What is missing is added as a delta: whatever changes meanwhile adds its own.
const correct = statement(
  "tickets.verify_correct",
  `insert into inbox_deltas (workspace_id, id, project_id, phase, assignee_id, team_id, change)
   select $1, gen_random_uuid(), $2, d.phase, d.assignee_id, d.team_id, d.change
   from unnest($3::text[], $4::uuid[], $5::uuid[], $6::int[]) as d (phase, assignee_id, team_id, change)`,
);
const store = statement(
  "tickets.verify_store",
  `insert into count_checks (workspace_id, project_id, checked_at, tickets, drift, drifted_at, last_drift)
   values ($1, $2, $3, $4, $5, case when $5::bigint > 0 then $3::timestamptz end, $5)
   on conflict (workspace_id, project_id) do update set checked_at = excluded.checked_at, tickets = excluded.tickets,
     drift = excluded.drift, drifted_at = coalesce(excluded.drifted_at, count_checks.drifted_at),
     last_drift = case when excluded.drift > 0 then excluded.drift else count_checks.last_drift end`,
);

type Slot = { phase: string; assignee_id: string; team_id: string; tickets: number };
type Project = { workspace_id: string; id: string };
/** How far a counter is from the truth: positive, tickets are missing from it. */
export type Drift = { phase: string; assignee_id: string; team_id: string; change: number };

const keyOf = ({ phase, assignee_id, team_id }: Omit<Slot, "tickets">) =>
  `${phase} ${assignee_id} ${team_id}`;

async function recountPhase(
  tx: Queryable,
  { workspace_id, id }: Project,
  phase: string,
  counted: Map<string, Slot>,
): Promise<void> {
  let last = "ffffffff-ffff-ffff-ffff-ffffffffffff";
  for (;;) {
    const rows = await tx.query<Omit<Slot, "phase"> & { last: string; read: number }>(recount, [
      workspace_id,
      id,
      phase,
      last,
      batch,
    ]);
    for (const row of rows) {
      const slot = { phase, assignee_id: row.assignee_id, team_id: row.team_id, tickets: row.tickets };
      const known = counted.get(keyOf(slot));
      counted.set(keyOf(slot), { ...slot, tickets: slot.tickets + (known?.tickets ?? 0) });
    }
    const [first] = rows;
    if (!first || first.read < batch) return;
    last = first.last;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

async function compare(tx: Queryable, project: Project): Promise<{ drifts: Drift[]; tickets: number }> {
  const kept = await tx.query<Slot>(readCounters, [project.workspace_id, project.id]);
  const counted = new Map<string, Slot>();
  for (const phase of ["open", "waiting", "done"]) await recountPhase(tx, project, phase, counted);
  const known = new Map(kept.map((slot) => [keyOf(slot), slot]));
  const drifts = [...new Map([...known, ...counted]).entries()].flatMap(([key, slot]) => {
    const change = (counted.get(key)?.tickets ?? 0) - (known.get(key)?.tickets ?? 0);
    const { phase, assignee_id, team_id } = slot;
    return change === 0 ? [] : [{ phase, assignee_id, team_id, change }];
  });
  return { drifts, tickets: [...counted.values()].reduce((sum, slot) => sum + slot.tickets, 0) };
}

export type VerifyDeps = { db: Database; clock: Clock; log: Log; metrics: Metrics };

async function verifyProject({ db, clock, log }: VerifyDeps, project: Project): Promise<number> {
  const { workspace_id, id } = project;
  return db.background.transaction(async (tx) => {
    await tx.query(snapshot);
    const [held] = await tx.query<{ mine: boolean }>(lock, [id]);
    if (!held?.mine) return 0;
    const { drifts, tickets } = await compare(tx, project);
    const drift = drifts.reduce((sum, { change }) => sum + Math.abs(change), 0);
    if (drift > 0) {
      await tx.query(correct, [
        workspace_id,
        id,
        drifts.map(({ phase }) => phase),
        drifts.map(({ assignee_id }) => assignee_id),
        drifts.map(({ team_id }) => team_id),
        drifts.map(({ change }) => change),
      ]);
      log.error(
        { project: id, drift, slots: drifts.length },
        "counters of tickets had drifted and were corrected",
      );
    }
    await tx.query(store, [workspace_id, id, clock.now(), tickets, drift]);
    return drift;
  });
}

/** A project is looked at again after this. */
const everyMs = 20 * 3_600_000;

/**
 * Recounts the tickets of each project that was not looked at today, in batches, and compares with the counters. What differs is
 * reported (log, metric, `okno doctor`) and corrected: a delta repairs the number, while the report remains, since it means a fault.
 */
export async function verifyCounts(deps: VerifyDeps): Promise<number> {
  const { db, clock, metrics } = deps;
  const due = new Date(clock.now().getTime() - everyMs);
  let drift = 0;
  for (const project of await db.background.query<Project>(listProjects, [due]))
    drift += await verifyProject(deps, project);
  metrics.countDrift.set(drift);
  return drift;
}
