import { type Principal, projectsWith, refuse, type Transaction } from "@okno/kit";
import type { PayoutApproval } from "../../contract-approvals.ts";
import type { PayoutDeps } from "../core/deps.ts";
import { deskById } from "../core/desks.ts";
import { cancelPayout, dispatchPayout, type LockedPayout, lockPayout } from "../core/move.ts";
import { findPayout } from "../core/queries.ts";
import { decideHeld } from "./held.ts";
import { presentApproval } from "./present.ts";
import { approvalPurpose } from "./purpose.ts";
import { heldBy, mayNotDecide, requireDecision, type Standing, standingOf } from "./rights.ts";

export type Given = { answer: "confirm"; code?: string | undefined } | { answer: "refuse"; reason: string };

/** A payout as this caller sees it, without its lock. @throws not_found */
async function look({ ports }: PayoutDeps, principal: Principal, payoutId: string): Promise<Standing> {
  const { workspaceId } = principal;
  const db = ports.db.in(workspaceId);
  const payout = await findPayout(db, workspaceId, payoutId);
  if (!payout || !principal.roles.has(payout.project_id)) throw refuse("not_found");
  const desk = await deskById(db, workspaceId, payout.desk_id);
  if (!desk) throw refuse("not_found");
  return standingOf(ports, db, payout, desk);
}

/** Takes the word of one person about a payout that is being approved, under its ticket's lock. */
async function take(
  deps: PayoutDeps,
  tx: Transaction,
  principal: Principal,
  locked: LockedPayout,
  given: Given,
): Promise<void> {
  const { ports } = deps;
  const now = ports.clock.now();
  const { payout, ticket } = locked;
  const actor = { kind: principal.kind, id: principal.id };
  const { outcome, happenings } = await ports.confirmations.answer(tx, {
    ticketId: payout.id,
    purpose: approvalPurpose,
    method: "approval",
    answer: given.answer,
    actor,
    subjectVersion: 1,
    evidence: { via: "console", stepUp: given.answer === "confirm" && locked.desk.step_up },
    ...(given.answer === "refuse" && { reason: given.reason }),
    now,
  });
  const act = { actor, now, beside: happenings };
  if (outcome === "won") await dispatchPayout(deps, tx, locked, act);
  else if (outcome === "refused") await cancelPayout(deps, tx, locked, { ...act, why: "Rejected" });
  else await ports.tickets.note(tx, ticket, happenings, now);
}

/**
 * One person approves or refuses. The last approval needed lets the payout go, a refusal cancels it, both in this transaction.
 * @throws not_found, forbidden, own_payout, payout_not_created, already_answered, confirmation_expired, step_up_required, wrong_code
 */
export async function decidePayout(
  deps: PayoutDeps,
  principal: Principal,
  payoutId: string,
  given: Given,
): Promise<PayoutApproval> {
  const { ports } = deps;
  const { workspaceId } = principal;
  const seen = await look(deps, principal, payoutId);
  requireDecision(await mayNotDecide(ports, ports.db.in(workspaceId), principal, seen), seen);
  // A code is asked for by what could be decided, and spent before the lock is taken.
  if (seen.stepUp && given.answer === "confirm") await ports.stepUp.require(principal, given.code);
  await ports.db.transaction(workspaceId, async (tx) => {
    const locked = await lockPayout(deps, tx, payoutId, projectsWith(principal, "operator"));
    const standing = await standingOf(ports, tx, locked.payout, locked.desk);
    requireDecision(await mayNotDecide(ports, tx, principal, standing), standing);
    // It is not what it was when the code was asked for.
    if (standing.stepUp && !seen.stepUp) throw refuse("step_up_required");
    if (!heldBy(locked.payout)) return take(deps, tx, principal, locked, given);
    const decision =
      given.answer === "confirm"
        ? ({ decision: "pay" } as const)
        : ({ decision: "fail", reason: given.reason } as const);
    return decideHeld(deps, tx, locked, { ...decision, principal });
  });
  return readApproval(deps, principal, payoutId);
}

/** How it stands with the approval of a payout, for this caller. @throws not_found */
export async function readApproval(
  deps: PayoutDeps,
  principal: Principal,
  payoutId: string,
): Promise<PayoutApproval> {
  const { ports } = deps;
  const standing = await look(deps, principal, payoutId);
  return presentApproval(
    standing,
    await mayNotDecide(ports, ports.db.in(principal.workspaceId), principal, standing),
  );
}
