import { kindJob } from "@okno/kit";
import { z } from "zod";
import type { PayoutDeps } from "../core/deps.ts";
import { cancelPayout, lockPayout } from "../core/move.ts";

/** Takes a payout back whose quote has run out unconfirmed. */
export function expireJob(deps: PayoutDeps) {
  return kindJob({
    name: "payout.expire",
    payload: z.object({ payoutId: z.string() }),
    async run({ payoutId }, { workspaceId }) {
      if (workspaceId === null) throw new Error("a payout belongs to a workspace");
      await deps.ports.db.transaction(workspaceId, async (tx) => {
        const locked = await lockPayout(deps, tx, payoutId, null);
        const now = deps.ports.clock.now();
        const { status, quote_expires_at: until } = locked.payout;
        if (status !== "created" || until === null || until > now) return;
        await cancelPayout(deps, tx, locked, { actor: { kind: "system", id: null }, now, why: "Expired" });
      });
    },
  });
}
