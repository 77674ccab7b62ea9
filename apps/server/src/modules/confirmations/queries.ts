import type { ConfirmationMethod, ConfirmationStatus } from "@okno/contract";
import { type Queryable, statement } from "../../platform/database.ts";

/** A demand as stored, with the names that a presentation needs. */
export type ConfirmationRow = {
  id: string;
  workspace_id: string;
  ticket_id: string;
  project_id: string;
  method: ConfirmationMethod;
  purpose: string;
  status: ConfirmationStatus;
  subject_version: number;
  snapshot: Record<string, unknown>;
  snapshot_hash: Buffer;
  needed: number;
  answers: number;
  asked_kind: "contact" | "member" | "key" | "system";
  asked_id: string | null;
  asked_name: string | null;
  contact_id: string | null;
  identity_id: string | null;
  address: string | null;
  locale: "ru" | "en" | null;
  delivery: "conversation" | "handed" | null;
  message_id: string | null;
  code_required: boolean;
  code_hash: Buffer | null;
  code_expires_at: Date | null;
  codes_sent: number;
  attempts: number;
  created_at: Date;
  expires_at: Date | null;
  late: boolean;
  opened_at: Date | null;
  settled_at: Date | null;
  settled_kind: "contact" | "member" | "key" | "system" | null;
  settled_id: string | null;
  settled_name: string | null;
  reason: string | null;
};

const nameOf = (kind: string, id: string) =>
  `case ${kind} when 'contact' then (select name from contacts n where n.workspace_id = d.workspace_id and n.id = ${id})
     when 'member' then (select name from members n where n.workspace_id = d.workspace_id and n.id = ${id})
     when 'key' then (select name from api_keys n where n.workspace_id = d.workspace_id and n.id = ${id}) end`;

// `$1` is the workspace, `$2` the instant by which lateness is decided, null for the database's own.
const columns = `d.id, d.workspace_id, d.ticket_id, d.project_id, d.method, d.purpose, d.status, d.subject_version, d.snapshot,
  d.snapshot_hash, d.needed, d.answers, d.asked_kind, d.asked_id, ${nameOf("d.asked_kind", "d.asked_id")} as asked_name, d.contact_id,
  d.identity_id, (select i.value from identities i where i.workspace_id = d.workspace_id and i.id = d.identity_id) as address, d.locale,
  d.delivery, d.message_id, d.code_required, d.code_hash, d.code_expires_at, d.codes_sent, d.attempts, d.created_at, d.expires_at,
  d.status = 'pending' and coalesce(d.expires_at <= coalesce($2::timestamptz, clock_timestamp()), false) as late, d.opened_at,
  d.settled_at, d.settled_kind, d.settled_id, ${nameOf("d.settled_kind", "d.settled_id")} as settled_name, d.reason`;

const findScoped = statement(
  "confirmations.find",
  `select ${columns} from confirmations d where d.workspace_id = $1 and d.id = $3 and d.project_id = any($4::uuid[])`,
);
const findAny = statement(
  "confirmations.find_any",
  `select ${columns} from confirmations d where d.workspace_id = $1 and d.id = $3`,
);
const findByToken = statement(
  "confirmations.find_by_token",
  `select ${columns} from confirmations d where d.workspace_id = $1 and d.token_hash = $3`,
);
// Also what was asked in tickets that were merged into this one. The ticket was found within the caller's scope before.
const list = statement(
  "confirmations.list",
  `select ${columns} from tickets t
   cross join lateral (select * from confirmations o where o.workspace_id = $1 and o.ticket_id = t.id order by o.id desc limit 100) d
   where t.workspace_id = $1 and (t.id = $3 or t.merged_into = $3) order by d.id desc limit 100`,
);
// Whatever settled this version first; else what was asked later and still stands.
const findSuccessor = statement(
  "confirmations.find_successor",
  `select ${columns} from confirmations d
   where d.workspace_id = $1 and d.ticket_id = $3 and d.purpose = $4 and d.id <> $5
     and ((d.status in ('confirmed', 'refused') and d.subject_version = $6)
       or (d.status in ('pending', 'confirmed', 'refused') and d.id > $5))
   order by d.status <> 'pending' and d.subject_version = $6 desc, d.id desc limit 1`,
);

export type Ruling = Date | null;

export async function findConfirmation(
  db: Queryable,
  { workspaceId, projectIds }: { workspaceId: string; projectIds: readonly string[] },
  id: string,
  ruling: Ruling,
): Promise<ConfirmationRow | undefined> {
  const [row] = await db.query<ConfirmationRow>(findScoped, [workspaceId, ruling, id, projectIds]);
  return row;
}

/** For jobs, and for the customer's page, which acts by its token. */
export async function findAnyConfirmation(
  db: Queryable,
  workspaceId: string,
  id: string,
  ruling: Ruling,
): Promise<ConfirmationRow | undefined> {
  const [row] = await db.query<ConfirmationRow>(findAny, [workspaceId, ruling, id]);
  return row;
}

export async function findConfirmationByToken(
  db: Queryable,
  workspaceId: string,
  tokenHash: Buffer,
  ruling: Ruling,
): Promise<ConfirmationRow | undefined> {
  const [row] = await db.query<ConfirmationRow>(findByToken, [workspaceId, ruling, tokenHash]);
  return row;
}

/** Newest first, at most a hundred. */
export function listConfirmationsByTicket(
  db: Queryable,
  workspaceId: string,
  ticketId: string,
  ruling: Ruling,
): Promise<ConfirmationRow[]> {
  return db.query<ConfirmationRow>(list, [workspaceId, ruling, ticketId]);
}

/** What took the place of a superseded demand: its winner, or what was asked later. */
export async function findSuccessorOf(
  db: Queryable,
  row: ConfirmationRow,
  ruling: Ruling,
): Promise<ConfirmationRow | undefined> {
  const values = [row.workspace_id, ruling, row.ticket_id, row.purpose, row.id, row.subject_version];
  const [successor] = await db.query<ConfirmationRow>(findSuccessor, values);
  return successor;
}
