import { type Draft, fromPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import { statement, type Transaction } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { getDraft, giveBackToDraft } from "../drafts/index.ts";
import { findTicket, lockTicket, type TicketRow, ticketScope, writeChange } from "../tickets/index.ts";
import type { AddDeps } from "./add.ts";
import { type NextReply, takeBack, type Undo } from "./standing.ts";

const findTicketOf = statement(
  "messages.find_ticket_of_any",
  "select ticket_id from messages where workspace_id = $1 and id = $2",
);
const find = statement(
  "messages.find_held",
  `select seq, direction, author_kind, author_id, body, held_until, undo from messages
   where workspace_id = $1 and id = $2 and ticket_id = $3`,
);
const findNext = statement(
  "messages.find_next_reply",
  `select id, undo from messages where workspace_id = $1 and ticket_id = $2 and seq > $3 and direction = 'out' order by seq limit 1`,
);
const findNewest = statement(
  "messages.find_newest_but",
  "select seq from messages where workspace_id = $1 and ticket_id = $2 and seq <> $3 order by seq desc limit 1",
);
const findOpenDialogue = statement(
  "messages.find_open_dialogue",
  `select 1 from tickets where workspace_id = $1 and channel_id = $2 and identity_id = $3 and phase <> 'done' and id <> $4 limit 1`,
);
const updateUndo = statement(
  "messages.update_undo",
  "update messages set undo = $3 where workspace_id = $1 and id = $2",
);
// Free again, and as young as an upload of this moment.
const freeFiles = statement(
  "messages.free_files",
  `update attachments set message_id = null, ticket_id = null, project_id = null, created_at = $3
   where workspace_id = $1 and message_id = $2 returning id`,
);
const remove = statement("messages.remove", "delete from messages where workspace_id = $1 and id = $2");

type HeldRow = {
  seq: number;
  direction: "in" | "out" | "note";
  author_kind: string;
  author_id: string | null;
  body: string;
  held_until: Date | null;
  undo: Undo | null;
};

/** Locks the ticket that holds the message; it may be another than was asked for, when that one was merged away. @throws not_found */
async function lockTicketOf(tx: Transaction, principal: Principal, ticketId: string, messageId: string) {
  const scope = ticketScope(principal);
  const [place] = await tx.query<{ ticket_id: string }>(findTicketOf, [principal.workspaceId, messageId]);
  if (!place) throw refuse("not_found");
  if (place.ticket_id !== ticketId && !(await findTicket(tx, scope, ticketId))?.merged_into)
    throw refuse("not_found");
  const ticket = await lockTicket(tx, scope, place.ticket_id);
  if (!ticket) throw refuse("not_found");
  return ticket;
}

async function findOwnHeld(tx: Transaction, principal: Principal, ticket: TicketRow, messageId: string) {
  const [row] = await tx.query<HeldRow>(find, [ticket.workspace_id, messageId, ticket.id]);
  if (!row) throw refuse("not_found");
  if (row.direction !== "out" || row.author_kind !== principal.kind || row.author_id !== principal.id)
    throw refuse("forbidden");
  if (!row.held_until || !row.undo) throw refuse("already_sent");
  return { ...row, undo: row.undo };
}

/** The ticket without the reply; the next held one, which stood on it, is told where to go back to. */
async function without(
  tx: Transaction,
  ticket: TicketRow,
  row: HeldRow & { undo: Undo },
): Promise<TicketRow> {
  const key = [ticket.workspace_id, ticket.id, row.seq];
  const [[next], [newest]] = await Promise.all([
    tx.query<NextReply & { id: string }>(findNext, key),
    tx.query<{ seq: number }>(findNewest, key),
  ]);
  const taken = takeBack(ticket, row.undo, next);
  if (next && taken.next)
    await tx.query(updateUndo, [ticket.workspace_id, next.id, JSON.stringify(taken.next)]);
  const messageSeq = ticket.message_seq === row.seq ? (newest?.seq ?? 0) : ticket.message_seq;
  const result = { ...taken.ticket, message_seq: messageSeq };
  // The customer has gone on in a newer conversation: this one stays settled, the reply is taken back all the same.
  if (ticket.phase !== "done" || result.phase === "done" || !ticket.identity_id) return result;
  const dialogue = [ticket.workspace_id, ticket.channel_id, ticket.identity_id, ticket.id];
  const elsewhere = await tx.query(findOpenDialogue, dialogue);
  if (elsewhere.length === 0) return result;
  const { state, phase, outcome, completed_at, completed_by } = ticket;
  return { ...result, state, phase, outcome, completed_at, completed_by, waiting_since: null };
}

/**
 * Takes a held reply back: the ticket stands as it did unless somebody changed it since, text and files are the author's draft again.
 * @throws not_found; forbidden for what somebody else wrote, or was no reply; already_sent.
 */
export async function withdrawMessage(
  { clock, poke }: Pick<AddDeps, "clock" | "poke">,
  tx: Transaction,
  principal: Principal,
  params: { id: string; message: string },
): Promise<{ draft: Draft | null }> {
  const messageId = fromPublicId("message", params.message) ?? "";
  const ticket = await lockTicketOf(tx, principal, fromPublicId("ticket", params.id) ?? "", messageId);
  const row = await findOwnHeld(tx, principal, ticket, messageId);
  const now = clock.now();
  const after = await without(tx, ticket, row);
  const files = await tx.query<{ id: string }>(freeFiles, [ticket.workspace_id, messageId, now]);
  await tx.query(remove, [ticket.workspace_id, messageId]);
  const actor = { kind: principal.kind, id: principal.id };
  const data = { message: params.message };
  await writeChange(tx, ticket, after, [{ type: "message.withdrawn", actor, data }], now);
  tx.afterCommit(poke);
  if (principal.kind !== "member") return { draft: null };
  const attachments = files.map((file) => file.id).sort();
  await giveBackToDraft(tx, principal.id, { ticketId: ticket.id, body: row.body, attachments }, now);
  return { draft: await getDraft(tx, principal, params.id) };
}
