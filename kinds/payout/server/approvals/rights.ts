import type { FoundDemand, KindPorts, Principal, Queryable } from "@okno/kit";
import { includesRole, refuse } from "@okno/kit";
import type { Desk } from "../core/desks.ts";
import type { PayoutRow } from "../core/row.ts";
import { approvalPurpose } from "./purpose.ts";
import { type ApprovalRow, type AskRow, approvalOf, askOf } from "./queries.ts";

/** Words in `attention` of a payout that is held because the merchant did not say yes or no. */
export const heldWords = ["merchant_unclear", "merchant_silent"] as const;
export type HeldWord = (typeof heldWords)[number];

/** Of a held payout: why. */
export function heldBy({ status, attention, sent_at }: PayoutRow): HeldWord | undefined {
  return status === "processing" && sent_at === null
    ? heldWords.find((word) => word === attention)
    : undefined;
}

/** Everything that a decision about a payout looks at. */
export type Standing = {
  payout: PayoutRow;
  approval: ApprovalRow;
  demand: FoundDemand | undefined;
  ask: AskRow | undefined;
  /** An approval needs a one-time code. */
  stepUp: boolean;
};

/** One person of this role decides about what is held, and was not asked about before. */
const unasked: ApprovalRow = { why: [], needed: 1, role: "supervisor", members: null, step_up: false };

export async function standingOf(
  { confirmations }: Pick<KindPorts, "confirmations">,
  db: Queryable,
  payout: PayoutRow,
  desk: Desk,
): Promise<Standing> {
  const { workspace_id: workspaceId, id } = payout;
  const of = { workspaceId, ticketId: id, purpose: approvalPurpose, method: "approval" } as const;
  const [approval = unasked, demand, ask] = await Promise.all([
    approvalOf(db, workspaceId, id),
    confirmations.find(db, of),
    askOf(db, workspaceId, id),
  ]);
  return { payout, approval, demand, ask, stepUp: desk.step_up || approval.step_up };
}

export type MayNot = "key" | "role" | "maker" | "answered" | "done";

/** Why this caller may not decide; null when they may. Who made or confirmed it never does, by whatever key. */
export async function mayNotDecide(
  { people }: Pick<KindPorts, "people">,
  db: Queryable,
  principal: Principal,
  { payout, approval, demand }: Standing,
): Promise<MayNot | null> {
  if (principal.kind !== "member") return "key";
  const role = principal.roles.get(payout.project_id);
  if (!role || !includesRole(role, approval.role)) return "role";
  if (approval.members && !approval.members.includes(principal.id)) return "role";
  const makers = [payout.created_by, payout.maker_id, payout.confirmed_by].filter((id) => id !== null);
  const persons = await people.behind(db, payout.workspace_id, makers);
  if ([...persons.values()].includes(principal.party)) return "maker";
  if (heldBy(payout)) return null;
  if (payout.status !== "approving") return "done";
  return demand?.confirmedBy.some(({ actor }) => actor.id === principal.id) ? "answered" : null;
}

/** @throws forbidden, own_payout, payout_not_created, already_answered */
export function requireDecision(mayNot: MayNot | null, { payout }: Standing): void {
  if (mayNot === "key" || mayNot === "role") throw refuse("forbidden");
  if (mayNot === "maker") throw refuse("own_payout");
  if (mayNot === "answered") throw refuse("already_answered");
  if (mayNot === "done") throw refuse("payout_not_created", { status: payout.status });
}

/** What the state of a demand means for its payout. */
export const demandWords: Record<
  FoundDemand["status"],
  "pending" | "approved" | "refused" | "expired" | "cancelled"
> = {
  pending: "pending",
  confirmed: "approved",
  refused: "refused",
  expired: "expired",
  revoked: "cancelled",
  superseded: "cancelled",
};
