import type { CallbackPort, CallbackState, LoggedCallback } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { statement } from "../../platform/database.ts";
import { newId } from "../../platform/ids.ts";
import { callbackTarget, queueAgain } from "./queue.ts";
import type { LogEntry } from "./record.ts";
import type { Webhooks } from "./webhooks.ts";

const insert = statement(
  "webhooks.insert_callback",
  `with made as (
     insert into webhook_deliveries (workspace_id, id, project_id, ticket_id, type, url, headers, body, state, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9)
   )
   insert into webhook_queue (workspace_id, delivery_id, target, lane, due_at)
   values ($1, $2, $10, $4, coalesce((
     select q.due_at from webhook_queue q where q.target = $10 and q.lane = $4 order by q.position desc limit 1), $9))`,
);
const list = statement(
  "webhooks.list_callbacks",
  `select d.id, d.url, d.type, d.state, d.attempts, d.last_status, d.last_error, d.log -> -1 ->> 'response' as response, d.created_at,
     d.last_at, q.due_at as next_at
   from webhook_deliveries d left join webhook_queue q on q.workspace_id = d.workspace_id and q.delivery_id = d.id
   where d.workspace_id = $1 and d.ticket_id = $2 and d.webhook_id is null order by d.id limit 100`,
);
const find = statement(
  "webhooks.find_callback",
  "select url from webhook_deliveries where workspace_id = $1 and id = $2 and webhook_id is null",
);

type Row = {
  id: string;
  url: string;
  type: string;
  state: CallbackState;
  attempts: number;
  last_status: number | null;
  last_error: string | null;
  response: LogEntry["response"] | null;
  created_at: Date;
  last_at: Date | null;
  next_at: Date | null;
};

function lastResponseOf({ last_status, last_error, response }: Row): string | null {
  return last_status === null ? last_error : `${last_status} => ${response ?? ""}`;
}

const logged = (row: Row): LoggedCallback => ({
  id: row.id,
  url: row.url,
  what: row.type,
  state: row.state,
  attempts: row.attempts,
  lastResponse: lastResponseOf(row),
  createdAt: row.created_at,
  lastAt: row.last_at,
  nextAt: row.next_at,
});

/** Call-backs ride on the webhooks' queue, as deliveries without an endpoint. */
export function createCallbacks({
  clock,
  webhooks,
}: {
  clock: Clock;
  webhooks: Pick<Webhooks, "poke">;
}): CallbackPort {
  return {
    async enqueue(tx, { workspaceId, projectId, ticketId, url, body, headers, what, now }) {
      await tx.query(insert, [
        workspaceId,
        newId(clock),
        projectId,
        ticketId,
        what,
        url,
        headers ? JSON.stringify(headers) : null,
        body,
        now,
        callbackTarget(workspaceId, url),
      ]);
      tx.afterCommit?.(webhooks.poke);
    },
    async list(db, { workspaceId, ticketId }) {
      return (await db.query<Row>(list, [workspaceId, ticketId])).map(logged);
    },
    async replay(tx, { workspaceId, id, now }) {
      const [row] = await tx.query<{ url: string }>(find, [workspaceId, id]);
      if (!row) return false;
      await queueAgain(tx, { workspaceId, id, target: callbackTarget(workspaceId, row.url) }, now);
      tx.afterCommit?.(webhooks.poke);
      return true;
    },
  };
}
