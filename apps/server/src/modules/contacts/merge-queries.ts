import { statement } from "../../platform/database.ts";

const scope = "workspace_id = $1 and project_id = any($2::uuid[])";

/** The contact that stands for an id, with its project. */
export const resolve = statement(
  "contacts.resolve",
  `with recursive chain as (
     select id, merged_into, project_id from contacts where ${scope} and id = $3
     union select n.id, n.merged_into, n.project_id from chain join contacts n on n.workspace_id = $1 and n.id = chain.merged_into
   ) select id, project_id from chain where merged_into is null`,
);

// A message on its way holds its identity's lock first and the contact's after; a merge takes them in the same order, and identities in
// the order in which intake takes them, so that neither waits for the other in a circle.
export const lockIdentities = statement(
  "contacts.lock_identities",
  `select id from identities where workspace_id = $1 and contact_id = any($2::uuid[])
   order by project_id, kind, scope, value, verified for update`,
);

// FOR UPDATE, not the weaker lock: a new identity refers to its contact by a foreign key, and has to wait as well.
export const lockPair = statement(
  "contacts.lock_pair",
  `select id, project_id, name, locale, note, fields, version, merged_into from contacts
   where workspace_id = $1 and id = any($2::uuid[]) order by id for update`,
);

/** Everything known of a contact by its identities. */
export const moveIdentities = statement(
  "contacts.move_identities",
  "update identities set contact_id = $3 where workspace_id = $1 and contact_id = $2 returning id",
);

export const returnIdentities = statement(
  "contacts.return_identities",
  "update identities set contact_id = $3 where workspace_id = $1 and contact_id = $2 and id = any($4::uuid[]) returning id",
);

// Each ticket's history says whose it became: the row's lock gives the next seq. One statement, however many they are.
const moveWhere = (condition: string) => `with moved as (
     update tickets set contact_id = $3, seq = seq + 1 where workspace_id = $1 and contact_id = $2 and ${condition} returning id, seq
   ), told as (
     insert into ticket_events (workspace_id, ticket_id, seq, type, actor_kind, actor_id, at, data)
     select $1, id, seq, 'ticket.changed', $4, $5, $6, $7 from moved
   ), queued as (
     insert into outbox (workspace_id, subject_id, seq) select $1, id, seq from moved
   )
   select id from moved`;

export const moveTickets = statement("contacts.move_tickets", moveWhere("true"));

/** What was moved by the merge, and what has come since by an identity that goes back. */
export const returnTickets = statement(
  "contacts.return_tickets",
  moveWhere("(id = any($8::uuid[]) or arrived_by = any($9::uuid[]) or identity_id = any($9::uuid[]))"),
);

export const mark = statement(
  "contacts.mark_merged",
  "update contacts set merged_into = $3, version = version + 1 where workspace_id = $1 and id = $2",
);

export const writeValues = statement(
  "contacts.write_values",
  "update contacts set name = $3, locale = $4, note = $5, fields = $6, version = version + 1 where workspace_id = $1 and id = $2",
);

export const insertMerge = statement(
  "contacts.insert_merge",
  `insert into contact_merges (workspace_id, id, project_id, from_id, into_id, identities, tickets, survivor, at, actor_kind, actor_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);

export const findMerge = statement(
  "contacts.find_merge",
  `select id, into_id, identities, tickets, survivor from contact_merges
   where workspace_id = $1 and from_id = $2 and undone_at is null for update`,
);

export const undoMerge = statement(
  "contacts.undo_merge",
  "update contact_merges set undone_at = $3 where workspace_id = $1 and id = $2",
);

export const findMerged = statement(
  "contacts.find_merged",
  `select id, project_id, merged_into from contacts where ${scope} and id = $3`,
);
