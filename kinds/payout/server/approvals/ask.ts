import { toPublicId } from "@okno/contract";
import { statement, type Transaction } from "@okno/kit";
import type { PayoutDeps } from "../core/deps.ts";
import type { Act, LockedPayout } from "../core/move.ts";
import { type PayoutRow, payoutColumns } from "../core/row.ts";
import type { Demand } from "./demand.ts";
import { approvalPurpose } from "./purpose.ts";

const hourMs = 3_600_000;

const moveToApproving = statement(
  "payouts.ask_approval",
  `with moved as (
     update payouts p set status = 'approving', confirmed_at = $3, confirmed_by = $4, attention = $5, version = p.version + 1
     where p.workspace_id = $1 and p.id = $2 and p.status = 'created' returning ${payoutColumns}
   ), kept as (
     insert into payout_approvals (workspace_id, payout_id, rule_id, why, needed, role, members, step_up, asked_at)
     select $1, m.id, $6, $7, $8, $9, $10, $11, $3 from moved m
   )
   select * from moved`,
);

/** What the people who approve are shown; the destination masked, and bound by its digest. */
function snapshotOf(payout: PayoutRow): Record<string, string> {
  const { method, currency, receive, commission, deduction } = payout;
  return {
    payout: toPublicId("payout", payout.id),
    method,
    currency,
    receive,
    commission,
    deduction,
    destination: payout.destination_masked,
    destinationDigest: payout.destination_digest.toString("hex"),
  };
}

/** A confirmed payout waits for people: its funds stay reserved, its ticket comes into the inbox. */
export async function askApproval(
  { ports }: PayoutDeps,
  tx: Transaction,
  { ticket, payout, desk }: LockedPayout,
  demand: Demand,
  { actor, now, beside = [] }: Act,
): Promise<PayoutRow> {
  const { why, needed, role, members, ruleId } = demand;
  const attention = why.find((each) => each !== "rule") ?? "approval";
  const [[row], issued] = await Promise.all([
    tx.query<PayoutRow>(moveToApproving, [
      tx.workspaceId,
      payout.id,
      now,
      actor.id,
      attention,
      ruleId,
      why,
      needed,
      role,
      members,
      desk.step_up,
    ]),
    ports.confirmations.issue(tx, {
      ticketId: payout.id,
      projectId: payout.project_id,
      method: "approval",
      purpose: approvalPurpose,
      subject: { version: 1, snapshot: snapshotOf(payout) },
      needed,
      expiresAt: new Date(now.getTime() + demand.hours * hourMs),
      actor,
      now,
    }),
  ]);
  if (!row) throw new Error("a locked payout was in another state than it said");
  const data = {
    payout: toPublicId("payout", payout.id),
    desk: toPublicId("desk", desk.id),
    why,
    needed,
    role,
  };
  await ports.tickets.move(tx, ticket, {
    action: "ask_approval",
    actor,
    happenings: [...beside, ...issued.happenings, { type: "payout.approval_requested", actor, data }],
    now,
  });
  return row;
}
