import {
  toPublicId,
  type WebhookDelivery,
  type WebhookDeliveryDetail,
  type WebhookError,
} from "@okno/contract";
import { v7 } from "uuid";
import { type Queryable, type Statement, statement } from "../../platform/database.ts";
import { type Principal, projectsWith } from "../../platform/http/principal.ts";
import type { LogEntry } from "./record.ts";

// The one predicate of deliveries: of endpoints and call-backs of the projects the caller administers; for an owner, all.
const visible = "d.workspace_id = $1 and (d.project_id = any($2::uuid[]) or $3::boolean)";
const columns = `d.id, d.webhook_id, d.ticket_id, d.type, d.url, d.state, d.attempts, d.last_at, d.last_status, d.last_error,
  d.created_at, q.due_at as next_at`;
const joined = "left join webhook_queue q on q.workspace_id = d.workspace_id and q.delivery_id = d.id";

const find = statement(
  "webhooks.find_delivery",
  `select ${columns}, d.body, d.log from webhook_deliveries d ${joined} where ${visible} and d.id = $4`,
);

export type DeliveryRow = {
  id: string;
  webhook_id: string | null;
  ticket_id: string | null;
  type: string;
  url: string | null;
  state: WebhookDelivery["state"];
  attempts: number;
  last_at: Date | null;
  last_status: number | null;
  last_error: WebhookError | null;
  created_at: Date;
  next_at: Date | null;
};
export type DeliveryDetailRow = DeliveryRow & { body: string; log: LogEntry[] };

export type DeliveryFilter = {
  webhookId?: string | undefined;
  ticketId?: string | undefined;
  state?: WebhookDelivery["state"] | undefined;
  type?: string | undefined;
};

export const deliveryScope = (principal: Principal): unknown[] => [
  principal.workspaceId,
  projectsWith(principal, "admin"),
  principal.owner,
];

// A text for each combination of filters, so that each is planned by the index it has. States are words of ours, never the caller's.
function listStatement({ webhookId, ticketId, state, type }: DeliveryFilter): Statement {
  const filters = [
    ...(webhookId ? ["d.webhook_id = $"] : []),
    ...(ticketId ? ["d.ticket_id = $"] : []),
    ...(type ? ["d.type = $"] : []),
  ].map((filter, index) => `and ${filter}${index + 6}`);
  const named = [webhookId && "webhook", ticketId && "ticket", type && "type", state]
    .filter(Boolean)
    .join("_");
  return statement(
    `webhooks.list_deliveries_${named}`,
    `select ${columns} from webhook_deliveries d ${joined}
     where ${visible} and ($4::uuid is null or d.id < $4) ${state ? `and d.state = '${state}'` : ""} ${filters.join(" ")}
     order by d.id desc limit $5`,
  );
}

export async function listDeliveries(
  db: Queryable,
  principal: Principal,
  filter: DeliveryFilter,
  page: { before: string | null; limit: number },
): Promise<DeliveryRow[]> {
  const { webhookId, ticketId, type } = filter;
  const filtered = [webhookId, ticketId, type].filter((value) => value !== undefined && value !== "");
  const values = [...deliveryScope(principal), page.before, page.limit, ...filtered];
  return db.query<DeliveryRow>(listStatement(filter), values);
}

export async function findDelivery(
  db: Queryable,
  principal: Principal,
  id: string,
): Promise<DeliveryDetailRow | undefined> {
  const [row] = await db.query<DeliveryDetailRow>(find, [...deliveryScope(principal), id]);
  return row;
}

/** The smallest id that a row of this moment can have. */
export function firstIdAt(at: Date): string {
  return v7({ msecs: Math.max(at.getTime(), 0), seq: 0, random: new Uint8Array(16) });
}

export function presentDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    id: toPublicId("webhookDelivery", row.id),
    webhook: row.webhook_id && toPublicId("webhook", row.webhook_id),
    ticket: row.ticket_id && toPublicId("ticket", row.ticket_id),
    type: row.type,
    url: row.url,
    state: row.state,
    attempts: row.attempts,
    last:
      row.last_at === null
        ? null
        : { at: row.last_at.toISOString(), status: row.last_status, error: row.last_error },
    nextAt: row.next_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}

export function presentDeliveryDetail(row: DeliveryDetailRow): WebhookDeliveryDetail {
  return { ...presentDelivery(row), body: row.body, log: row.log.toReversed() };
}
