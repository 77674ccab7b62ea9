import { fromPublicId } from "@okno/contract";
import { type Principal, type Queryable, refuse, requireRole, statement, type Transaction } from "@okno/kit";
import { type Desk, deskById } from "../core/desks.ts";

const lockDesk = statement(
  "payouts.lock_desk",
  "select 1 from payout_desks where workspace_id = $1 and id = $2 for update",
);

/** A desk of the caller's projects. @throws not_found */
export async function deskFor(db: Queryable, principal: Principal, publicId: string): Promise<Desk> {
  const desk = await deskById(db, principal.workspaceId, fromPublicId("desk", publicId) ?? "");
  if (!desk || !principal.roles.has(desk.project_id)) throw refuse("not_found");
  return desk;
}

/** The same for who administers its project; under its row lock. @throws not_found, forbidden */
export async function lockDeskFor(tx: Transaction, principal: Principal, publicId: string): Promise<Desk> {
  const { id } = await deskFor(tx, principal, publicId);
  await tx.query(lockDesk, [tx.workspaceId, id]);
  const desk = await deskFor(tx, principal, publicId);
  requireRole(principal, desk.project_id, "admin");
  return desk;
}
