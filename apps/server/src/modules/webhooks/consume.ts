import { hearsEvent } from "@okno/contract";
import type { Clock } from "../../platform/clock.ts";
import { type Queryable, statement } from "../../platform/database.ts";
import { newId } from "../../platform/ids.ts";
import type { ConsumerDefinition, Hub, JournalRow } from "../journal/index.ts";
import { type FlowOf, listTicketsByIds, type TicketRow } from "../tickets/index.ts";
import { webhookBody } from "./payload.ts";

const listEndpoints = statement(
  "webhooks.list_enabled",
  "select workspace_id, id, project_id, events, created_at from webhooks where workspace_id = any($1::uuid[]) and disabled_at is null",
);
// The position makes it once, whoever repeats a batch; the queue takes its order from the insert.
const insert = statement(
  "webhooks.insert_deliveries",
  `with made as (
     insert into webhook_deliveries (workspace_id, id, webhook_id, project_id, ticket_id, position, type, body, state, created_at)
     select workspace_id, id, webhook_id, project_id, ticket_id, position, type, body, 'waiting', $2
     from json_to_recordset($1::json) as r (workspace_id uuid, id uuid, webhook_id uuid, project_id uuid, ticket_id uuid,
       position bigint, type text, body text)
     on conflict (workspace_id, webhook_id, position) where position is not null do nothing
     returning workspace_id, id, webhook_id, ticket_id, position
   )
   insert into webhook_queue (workspace_id, delivery_id, target, lane, due_at)
   select m.workspace_id, m.id, m.webhook_id, m.ticket_id, coalesce((
       select q.due_at from webhook_queue q where q.target = m.webhook_id and q.lane = m.ticket_id order by q.position desc limit 1), $2)
   from made m order by m.position`,
);

type Endpoint = {
  workspace_id: string;
  id: string;
  project_id: string | null;
  events: string[];
  created_at: Date;
};

/** Does this endpoint hear of this entry? Of a project, what happens in it; of a workspace, all but what is one person's alone. */
function hears(endpoint: Endpoint, row: JournalRow): boolean {
  if (endpoint.workspace_id !== row.workspace_id || row.at < endpoint.created_at) return false;
  if (endpoint.project_id !== null && endpoint.project_id !== row.project_id) return false;
  if (row.data.personal === true) return false;
  return hearsEvent(endpoint.events, row.type);
}

async function ticketsOf(tx: Queryable, rows: readonly JournalRow[]): Promise<Map<string, TicketRow>> {
  const found = new Map<string, TicketRow>();
  for (const [workspaceId, group] of Map.groupBy(rows, (row) => row.workspace_id)) {
    const ids = [...new Set(group.flatMap((row) => row.ticket_id ?? []))];
    if (ids.length === 0) continue;
    for (const ticket of await listTicketsByIds(tx, workspaceId, ids)) found.set(ticket.id, ticket);
  }
  return found;
}

type ConsumeDeps = { clock: Clock; hub: Pick<Hub, "epoch">; flowOf: FlowOf };

/** Writes down what a batch of the journal tells to whom. */
export async function writeDeliveries(
  tx: Queryable,
  { clock, hub, flowOf }: ConsumeDeps,
  rows: readonly JournalRow[],
): Promise<number> {
  const workspaces = [...new Set(rows.map((row) => row.workspace_id))];
  const endpoints = await tx.query<Endpoint>(listEndpoints, [workspaces]);
  const told = rows.flatMap((row) => {
    const hearers = endpoints.filter((endpoint) => hears(endpoint, row));
    return hearers.length > 0 ? [{ row, hearers }] : [];
  });
  if (told.length === 0) return 0;
  const tickets = await ticketsOf(
    tx,
    told.map(({ row }) => row),
  );
  const deliveries = told.flatMap(({ row, hearers }) => {
    const body = webhookBody(row, { epoch: hub.epoch(), ticket: tickets.get(row.ticket_id ?? ""), flowOf });
    return hearers.map((endpoint) => ({
      workspace_id: row.workspace_id,
      id: newId(clock),
      webhook_id: endpoint.id,
      project_id: endpoint.project_id,
      ticket_id: row.ticket_id,
      position: row.position,
      type: row.type,
      body,
    }));
  });
  await tx.query(insert, [JSON.stringify(deliveries), clock.now()]);
  return deliveries.length;
}

/** The reader of the journal behind the webhooks. */
export function webhookConsumer(deps: ConsumeDeps & { webhooks: { poke(): void } }): ConsumerDefinition {
  let written = 0;
  return {
    name: "webhooks",
    from: "now",
    async handle(tx, rows) {
      written = await writeDeliveries(tx, deps, rows);
    },
    handled() {
      if (written > 0) deps.webhooks.poke();
    },
  };
}
