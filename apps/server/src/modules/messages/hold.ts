import { statement, type Transaction } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import type { TicketRow } from "../tickets/index.ts";
import { releaseAt } from "./release.ts";
import { standingOf, type Undo } from "./standing.ts";

const findHold = statement(
  "messages.find_hold_preference",
  "select undo_send_seconds from members where workspace_id = $1 and id = $2",
);
const hold = statement(
  "messages.hold",
  "update messages set held_until = $4, undo = $5, status = 'queued' where workspace_id = $1 and ticket_id = $2 and id = $3",
);

/** How long a person wants their replies to be held; nobody holds those of a key. */
export async function preferredHoldSeconds(
  tx: Transaction,
  { kind, id, workspaceId }: Principal,
): Promise<number> {
  if (kind !== "member") return 0;
  const [row] = await tx.query<{ undo_send_seconds: number }>(findHold, [workspaceId, id]);
  return row?.undo_send_seconds ?? 0;
}

export type FirstWords = { messageId: string; until: Date; before: TicketRow; after: TicketRow };

/** Holds the words that open a ticket, in the transaction that writes them: taken back, the ticket stands as before without them. */
export async function holdFirstWords(
  tx: Transaction,
  { messageId, until, before, after }: FirstWords,
): Promise<void> {
  const unsaid = { ...before, last_preview: null, last_by: null, last_message_at: null };
  const undo: Undo = { before: standingOf(unsaid), after: standingOf(after) };
  await tx.query(hold, [tx.workspaceId, after.id, messageId, until, JSON.stringify(undo)]);
  await releaseAt(tx, messageId, until);
}
