import { z } from "zod";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database.ts";
import { defineJob, type JobHandler } from "../../platform/jobs.ts";
import { writeChange } from "./change.ts";
import { decideDue } from "./decide.ts";
import type { FlowOf } from "./present.ts";
import { lockAnyTicket } from "./queries.ts";

/** Brings a postponed ticket back at its time; does nothing when it was moved meanwhile, so running twice is harmless. */
export function wakeJob({
  db,
  clock,
  flowOf,
  poke,
}: {
  db: Database;
  clock: Clock;
  flowOf: FlowOf;
  poke(): void;
}): JobHandler {
  return defineJob({
    name: "ticket.wake",
    payload: z.object({ ticketId: z.uuid() }),
    async run({ ticketId }, { workspaceId }) {
      if (!workspaceId) return;
      await db.transaction(workspaceId, async (tx) => {
        const ticket = await lockAnyTicket(tx, workspaceId, ticketId);
        const now = clock.now();
        const decision =
          ticket &&
          decideDue(ticket, { flow: flowOf(ticket.kind), actor: { kind: "system", id: null }, now });
        if (!ticket || !decision) return;
        await writeChange(tx, ticket, decision.after, decision.happenings, now);
        tx.afterCommit(poke);
      });
    },
  });
}
