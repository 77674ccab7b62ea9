import { type Bulk, type BulkInput, fromPublicId, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Transaction } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import { enqueueJob } from "../../platform/jobs.ts";
import { appendWorkspaceEvent } from "../journal/index.ts";
import { ticketScope } from "../tickets/index.ts";
import { type BulkDeps, matching } from "./deps.ts";
import { presentBulk } from "./present.ts";
import * as sql from "./queries.ts";

export const bulkJobName = "bulk.run";

export async function enqueueBulk(
  tx: Transaction,
  deps: Pick<BulkDeps, "clock">,
  bulkId: string,
): Promise<void> {
  await enqueueJob(tx, {
    name: bulkJobName,
    workspaceId: tx.workspaceId,
    payload: { bulkId },
    runAt: deps.clock.now(),
  });
}

type Told = Pick<sql.BulkRow, "id" | "project_id" | "actor_kind" | "actor_id" | "action" | "total">;

/** The journal's line about a bulk; each of its tickets has its own besides. */
export async function tellOfBulk(
  tx: Transaction,
  deps: Pick<BulkDeps, "clock" | "poke">,
  type: "bulk.started" | "bulk.finished" | "bulk.cancelled" | "bulk.undone",
  { id, project_id, actor_kind, actor_id, action, total }: Told,
): Promise<void> {
  await appendWorkspaceEvent(tx, {
    id: newId(deps.clock),
    type,
    projectId: project_id,
    actor: { kind: actor_kind, id: actor_id },
    at: deps.clock.now(),
    data: { bulk: toPublicId("bulk", id), action, tickets: total },
  });
  tx.afterCommit(deps.poke);
}

/** Freezes the list and begins. What comes into the list later is not touched. @throws not_found for a view that is not the caller's. */
export async function startBulk(
  deps: BulkDeps,
  tx: Transaction,
  principal: Principal,
  input: BulkInput,
): Promise<Bulk> {
  const { ids, capped } = await matching(deps, tx, principal, input.match);
  const { workspaceId, projectIds } = ticketScope(principal);
  const seen = await tx.query<{ id: string; project_id: string }>(sql.within, [workspaceId, projectIds, ids]);
  const known = new Set(seen.map(({ id }) => id));
  const frozen = ids.filter((id) => known.has(id));
  const projects = new Set(seen.map(({ project_id }) => project_id));
  const id = newId(deps.clock);
  await tx.query(sql.insertBulk, [
    workspaceId,
    id,
    input.action,
    JSON.stringify(input.body),
    capped,
    projects.size === 1 ? [...projects][0] : null,
    frozen,
    principal.kind,
    principal.id,
    deps.clock.now(),
  ]);
  const row = await own(tx, principal, toPublicId("bulk", id));
  await tellOfBulk(tx, deps, "bulk.started", row);
  await enqueueBulk(tx, deps, id);
  return presentBulk(tx, row);
}

/** @throws not_found: a bulk is seen by whoever began it. */
async function own(
  tx: Transaction,
  principal: Principal,
  publicId: string,
  options?: { lock: boolean },
): Promise<sql.BulkRow> {
  const key = {
    workspaceId: tx.workspaceId,
    id: fromPublicId("bulk", publicId) ?? "",
    actorId: principal.id,
  };
  const row = await sql.findOwnBulk(tx, key, options);
  if (!row) throw refuse("not_found");
  return row;
}

async function move(
  deps: BulkDeps,
  tx: Transaction,
  row: sql.BulkRow,
  state: sql.BulkRow["state"],
): Promise<sql.BulkRow> {
  await tx.query(sql.setState, [row.workspace_id, row.id, state, deps.clock.now()]);
  return { ...row, state, finished_at: row.finished_at ?? deps.clock.now() };
}

/** Stops a running bulk. Waits for the ticket under way; repeating it changes nothing. @throws not_found */
export async function cancelBulk(
  deps: BulkDeps,
  tx: Transaction,
  principal: Principal,
  publicId: string,
): Promise<Bulk> {
  const row = await own(tx, principal, publicId, { lock: true });
  if (row.state !== "running") return presentBulk(tx, row);
  await tellOfBulk(tx, deps, "bulk.cancelled", row);
  return presentBulk(tx, await move(deps, tx, row, "cancelled"));
}

/** Begins to put every ticket back; a running bulk is stopped by it. Repeating it changes nothing. @throws not_found */
export async function undoBulk(
  deps: BulkDeps,
  tx: Transaction,
  principal: Principal,
  publicId: string,
): Promise<Bulk> {
  const row = await own(tx, principal, publicId, { lock: true });
  if (row.state === "undoing" || row.state === "undone") return presentBulk(tx, row);
  await enqueueBulk(tx, deps, row.id);
  return presentBulk(tx, await move(deps, tx, row, "undoing"));
}
