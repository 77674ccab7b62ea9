import type { Role } from "@okno/contract";
import { type Queryable, statement } from "@okno/kit";
import type { Suspicion } from "./decide.ts";

/** What one payout needs, as it was when it was confirmed. */
export type ApprovalRow = {
  why: ("rule" | Suspicion)[];
  needed: number;
  role: Role;
  members: string[] | null;
  step_up: boolean;
};

/** What became of the question to the merchant. */
export type AskRow = {
  asked_at: Date;
  answered_at: Date | null;
  answer: "confirm" | "decline" | "unclear" | "silent" | null;
  http_status: number | null;
  decision: "pay" | "fail" | null;
  reason: string | null;
};

const findApproval = statement(
  "payouts.find_approval",
  "select why, needed, role, members, step_up from payout_approvals where workspace_id = $1 and payout_id = $2",
);
const findAsk = statement(
  "payouts.find_ask",
  `select asked_at, answered_at, answer, http_status, decision, reason from payout_asks where workspace_id = $1 and payout_id = $2`,
);

export async function approvalOf(
  db: Queryable,
  workspaceId: string,
  payoutId: string,
): Promise<ApprovalRow | undefined> {
  const [row] = await db.query<ApprovalRow>(findApproval, [workspaceId, payoutId]);
  return row;
}

export async function askOf(
  db: Queryable,
  workspaceId: string,
  payoutId: string,
): Promise<AskRow | undefined> {
  const [row] = await db.query<AskRow>(findAsk, [workspaceId, payoutId]);
  return row;
}
