import type { Route, SuccessOf } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import type { Database, Transaction } from "../../platform/database.ts";
import { type Call, own } from "../../platform/http/binding.ts";
import { claimKey, storeAnswer } from "../../platform/http/idempotency.ts";

/**
 * A command whose answer holds a secret. Secrets are shown once and never stored, so under its idempotency key only `reference` is
 * kept: a repeated request makes no second one and is told which it made.
 */
export function commandWithSecret<R extends Route>(
  { db, clock }: { db: Database; clock: Clock },
  run: (
    call: Call<R>,
    tx: Transaction,
  ) => Promise<{ answer: SuccessOf<R>; reference: Record<string, string> }>,
) {
  return own<R>(({ idempotency, principal, ...rest }) =>
    db.transaction(principal.workspaceId, async (tx) => {
      const scope = { workspaceId: principal.workspaceId, principalId: principal.id };
      const stored = idempotency && (await claimKey(tx, scope, idempotency, clock.now()));
      if (stored) throw refuse("already_exists", stored.response as Record<string, string>);
      const { answer, reference } = await run({ idempotency, principal, ...rest }, tx);
      if (idempotency) await storeAnswer(tx, scope, idempotency.key, { status: 201, response: reference });
      return answer;
    }),
  );
}
