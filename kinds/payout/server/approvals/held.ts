import { type Principal, refuse, statement, type Transaction } from "@okno/kit";
import type { PayoutDeps } from "../core/deps.ts";
import { endPayout, type LockedPayout } from "../core/move.ts";
import { resumePayout } from "../processing/hear.ts";

const decide = statement(
  "payouts.decide_held",
  `update payout_asks set decision = $3, decided_by = $4, decided_at = $5, reason = $6
   where workspace_id = $1 and payout_id = $2 and decision is null returning 1`,
);

export type Decision = { decision: "pay" } | { decision: "fail"; reason: string };

/** A person decides about a payout that is held because the merchant did not say yes or no: it goes on, or fails and is released. */
export async function decideHeld(
  deps: PayoutDeps,
  tx: Transaction,
  locked: LockedPayout,
  { principal, ...given }: Decision & { principal: Principal },
): Promise<void> {
  const now = deps.ports.clock.now();
  const { payout } = locked;
  const actor = { kind: principal.kind, id: principal.id };
  const reason = given.decision === "fail" ? given.reason : null;
  const decided = await tx.query(decide, [
    tx.workspaceId,
    payout.id,
    given.decision,
    principal.id,
    now,
    reason,
  ]);
  if (decided.length === 0) throw refuse("payout_not_created", { status: payout.status });
  if (given.decision === "fail") {
    await endPayout(deps, tx, locked, {
      actor,
      now,
      outcome: "failed",
      message: "Rejected",
      reference: null,
    });
    return;
  }
  await resumePayout(deps, tx, locked, { actor, data: { decision: given.decision } });
}
