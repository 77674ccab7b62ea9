import { z } from "zod";
import { defineJob, enqueueJob, type JobHandler } from "../../platform/jobs.ts";
import { principalOf } from "../members/index.ts";
import type { BulkDeps } from "./deps.ts";
import { type BulkWork, doItem, undoItem } from "./item.ts";
import * as sql from "./queries.ts";
import { bulkJobName, enqueueBulk, tellOfBulk } from "./start.ts";

/** A job works so long and hands on to the next: it stays well within its lease, and other jobs have their turn. */
const sliceMs = 2_000;
/** A bulk that gives no sign of life for so long has lost its process. */
const stalledMs = 10_000;

type Step = { list: typeof sql.listToDo; run(work: BulkWork, place: number): Promise<boolean> };
const steps: Partial<Record<sql.BulkRow["state"], Step>> = {
  running: { list: sql.listToDo, run: doItem },
  undoing: { list: sql.listToUndo, run: undoItem },
};

/** Works on until the slice is over. @returns true when nothing is left. */
async function workOff(work: BulkWork, { list, run }: Step): Promise<boolean> {
  const { deps, bulk } = work;
  const key = [bulk.workspace_id, bulk.id];
  const until = performance.now() + sliceMs;
  for (;;) {
    const items = await deps.db.in(bulk.workspace_id).query<{ place: number }>(list, key);
    if (items.length === 0) return true;
    for (const { place } of items) {
      if (!(await run(work, place))) return false;
      if (performance.now() > until) return false;
    }
  }
}

/** Nothing is left: the bulk has come to its end, once, whoever sees it first. */
async function close({ deps, bulk }: BulkWork): Promise<void> {
  const [state, event] =
    bulk.state === "undoing"
      ? (["undone", "bulk.undone"] as const)
      : (["finished", "bulk.finished"] as const);
  await deps.db.transaction(bulk.workspace_id, async (tx) => {
    const key = { workspaceId: bulk.workspace_id, id: bulk.id, actorId: bulk.actor_id };
    const now = await sql.findOwnBulk(tx, key, { lock: true });
    if (now?.state !== bulk.state) return;
    await tx.query(sql.setState, [bulk.workspace_id, bulk.id, state, deps.clock.now()]);
    await tellOfBulk(tx, deps, event, bulk);
  });
}

/**
 * Works a bulk off, one ticket a transaction, so that nobody waits for it longer than for a colleague. Killed at any moment it is taken up
 * again: an item's outcome is written together with what was done.
 */
export function bulkJob(deps: BulkDeps): JobHandler {
  return defineJob({
    name: bulkJobName,
    payload: z.object({ bulkId: z.uuid() }),
    async run({ bulkId }, { workspaceId }) {
      if (!workspaceId) return;
      const db = deps.db.in(workspaceId);
      const [bulk] = await db.query<sql.BulkRow>(sql.find, [workspaceId, bulkId]);
      const step = bulk && steps[bulk.state];
      if (!bulk || !step) return;
      await db.query(sql.touch, [workspaceId, bulkId, deps.clock.now()]);
      const who = { kind: bulk.actor_kind, id: bulk.actor_id };
      const work = { deps, bulk, principal: await principalOf(db, workspaceId, who, deps.clock.now()) };
      if (await workOff(work, step)) return close(work);
      await deps.db.transaction(workspaceId, (tx) => enqueueBulk(tx, deps, bulkId));
    },
  });
}

/** Takes up bulks whose process has died. Two at one bulk do each ticket once all the same. */
export async function resumeBulks({ db, clock }: Pick<BulkDeps, "db" | "clock">): Promise<void> {
  const now = clock.now();
  const stalled = await db.background.query<{ workspace_id: string; id: string }>(sql.findStalled, [
    now,
    new Date(now.getTime() - stalledMs),
  ]);
  for (const { workspace_id: workspaceId, id: bulkId } of stalled)
    await enqueueJob(db.background, { name: bulkJobName, workspaceId, payload: { bulkId }, runAt: now });
}

/** Bulks from before an instant, with their items. */
export async function forgetBulks({ db }: Pick<BulkDeps, "db">, before: Date): Promise<void> {
  await db.background.query(sql.forget, [before]);
}
