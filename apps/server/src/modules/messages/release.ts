import { toPublicId } from "@okno/contract";
import { z } from "zod";
import type { Clock } from "../../platform/clock.ts";
import { type Database, statement, type Transaction } from "../../platform/database.ts";
import { defineJob, enqueueJob, type JobHandler } from "../../platform/jobs.ts";
import { lockAnyTicket, writeChange } from "../tickets/index.ts";

const name = "message.release";

const findTicketOf = statement(
  "messages.find_ticket_of",
  "select ticket_id from messages where workspace_id = $1 and id = $2 and held_until is not null",
);
const release = statement(
  "messages.release",
  `update messages set held_until = null, undo = null, status = 'sent'
   where workspace_id = $1 and id = $2 and ticket_id = $3 and held_until is not null returning 1`,
);

/** Enqueues the release of a held reply, in the transaction that stores it. */
export function releaseAt(tx: Transaction, messageId: string, at: Date): Promise<void> {
  return enqueueJob(tx, { name, workspaceId: tx.workspaceId, payload: { messageId }, runAt: at });
}

/**
 * Lets a held reply go: from now on the customer sees it. Under the ticket's row lock, so that either this or its author's taking it
 * back happens, and running twice is harmless. A newer message of the customer changes nothing: the author's guard was passed.
 */
export function releaseJob({ db, clock, poke }: { db: Database; clock: Clock; poke(): void }): JobHandler {
  return defineJob({
    name,
    payload: z.object({ messageId: z.uuid() }),
    async run({ messageId }, { workspaceId }) {
      if (!workspaceId) return;
      await db.transaction(workspaceId, async (tx) => {
        const [held] = await tx.query<{ ticket_id: string }>(findTicketOf, [workspaceId, messageId]);
        if (!held) return;
        const ticket = await lockAnyTicket(tx, workspaceId, held.ticket_id);
        if (!ticket) return;
        const released = await tx.query(release, [workspaceId, messageId, ticket.id]);
        if (released.length === 0) {
          // Taken back, or moved to another ticket while we waited for the lock: then it is tried again there.
          const [moved] = await tx.query(findTicketOf, [workspaceId, messageId]);
          if (moved) throw new Error("a held message was moved to another ticket meanwhile");
          return;
        }
        const actor = { kind: "system", id: null } as const;
        const data = { message: toPublicId("message", messageId) };
        await writeChange(tx, ticket, ticket, [{ type: "message.released", actor, data }], clock.now());
        tx.afterCommit(poke);
      });
    },
  });
}
