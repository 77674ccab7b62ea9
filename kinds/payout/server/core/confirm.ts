import { type Actor, refuse, type Transaction } from "@okno/kit";
import { askApproval } from "../approvals/ask.ts";
import { demandFor } from "../approvals/demand.ts";
import { payoutPurpose } from "./create.ts";
import type { PayoutDeps } from "./deps.ts";
import { dispatchPayout, type LockedPayout, requireStatus } from "./move.ts";
import type { PayoutRow } from "./row.ts";

export type Confirmed = {
  actor: Actor;
  /** Who stands behind the actor, where that is not the actor alone: two keys of one person are one party. */
  party?: string;
  /** Facts and digests of the call that confirmed: kept as evidence. No secrets. */
  evidence: Record<string, unknown>;
};

function isMaker({ created_by, maker_id }: PayoutRow, { id }: Actor, party = id): boolean {
  return id !== null && (id === created_by || party === maker_id);
}

/**
 * The signed call that lets a payout go. Allowed from `created` alone, once. Where the desk's rules ask for people's approval, or
 * something is suspicious, it waits for them first.
 * @throws payout_not_created, quote_expired, own_payout
 */
export async function confirmPayout(
  deps: PayoutDeps,
  tx: Transaction,
  locked: LockedPayout,
  { actor, evidence, party }: Confirmed,
): Promise<PayoutRow> {
  const { ports } = deps;
  const { payout, desk } = locked;
  const now = ports.clock.now();
  requireStatus(payout, ["created"]);
  if (payout.quote_expires_at && payout.quote_expires_at <= now) throw refuse("quote_expired");
  if (desk.maker_checker && isMaker(payout, actor, party)) throw refuse("own_payout");
  const demand = await demandFor(deps, tx, locked);
  const { happenings: beside } = await ports.confirmations.answer(tx, {
    ticketId: payout.id,
    purpose: payoutPurpose,
    method: "api",
    answer: "confirm",
    actor,
    subjectVersion: 1,
    evidence,
    now,
  });
  const act = { actor, now, beside };
  return demand ? askApproval(deps, tx, locked, demand, act) : dispatchPayout(deps, tx, locked, act);
}
