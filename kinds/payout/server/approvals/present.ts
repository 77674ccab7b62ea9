import { toPublicId } from "@okno/contract";
import type { PayoutApproval } from "../../contract-approvals.ts";
import { demandWords, heldBy, type MayNot, type Standing } from "./rights.ts";

function statusOf({ payout, demand }: Standing): PayoutApproval["status"] {
  if (heldBy(payout)) return "held";
  return demand ? demandWords[demand.status] : "none";
}

function merchantOf({ ask }: Standing): PayoutApproval["merchant"] {
  if (!ask) return null;
  const { asked_at, answered_at, answer, http_status } = ask;
  return {
    askedAt: asked_at.toISOString(),
    answeredAt: answered_at?.toISOString() ?? null,
    answer,
    httpStatus: http_status,
  };
}

export function presentApproval(standing: Standing, mayNot: MayNot | null): PayoutApproval {
  const { payout, approval, demand, ask, stepUp } = standing;
  const held = heldBy(payout);
  return {
    payoutStatus: payout.status,
    status: statusOf(standing),
    why: held ? [held] : approval.why,
    needed: held ? 1 : approval.needed,
    approvals: (demand?.confirmedBy ?? []).flatMap(({ actor, at }) =>
      actor.id === null ? [] : [{ member: toPublicId("member", actor.id), at: at.toISOString() }],
    ),
    role: approval.role,
    members: approval.members?.map((id) => toPublicId("member", id)) ?? null,
    expiresAt: demand?.expiresAt?.toISOString() ?? null,
    reason: demand?.reason ?? ask?.reason ?? null,
    mayDecide: mayNot === null,
    mayNot,
    stepUp,
    merchant: merchantOf(standing),
  };
}
