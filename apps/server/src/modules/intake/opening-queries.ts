import { statement } from "../../platform/database.ts";
import { nobodyId } from "../tickets/index.ts";

// As in the batch statement: DO UPDATE returns the row that is there, and locks it. Our own writing to somebody is no sign of life of
// theirs, so the instant never goes up by it.
export const meetAddress = statement(
  "intake.meet_address",
  `with met as (
     insert into identities (workspace_id, id, project_id, contact_id, kind, scope, value, verified, created_at, last_seen_at)
     values ($1, $2, $3, $4, $5, '${nobodyId}', $6, $7, $8, $9)
     on conflict (workspace_id, project_id, kind, scope, value, verified)
       do update set last_seen_at = greatest(identities.last_seen_at, excluded.last_seen_at)
     returning id, contact_id
   ), made as (
     insert into contacts (workspace_id, id, project_id, name, created_at) select $1, $4, $3, $10, $8 from met where met.contact_id = $4
   ), named as (
     update contacts c set name = $10 from met
     where $10::text is not null and c.workspace_id = $1 and c.id = met.contact_id and c.name is null
   )
   select id, contact_id from met`,
);

export const addAddress = statement(
  "intake.add_address",
  `insert into identities (workspace_id, id, project_id, contact_id, kind, scope, value, verified, created_at, last_seen_at)
   values ($1, $2, $3, $4, $5, '${nobodyId}', $6, $7, $8, $9) on conflict do nothing`,
);

export const insertNamed = statement(
  "intake.insert_named_contact",
  "insert into contacts (workspace_id, id, project_id, name, created_at) values ($1, $2, $3, $4, $5)",
);

/** Where a contact's own side of a channel is: the one it used last. */
export const findIdentityOf = statement(
  "intake.find_identity_of_contact",
  `select id from identities where workspace_id = $1 and contact_id = $2 and scope = $3 order by joined_to is not null, last_seen_at desc limit 1`,
);

export const findOpenDialogue = statement(
  "intake.find_open_dialogue",
  "select id from tickets where workspace_id = $1 and channel_id = $2 and identity_id = $3 and phase <> 'done'",
);

export const insertOpened = statement(
  "intake.insert_opened_ticket",
  `with made as (
     insert into tickets (workspace_id, id, project_id, kind, number, state, phase, subject, topic_id, priority, labels, weight, contact_id,
       channel_id, identity_id, arrived_by, seq, message_seq, last_preview, last_by, last_message_at, waiting_since, created_at, activity_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1, 1, $17, $18, $19, $20, $19, $19)
   )
   insert into inbox_deltas (workspace_id, id, project_id, phase, assignee_id, change) values ($1, gen_random_uuid(), $3, $7, '${nobodyId}', 1)`,
);

export const projectOfContact = statement(
  "intake.project_of_contact",
  "select project_id from contacts where workspace_id = $1 and project_id = any($2::uuid[]) and id = $3",
);
