import { z } from "zod";
import { defineJob, enqueueJob, type JobHandler } from "../../platform/jobs.ts";
import { lockDemand } from "./answer.ts";
import type { ConfirmationDeps } from "./deps.ts";
import { findAnyConfirmation } from "./queries.ts";
import { writeSettlement } from "./settle.ts";

const name = "confirmation.expire";
/** The process's clock was ahead of the database's: looked at again so soon. */
const retryMs = 1000;

/** Ends a demand whose time is over, by the clock that answers are judged by; running twice, or too early, is harmless. */
export function expireConfirmationJob(deps: ConfirmationDeps): JobHandler {
  return defineJob({
    name,
    payload: z.object({ confirmationId: z.uuid() }),
    async run({ confirmationId }, { workspaceId }) {
      if (!workspaceId) return;
      await deps.db.transaction(workspaceId, async (tx) => {
        const seen = await findAnyConfirmation(tx, workspaceId, confirmationId, deps.confirmations.ruling());
        if (seen?.status !== "pending") return;
        const { row, ticket } = await lockDemand(deps, tx, seen);
        const now = deps.clock.now();
        const actor = { kind: "system", id: null } as const;
        const { happenings } = await deps.confirmations.end(tx, {
          ticketId: row.ticket_id,
          id: row.id,
          how: "expired",
          actor,
          now,
        });
        if (happenings.length > 0)
          return void (await writeSettlement(deps, tx, ticket, {
            row,
            status: "expired",
            happenings,
            actor,
            now,
          }));
        if (row.status === "pending")
          await enqueueJob(tx, {
            name,
            workspaceId,
            payload: { confirmationId },
            runAt: new Date(now.getTime() + retryMs),
          });
      });
    },
  });
}
