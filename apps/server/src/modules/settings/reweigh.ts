import { z } from "zod";
import type { Clock } from "../../platform/clock.ts";
import { type Database, statement, type Transaction } from "../../platform/database.ts";
import { defineJob, enqueueJob, type JobHandler } from "../../platform/jobs.ts";

const jobName = "labels.reweigh";
const batchSize = 500;
/** Longer than any process believes its cached settings: a ticket labelled by the old weight meanwhile is found by the second run. */
const secondRunMs = 5_000;

// Row locks in the order of ids, and few rows at a time: operators working on these tickets wait for a moment at most.
const reweigh = statement(
  "labels.reweigh",
  `with batch as (
     select id, labels, weight from tickets
     where workspace_id = $1 and project_id = $2 and labels <> '{}' and labels @> array[$3]::text[] and phase <> 'done'
       and ($4::uuid is null or id > $4)
     order by id limit $5 for update
   ), weighed as (
     select b.id, b.weight as was, coalesce((
       select max(l.weight) from labels l
       where l.workspace_id = $1 and l.project_id = $2 and l.name = any(b.labels) and l.weight <> 0), 0) as weight
     from batch b
   ), written as (
     update tickets t set weight = w.weight from weighed w where t.workspace_id = $1 and t.id = w.id and w.weight <> w.was
   )
   select id from weighed order by id desc limit 1`,
);

/** After a label's weight changed: its open tickets take their new place, now and once more when no cache is old. */
export async function enqueueReweigh(
  tx: Transaction,
  clock: Clock,
  label: { project_id: string; name: string },
): Promise<void> {
  const now = clock.now().getTime();
  for (const at of [now, now + secondRunMs]) {
    await enqueueJob(tx, {
      name: jobName,
      workspaceId: tx.workspaceId,
      payload: { projectId: label.project_id, label: label.name },
      runAt: new Date(at),
    });
  }
}

/** Sets each open ticket's weight to the greatest of its labels', in batches; running twice is harmless. */
export function reweighJob({ db }: { db: Database }): JobHandler {
  return defineJob({
    name: jobName,
    payload: z.object({ projectId: z.uuid(), label: z.string() }),
    async run({ projectId, label }, { workspaceId }) {
      if (!workspaceId) return;
      for (let after: string | null = null; ; ) {
        const values: unknown[] = [workspaceId, projectId, label, after, batchSize];
        const [last]: { id: string }[] = await db.transaction(workspaceId, (tx) => tx.query(reweigh, values));
        if (!last) return;
        after = last.id;
      }
    },
  });
}
