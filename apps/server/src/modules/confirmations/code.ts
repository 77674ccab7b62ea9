import { maxCodeAttempts } from "@okno/contract";
import { refuse } from "@okno/kit";
import { type Queryable, statement } from "../../platform/database.ts";
import type { ConfirmationDeps } from "./deps.ts";
import type { ConfirmationRow } from "./queries.ts";

const countAttempt = statement(
  "confirmations.count_attempt",
  `update confirmations set attempts = attempts + 1 where workspace_id = $1 and id = $2 and status = 'pending' and attempts < $3
   returning attempts`,
);

export const bondOf = (row: ConfirmationRow) => ({
  confirmationId: row.id,
  contactId: row.contact_id,
  identityId: row.identity_id,
  purpose: row.purpose,
  subjectVersion: row.subject_version,
});

export type CodeCheck = { right: true } | { right: false; attemptsLeft: number };

/**
 * Compares in constant time; a wrong code is counted, so the caller must commit. Under the ticket's row lock.
 * @throws limit_reached when the attempts are spent, or the code's own time is over: then a new one is needed.
 */
export async function checkCode(
  deps: Pick<ConfirmationDeps, "confirmationSecrets" | "clock">,
  tx: Queryable,
  row: ConfirmationRow,
  code: string,
): Promise<CodeCheck> {
  const spent = { limit: maxCodeAttempts, attemptsLeft: 0 };
  if (!row.code_hash || row.attempts >= maxCodeAttempts) throw refuse("limit_reached", spent);
  if (row.code_expires_at && row.code_expires_at <= deps.clock.now()) throw refuse("limit_reached", spent);
  if (deps.confirmationSecrets.isCode(code, bondOf(row), row.code_hash)) return { right: true };
  const [counted] = await tx.query<{ attempts: number }>(countAttempt, [
    row.workspace_id,
    row.id,
    maxCodeAttempts,
  ]);
  return { right: false, attemptsLeft: maxCodeAttempts - (counted?.attempts ?? maxCodeAttempts) };
}
