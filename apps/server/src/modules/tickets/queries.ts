import { type Queryable, statement } from "../../platform/database.ts";
import { eventsValue, storingEvents, type TicketEventRow } from "../journal/index.ts";
import { insertingMessage, type MessageRow, messageValues } from "./message-row.ts";
import { type TicketRow, ticketColumns, ticketJoins } from "./row.ts";

// The one predicate of tickets: within the workspace, in a project of the caller's scope. Every path below takes it.
const scope = "t.workspace_id = $1 and t.project_id = any($2::uuid[])";

const find = statement(
  "tickets.find",
  `select ${ticketColumns} from tickets t ${ticketJoins} where ${scope} and t.id = $3`,
);
// Locking and reading are two statements, sent together: a statement that waited for a lock would join the fresh ticket with what its
// old snapshot knew of the names beside it.
const lock = statement("tickets.lock", `select 1 from tickets t where ${scope} and t.id = $3 for update`);
const findMany = statement(
  "tickets.find_many",
  `select ${ticketColumns} from tickets t ${ticketJoins} where t.workspace_id = $1 and t.id = any($2::uuid[])`,
);
const lockForSystem = statement(
  "tickets.lock_for_system",
  "select 1 from tickets where workspace_id = $1 and id = $2 for update",
);

export type Scope = { workspaceId: string; projectIds: readonly string[] };

export async function findTicket(
  db: Queryable,
  { workspaceId, projectIds }: Scope,
  id: string,
): Promise<TicketRow | undefined> {
  const [row] = await db.query<TicketRow>(find, [workspaceId, projectIds, id]);
  return row;
}

/** Takes the ticket's row lock: every change of a ticket begins here, so `seq` has no gaps and no doubles. */
export async function lockTicket(
  tx: Queryable,
  { workspaceId, projectIds }: Scope,
  id: string,
): Promise<TicketRow | undefined> {
  const values = [workspaceId, projectIds, id];
  const [, [row]] = await Promise.all([tx.query(lock, values), tx.query<TicketRow>(find, values)]);
  return row;
}

/** For jobs and channels, which act for the system. */
export async function lockAnyTicket(
  tx: Queryable,
  workspaceId: string,
  id: string,
): Promise<TicketRow | undefined> {
  const [, [row]] = await Promise.all([
    tx.query(lockForSystem, [workspaceId, id]),
    tx.query<TicketRow>(findMany, [workspaceId, [id]]),
  ]);
  return row;
}

/** The rows of known tickets, for readers that apply the scope to events themselves. */
export async function listTicketsByIds(
  db: Queryable,
  workspaceId: string,
  ids: readonly string[],
): Promise<TicketRow[]> {
  return db.query<TicketRow>(findMany, [workspaceId, ids]);
}

const updating = `update tickets set state = $3, phase = $4, topic_id = $5, priority = $6, labels = $7, weight = $8, contact_id = $9, assignee_id = $10,
     outcome = $11, waiting_for = $12, due_at = $13, seq = $14, message_seq = $15, last_preview = $16, last_by = $17,
     last_message_at = $18, waiting_since = $19, activity_at = $20, completed_at = $21, completed_by = $22,
     subject = $23, team_id = $24, merged_into = $25, conversations = $26
   where workspace_id = $1 and id = $2`;
const storing = storingEvents("$1", "$27");
const update = statement("tickets.update", updating);
// One statement for what one command writes of a ticket: row, history, outbox, and the message that came with it.
const write = statement("tickets.write", `with changed as (${updating}), ${storing.parts} ${storing.end}`);
const say = statement(
  "tickets.write_with_message",
  `with changed as (${updating}), said as (${insertingMessage(28)}), ${storing.parts} ${storing.end}`,
);

function ticketValues(row: TicketRow): unknown[] {
  return [
    row.workspace_id,
    row.id,
    row.state,
    row.phase,
    row.topic_id,
    row.priority,
    row.labels,
    row.weight,
    row.contact_id,
    row.assignee_id,
    row.outcome,
    row.waiting_for,
    row.due_at,
    row.seq,
    row.message_seq,
    row.last_preview,
    row.last_by,
    row.last_message_at,
    row.waiting_since,
    row.activity_at,
    row.completed_at,
    row.completed_by,
    row.subject,
    row.team_id,
    row.merged_into,
    row.conversations,
  ];
}

export async function updateTicket(tx: Queryable, row: TicketRow): Promise<void> {
  await tx.query(update, ticketValues(row));
}

/** Writes a ticket with its events, and a message of it where there is one. */
export async function writeTicket(
  tx: Queryable,
  row: TicketRow,
  events: readonly TicketEventRow[],
  message?: MessageRow,
): Promise<void> {
  const values = [...ticketValues(row), eventsValue(events)];
  if (message) await tx.query(say, [...values, ...messageValues(message)]);
  else await tx.query(write, values);
}

// Nothing is written for a ticket without labels. Where the phase changes every row moves, so a label is never both deleted and inserted.
const relabel = statement(
  "tickets.relabel",
  `with gone as (
     delete from ticket_labels where workspace_id = $1 and project_id = $2 and ticket_id = $3 and phase = $4 and label = any($5::text[])
   )
   insert into ticket_labels (workspace_id, project_id, ticket_id, phase, label)
   select $1, $2, $3, $6, l from unnest($7::text[]) as l on conflict do nothing`,
);

/** Keeps the rows by which labelled tickets are found equal to what the ticket carries. */
export async function moveLabels(tx: Queryable, before: TicketRow, after: TicketRow): Promise<void> {
  const moves = before.phase !== after.phase;
  const gone = before.labels.filter((label) => moves || !after.labels.includes(label));
  const fresh = after.labels.filter((label) => moves || !before.labels.includes(label));
  if (gone.length === 0 && fresh.length === 0) return;
  const { workspace_id, project_id, id } = after;
  await tx.query(relabel, [workspace_id, project_id, id, before.phase, gone, after.phase, fresh]);
}

const insertDeltas = statement(
  "tickets.insert_deltas",
  `insert into inbox_deltas (workspace_id, id, project_id, phase, assignee_id, team_id, change)
   select $1, gen_random_uuid(), $2, d.phase, d.assignee_id, d.team_id, d.change
   from unnest($3::text[], $4::uuid[], $5::uuid[], $6::int[]) as d (phase, assignee_id, team_id, change)`,
);

/** Nobody: what the counters call the absence of an assignee, or of a team. */
export const nobodyId = "00000000-0000-0000-0000-000000000000";

/** Moves one ticket from one counter to another; nothing where both are the same. */
export async function countMove(tx: Queryable, before: TicketRow, after: TicketRow): Promise<void> {
  const same = before.assignee_id === after.assignee_id && before.team_id === after.team_id;
  if (same && before.phase === after.phase) return;
  await tx.query(insertDeltas, [
    after.workspace_id,
    after.project_id,
    [before.phase, after.phase],
    [before.assignee_id ?? nobodyId, after.assignee_id ?? nobodyId],
    [before.team_id ?? nobodyId, after.team_id ?? nobodyId],
    [-1, 1],
  ]);
}
