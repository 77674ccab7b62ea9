import { toPublicId } from "@okno/contract";
import { statement } from "@okno/kit";
import type { PayoutDeps } from "../core/deps.ts";
import { lockPayout } from "../core/move.ts";
import { findPayoutByReference } from "../core/queries.ts";

const suspect = statement(
  "payouts.suspect",
  `update payouts set attention = $3 where workspace_id = $1 and id = $2 and status = 'created' and attention is null returning 1`,
);

/**
 * Notes that something about an unconfirmed payout is suspicious: once confirmed, it waits for a person. `signature_reused`: somebody who
 * does not know the desk's secret sent its right signature, which a call-back shows to whoever sees it.
 */
export async function suspectPayout(
  deps: PayoutDeps,
  { workspaceId, deskId }: { workspaceId: string; deskId: string },
  { reference, why }: { reference: string; why: "signature_reused" },
): Promise<void> {
  const { ports } = deps;
  const found = await findPayoutByReference(ports.db.in(workspaceId), { workspaceId, deskId }, reference);
  if (!found) return;
  const payoutId = found.id;
  await ports.db.transaction(workspaceId, async (tx) => {
    const { ticket, payout, desk } = await lockPayout(deps, tx, payoutId, null);
    const noted = await tx.query(suspect, [workspaceId, payoutId, why]);
    if (noted.length === 0) return;
    const data = { payout: toPublicId("payout", payout.id), desk: toPublicId("desk", desk.id), why };
    const actor = { kind: "system", id: null } as const;
    await ports.tickets.note(tx, ticket, [{ type: "payout.suspected", actor, data }], ports.clock.now());
  });
}
