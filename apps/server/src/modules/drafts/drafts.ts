import { type Draft, type DraftInput, fromPublicId, maxDraftsPerPerson } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import type { Queryable, Transaction } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { findTicket, type TicketRow, ticketScope } from "../tickets/index.ts";
import { combineDrafts, presentDraft } from "./present.ts";
import {
  countDrafts,
  type DraftRow,
  deleteDrafts,
  listDrafts,
  listFreeFiles,
  lockDrafts,
  putDraft,
} from "./queries.ts";

/** Merges of merges end somewhere. */
const mostSteps = 50;

/** The ticket, or the one that took it in. @throws not_found */
export async function survivorOf(db: Queryable, principal: Principal, id: string): Promise<TicketRow> {
  const scope = ticketScope(principal);
  let ticket = await findTicket(db, scope, id);
  for (let step = 0; ticket?.merged_into && step < mostSteps; step++)
    ticket = await findTicket(db, scope, ticket.merged_into);
  if (!ticket) throw refuse("not_found");
  return ticket;
}

const ticketIdOf = (publicId: string) => fromPublicId("ticket", publicId) ?? "";

async function shown(db: Queryable, principal: Principal, row: DraftRow): Promise<Draft> {
  return presentDraft(row, await listFreeFiles(db, principal, row.attachments));
}

/** The caller's draft in a ticket; an empty one where there is none. @throws not_found */
export async function getDraft(db: Queryable, principal: Principal, publicId: string): Promise<Draft> {
  const ticket = await survivorOf(db, principal, ticketIdOf(publicId));
  const rows = await listDrafts(db, principal, ticket.id);
  return shown(db, principal, combineDrafts(ticket.id, rows));
}

async function conflict(tx: Transaction, principal: Principal, ticketId: string): Promise<never> {
  const current = combineDrafts(ticketId, await listDrafts(tx, principal, ticketId));
  throw refuse("version_conflict", { draft: await shown(tx, principal, current) });
}

/**
 * Keeps a draft. It must have been begun from what is there: another tab or device is never written over in silence.
 * @throws not_found; version_conflict with the draft that is there; limit_reached.
 */
export async function keepDraft(
  clock: Clock,
  tx: Transaction,
  principal: Principal,
  { publicId, input }: { publicId: string; input: DraftInput },
): Promise<Draft> {
  const ticket = await survivorOf(tx, principal, ticketIdOf(publicId));
  const rows = await lockDrafts(tx, principal, ticket.id);
  const before = combineDrafts(ticket.id, rows);
  if (before.version !== input.version) return conflict(tx, principal, ticket.id);
  const wanted = [...new Set(input.attachments)].map((id) => fromPublicId("attachment", id) ?? "");
  const files = await listFreeFiles(tx, principal, wanted);
  const blank = input.reply.trim() === "" && input.note.trim() === "" && files.length === 0;
  const own = rows.find((row) => row.ticket_id === ticket.id);
  const others = rows.filter((row) => row !== own).map((row) => row.ticket_id);
  if (blank) {
    await deleteDrafts(
      tx,
      principal,
      rows.map((row) => row.ticket_id),
    );
    return presentDraft(combineDrafts(ticket.id, []), []);
  }
  if (rows.length === 0 && (await countDrafts(tx, principal, maxDraftsPerPerson)) >= maxDraftsPerPerson)
    throw refuse("limit_reached", { limit: maxDraftsPerPerson });
  const now = clock.now();
  const row: DraftRow = {
    ticket_id: ticket.id,
    mode: input.mode,
    reply: input.reply,
    note: input.note,
    attachments: files.map((file) => file.id),
    mentions: input.mentions,
    version: Math.max(now.getTime(), before.version + 1),
    updated_at: now,
  };
  const stored = await putDraft(tx, principal, row, own?.version ?? 0);
  if (!stored) return conflict(tx, principal, ticket.id);
  await deleteDrafts(tx, principal, others);
  return presentDraft(stored, files);
}

/** Throws the caller's draft away. @throws not_found for a ticket that the caller may not see. */
export async function dropDraft(tx: Transaction, principal: Principal, publicId: string): Promise<void> {
  const ticket = await survivorOf(tx, principal, ticketIdOf(publicId));
  const rows = await lockDrafts(tx, principal, ticket.id);
  await deleteDrafts(
    tx,
    principal,
    rows.map((row) => row.ticket_id),
  );
}
