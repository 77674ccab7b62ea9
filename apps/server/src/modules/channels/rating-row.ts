import type { Rating } from "@okno/kit";
import { type Queryable, statement } from "../../platform/database.ts";

/** An answer may be changed this long after it was first given. */
export const ratingOpenMs = 86_400_000;

export type RatingRow = { score: number; scale: "five" | "two"; words: string | null; rated_at: Date };

const find = statement(
  "channels.find_rating",
  "select score, scale, words, rated_at from ratings where workspace_id = $1 and ticket_id = $2 and completed_at = $3",
);

export async function findRating(
  db: Queryable,
  workspaceId: string,
  ticketId: string,
  completedAt: Date,
): Promise<RatingRow | undefined> {
  const [row] = await db.query<RatingRow>(find, [workspaceId, ticketId, completedAt]);
  return row;
}

export function presentRating({ score, words, rated_at }: RatingRow): Rating {
  return { score, words, changeableUntil: new Date(rated_at.getTime() + ratingOpenMs).toISOString() };
}
