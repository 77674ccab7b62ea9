import type { Queryable } from "../../platform/database.ts";
import { enqueueJob } from "../../platform/jobs.ts";
import type { TicketRow } from "./row.ts";

/** A ticket that was put off until an instant is woken then; in the transaction that puts it off. */
export async function wakeLater(tx: Queryable, before: TicketRow, after: TicketRow): Promise<void> {
  if (!after.due_at || after.due_at.getTime() === before.due_at?.getTime()) return;
  await enqueueJob(tx, {
    name: "ticket.wake",
    workspaceId: after.workspace_id,
    payload: { ticketId: after.id },
    runAt: after.due_at,
  });
}
