import { type Rating, refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Database, statement, type Transaction } from "../../platform/database.ts";
import { lockAnyTicket, type TicketRow, writeChange } from "../tickets/index.ts";
import { findLatestTicket } from "./conversation.ts";
import { findRating, presentRating, type RatingRow, ratingOpenMs } from "./rating-row.ts";

export type Answer = { completion: string; scale: "five" | "two"; score: number; words: string | null };
type RateDeps = { db: Database; clock: Clock; poke(): void };

const upsert = statement(
  "channels.upsert_rating",
  `insert into ratings (workspace_id, ticket_id, completed_at, project_id, channel_id, contact_id, completed_by, scale, score, words,
     seq, rated_at, changed_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
   on conflict (workspace_id, ticket_id, completed_at) do update
     set scale = excluded.scale, score = excluded.score, words = excluded.words, seq = excluded.seq, changed_at = excluded.changed_at`,
);

async function write(
  tx: Transaction,
  ticket: TicketRow & { completed_at: Date },
  { scale, score, words }: Answer,
  { known, now }: { known: RatingRow | undefined; now: Date },
): Promise<void> {
  const actor = { kind: "contact", id: ticket.contact_id } as const;
  // The words stand beside the history, which holds no personal values.
  const data = { score, scale, worded: words !== null, ...(known && { from: known.score }) };
  const after = await writeChange(tx, ticket, ticket, [{ type: "ticket.rated", actor, data }], now);
  await tx.query(upsert, [
    tx.workspaceId,
    ticket.id,
    ticket.completed_at,
    ticket.project_id,
    ticket.channel_id,
    ticket.contact_id,
    ticket.completed_by,
    scale,
    score,
    words,
    after.seq,
    now,
  ]);
}

/**
 * Takes the customer's answer about the latest completion of their own conversation. The same answer again changes nothing.
 * @throws not_found for a completion that is not theirs, or not the latest; action_not_allowed a day after the first answer.
 */
export async function rateTicket(
  { db, clock, poke }: RateDeps,
  workspaceId: string,
  identityIds: readonly string[],
  answer: Answer,
): Promise<Rating> {
  return db.transaction(workspaceId, async (tx) => {
    const latest = await findLatestTicket(tx, workspaceId, identityIds);
    const ticket = latest?.answered ? await lockAnyTicket(tx, workspaceId, latest.id) : undefined;
    const completedAt = ticket?.completed_at;
    if (!ticket || !completedAt || completedAt.toISOString() !== answer.completion) throw refuse("not_found");
    const now = clock.now();
    const known = await findRating(tx, workspaceId, ticket.id, completedAt);
    if (known && now.getTime() - known.rated_at.getTime() >= ratingOpenMs) throw refuse("action_not_allowed");
    const same =
      known?.score === answer.score && known.scale === answer.scale && known.words === answer.words;
    if (!same) {
      await write(tx, { ...ticket, completed_at: completedAt }, answer, { known, now });
      tx.afterCommit(poke);
    }
    return presentRating({ ...answer, rated_at: known?.rated_at ?? now });
  });
}
