import { type Queryable, statement } from "../../platform/database.ts";
import type { TicketRow } from "./row.ts";

/** Which way an answer goes: by which channel, to whose conversation. */
export type ReplyRoute = {
  channelId: string | null;
  /** The identity whose conversation it is, where the channel is a dialogue. */
  identityId: string | null;
  /** The ticket whose conversation it is, when that is another one. */
  originId: string | null;
};

const findLastWord = statement(
  "tickets.find_last_word",
  `select m.channel_id, o.id as origin_id, o.identity_id
   from messages m join tickets o on o.workspace_id = $1 and o.id = coalesce(m.origin_id, m.ticket_id)
   where m.workspace_id = $1 and m.ticket_id = $2 and m.direction = 'in' order by m.created_at desc, m.id desc limit 1`,
);

/**
 * Answers go where the customer wrote last. A ticket has one conversation until another is merged into it, or it is split from one:
 * only then is there anything to look up.
 */
export async function replyRouteOf(tx: Queryable, ticket: TicketRow): Promise<ReplyRoute> {
  const own = { channelId: ticket.channel_id, identityId: ticket.identity_id, originId: null };
  if (ticket.conversations.length === 0) return own;
  type Row = { channel_id: string | null; origin_id: string; identity_id: string | null };
  const [last] = await tx.query<Row>(findLastWord, [ticket.workspace_id, ticket.id]);
  if (!last) return own;
  const { channel_id: channelId, identity_id: identityId, origin_id } = last;
  return { channelId, identityId, originId: origin_id === ticket.id ? null : origin_id };
}
