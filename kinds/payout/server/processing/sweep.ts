import { statement } from "@okno/kit";
import type { PayoutDeps } from "../core/deps.ts";
import { enqueueProcessing, processJobName } from "./enqueue.ts";

const graceMs = 3 * 60_000;
const most = 500;

// Payouts that nobody works on any more: their job was given up, or lost with a restored database. Few, since all others have one.
const listStranded = statement(
  "payouts.list_stranded",
  `select p.workspace_id, p.id from payouts p
   where p.status = 'processing' and (p.attention is null or p.attention in ('no_answer', 'too_long'))
     and coalesce(p.sent_at, p.confirmed_at) < $1
     and not exists (select from jobs j where j.name = '${processJobName}' and j.unique_key = p.id::text and not j.dead)
   limit ${most}`,
);

/** Nothing hangs silently: what is processing and has no job gets one, which asks before it pays. @returns how many there were. */
export async function sweepStranded({ ports }: PayoutDeps): Promise<number> {
  const { clock, db, log } = ports;
  const before = new Date(clock.now().getTime() - graceMs);
  const stranded = await db.background.query<{ workspace_id: string; id: string }>(listStranded, [before]);
  for (const { workspace_id, id } of stranded)
    await db.transaction(workspace_id, (tx) => enqueueProcessing(ports, tx, id, clock.now()));
  if (stranded.length > 0) log.warn({ payouts: stranded.length }, "payouts were processing without a job");
  return stranded.length;
}
