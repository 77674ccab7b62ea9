import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Database, type Queryable, statement, type Transaction } from "../../platform/database.ts";
import { type CodeKeys, stepOfCode } from "./codes.ts";
import { secondsUntilNextTry } from "./wait.ts";

// The row's lock: codes that come at once are taken one after the other, so each is taken once and each wrong one is counted.
const lock = statement(
  "step_up.lock",
  `select secret, enrolled_at, last_step::int as last_step, failures, failed_at from member_totp
   where workspace_id = $1 and member_id = $2 for update`,
);
const succeed = statement(
  "step_up.succeed",
  `with session as (update sessions set stepped_up_at = $3 where workspace_id = $1 and id = $4 and member_id = $2)
   update member_totp set last_step = $5, failures = 0, failed_at = null, enrolled_at = coalesce(enrolled_at, $3)
   where workspace_id = $1 and member_id = $2`,
);
const fail = statement(
  "step_up.fail",
  `update member_totp set failures = least(failures + 1, 1000), failed_at = $3 where workspace_id = $1 and member_id = $2`,
);
const listUnused = statement(
  "step_up.list_unused",
  "select digest from recovery_codes where workspace_id = $1 and member_id = $2 and used_at is null",
);
const spend = statement(
  "step_up.spend",
  "update recovery_codes set used_at = $4 where workspace_id = $1 and member_id = $2 and digest = $3",
);

export type CodeDeps = { db: Database; clock: Clock; keys: CodeKeys };
export type Whose = { workspaceId: string; memberId: string; sessionId: string };

type Row = {
  secret: Buffer;
  enrolled_at: Date | null;
  last_step: number;
  failures: number;
  failed_at: Date | null;
};
type Verdict = { right: true } | { right: false; refusal: Error };

async function isRecoveryCode(
  tx: Queryable,
  { keys, clock }: CodeDeps,
  whose: Whose,
  code: string,
): Promise<boolean> {
  const { workspaceId, memberId } = whose;
  const unused = await tx.query<{ digest: Buffer }>(listUnused, [workspaceId, memberId]);
  const found = keys.matching(
    memberId,
    code,
    unused.map(({ digest }) => digest),
  );
  if (found) await tx.query(spend, [workspaceId, memberId, found, clock.now()]);
  return found !== undefined;
}

async function judge(
  tx: Transaction,
  deps: CodeDeps,
  whose: Whose,
  { code, first }: Given,
): Promise<Verdict> {
  const { workspaceId, memberId, sessionId } = whose;
  const { keys, clock } = deps;
  const [row] = await tx.query<Row>(lock, [workspaceId, memberId]);
  if (!row || (!first && !row.enrolled_at)) return { right: false, refusal: refuse("not_found") };
  if (first && row.enrolled_at) return { right: false, refusal: refuse("already_exists") };
  const now = clock.now();
  const retryAfterSeconds = secondsUntilNextTry({ failures: row.failures, failedAt: row.failed_at }, now);
  if (retryAfterSeconds > 0) return { right: false, refusal: refuse("rate_limited", { retryAfterSeconds }) };
  const step = stepOfCode(keys.open(memberId, row.secret), code, now, row.last_step);
  const right = step !== undefined || (await isRecoveryCode(tx, deps, whose, code));
  if (!right) {
    await tx.query(fail, [workspaceId, memberId, now]);
    return { right: false, refusal: refuse("wrong_code") };
  }
  await tx.query(succeed, [workspaceId, memberId, now, sessionId, step ?? row.last_step]);
  return { right: true };
}

type Given = {
  code: string;
  /** The code that ends the setting up. */
  first?: boolean;
};

/**
 * Takes a code, and does what it was given for in the same transaction. A wrong one is counted and committed before it is refused.
 * @throws not_found (no app is set up), already_exists (with `first`: it is), wrong_code (also for one that was taken before), rate_limited
 */
export async function takeCode<T>(
  deps: CodeDeps,
  whose: Whose,
  given: Given,
  then: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const outcome = await deps.db.transaction(whose.workspaceId, async (tx) => {
    const verdict = await judge(tx, deps, whose, given);
    return verdict.right ? { value: await then(tx) } : verdict;
  });
  if ("refusal" in outcome) throw outcome.refusal;
  return outcome.value;
}
