import { type ActionBodies, type BulkAction, type TicketAction, toPublicId } from "@okno/contract";
import { Refusal, refuse } from "@okno/kit";
import type { Transaction } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import {
  actOnTicket,
  keepTicket,
  lockTicket,
  reviveKept,
  type TicketRow,
  ticketScope,
  wakeLater,
  writeChange,
} from "../tickets/index.ts";
import type { BulkDeps } from "./deps.ts";
import * as sql from "./queries.ts";

export type BulkWork = { deps: BulkDeps; bulk: sql.BulkRow; principal: Principal | undefined };

type Labels = { addLabels?: string[]; removeLabels?: string[] };

/** What the action means for this very ticket: labels are added to those it has and taken from them. */
function bodyFor(ticket: TicketRow, action: string, body: unknown): ActionBodies[TicketAction] {
  if (action !== "set") return body as ActionBodies[TicketAction];
  const { addLabels, removeLabels, ...rest } = body as Labels & Record<string, unknown>;
  if (!addLabels && !removeLabels) return rest as ActionBodies["set"];
  const gone = new Set(removeLabels?.map((name) => name.toLowerCase()));
  const kept = ticket.labels.filter((name) => !gone.has(name.toLowerCase()));
  const has = new Set(kept.map((name) => name.toLowerCase()));
  const labels = [...kept, ...(addLabels ?? []).filter((name) => !has.has(name.toLowerCase()))];
  return { ...rest, labels } as ActionBodies["set"];
}

/** Things that do not concern the caller's rights: the ticket is simply not in question. */
const skips = new Set(["action_not_allowed", "conversation_already_open", "ticket_merged"]);

async function held(tx: Transaction, bulk: sql.BulkRow, state: sql.BulkRow["state"]): Promise<boolean> {
  const [now] = await tx.query<{ state: string }>(sql.holdState, [bulk.workspace_id, bulk.id]);
  return now?.state === state;
}

/** One ticket of a bulk, as its author would do it by hand: same rights, same flow, same journal. */
async function act({ deps, bulk, principal }: BulkWork, tx: Transaction, place: number): Promise<boolean> {
  if (!(await held(tx, bulk, "running"))) return false;
  const key = [bulk.workspace_id, bulk.id, place];
  const [item] = await tx.query<{ ticket_id: string }>(sql.takeToDo, key);
  // Somebody else is at it, or has done it.
  if (!item) return true;
  if (!principal) throw refuse("forbidden");
  const ticket = await lockTicket(tx, ticketScope(principal), item.ticket_id);
  if (!ticket) throw refuse("not_found");
  const action = bulk.action as BulkAction["action"];
  const id = toPublicId("ticket", ticket.id);
  const written = await actOnTicket(
    deps,
    tx,
    principal,
    id,
    action,
    bodyFor(ticket, action, bulk.body) as never,
  );
  const changed = written.seq !== ticket.seq;
  await tx.query(sql.settle, [
    ...key,
    changed ? "done" : "skipped",
    changed ? null : "unchanged",
    changed ? JSON.stringify(keepTicket(ticket)) : null,
    changed ? written.seq : null,
  ]);
  tx.afterCommit(deps.poke);
  return true;
}

/** @returns false when the bulk was stopped. */
export async function doItem(work: BulkWork, place: number): Promise<boolean> {
  const { db } = work.deps;
  const { workspace_id, id } = work.bulk;
  try {
    return await db.transaction(workspace_id, (tx) => act(work, tx, place));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const outcome = skips.has(error.code) ? "skipped" : "refused";
    const values = [workspace_id, id, place, outcome, error.code, null, null];
    await db.transaction(workspace_id, (tx) => tx.query(sql.settle, values));
    return true;
  }
}

async function putBack(
  { deps, bulk, principal }: BulkWork,
  tx: Transaction,
  place: number,
): Promise<boolean> {
  if (!(await held(tx, bulk, "undoing"))) return false;
  const key = [bulk.workspace_id, bulk.id, place];
  const [item] = await tx.query<sql.UndoItem>(sql.takeToUndo, key);
  if (!item) return true;
  if (!principal) throw refuse("forbidden");
  const ticket = await lockTicket(tx, ticketScope(principal), item.ticket_id);
  if (!ticket) throw refuse("not_found");
  if (ticket.seq !== item.seq_after) {
    await tx.query(sql.settleUndo, [...key, "touched"]);
    return true;
  }
  const actor = { kind: principal.kind, id: principal.id } as const;
  const data = { bulk: toPublicId("bulk", bulk.id), action: bulk.action };
  const happening = { type: "ticket.restored", actor, data } as const;
  const back = { ...ticket, ...reviveKept(item.before) };
  const written = await writeChange(tx, ticket, back, [happening], deps.clock.now());
  await wakeLater(tx, ticket, written);
  await tx.query(sql.settleUndo, [...key, "done"]);
  tx.afterCommit(deps.poke);
  return true;
}

/** @returns false when the bulk is no longer being undone. */
export async function undoItem(work: BulkWork, place: number): Promise<boolean> {
  const { db } = work.deps;
  const { workspace_id, id } = work.bulk;
  try {
    return await db.transaction(workspace_id, (tx) => putBack(work, tx, place));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await db.transaction(workspace_id, (tx) =>
      tx.query(sql.settleUndo, [workspace_id, id, place, "refused"]),
    );
    return true;
  }
}
