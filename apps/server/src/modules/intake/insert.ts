import { statement } from "../../platform/database.ts";
import { nobodyId } from "../tickets/index.ts";

/** One ticket to be inserted, flat, as the statement reads it. */
export type NewTicketRow = {
  ord: number;
  ticket_id: string;
  message_id: string;
  project_id: string;
  kind: string;
  number: number;
  state: string;
  phase: string;
  subject: string;
  body: string;
  preview: string;
  topic_id: string | null;
  priority: number;
  labels: string[];
  weight: number;
  channel_id: string | null;
  dialogue: boolean;
  external_id: string | null;
  /** The contact to be made when the identity is new; the only contact when there is no identity but a name. */
  contact_id: string | null;
  contact_name: string | null;
  contact_locale: string | null;
  identity_id: string | null;
  identity_kind: string | null;
  identity_scope: string | null;
  identity_value: string | null;
  identity_verified: boolean | null;
  second_id: string | null;
  second_kind: string | null;
  second_value: string | null;
  second_verified: boolean | null;
  actor_kind: string;
  actor_id: string | null;
  data: Record<string, unknown>;
  key_principal: string | null;
  key: string | null;
  key_hash: string | null;
  response: unknown;
};

// A whole batch of tickets in one statement: one round trip, one commit. Identities are deduplicated before the upsert, and taken in
// one order by everyone, so that batches cannot deadlock. DO UPDATE, not DO NOTHING: it returns the row that is there, and locks it,
// so that two first messages of one person meet in one contact. Contacts are inserted only where their identity was new.
export const insertTickets = statement(
  "intake.insert_tickets",
  `with r as materialized (
     select * from json_to_recordset($2::json) as r (
       ord int, ticket_id uuid, message_id uuid, project_id uuid, kind text, number bigint, state text, phase text, subject text,
       body text, preview text, topic_id uuid, priority smallint, labels text[], weight int, channel_id uuid, dialogue boolean,
       external_id text, contact_id uuid, contact_name text, contact_locale text, identity_id uuid, identity_kind text,
       identity_scope uuid, identity_value text, identity_verified boolean, second_id uuid, second_kind text, second_value text,
       second_verified boolean, actor_kind text, actor_id uuid, data jsonb, key_principal uuid, key text, key_hash text, response json)
   ), candidates as (
     select distinct on (project_id, identity_kind, identity_scope, identity_value, identity_verified) *
     from r where identity_value is not null
     order by project_id, identity_kind, identity_scope, identity_value, identity_verified, ord
   ), known as (
     insert into identities (workspace_id, id, project_id, contact_id, kind, scope, value, verified, created_at, last_seen_at)
     select $1, identity_id, project_id, contact_id, identity_kind, identity_scope, identity_value, identity_verified, $3, $3
     from candidates
     on conflict (workspace_id, project_id, kind, scope, value, verified) do update set last_seen_at = excluded.last_seen_at
     returning id, contact_id, project_id, kind, scope, value, verified
   ), placed as (
     select r.*, coalesce(k.contact_id, r.contact_id) as of_contact, k.id as of_identity
     from r left join known k on k.project_id = r.project_id and k.kind = r.identity_kind and k.scope = r.identity_scope
       and k.value = r.identity_value and k.verified = r.identity_verified
   ), new_contacts as (
     insert into contacts (workspace_id, id, project_id, name, locale, created_at)
     select distinct on (of_contact) $1, of_contact, project_id, contact_name, contact_locale, $3::timestamptz
     from placed where of_contact = contact_id or of_contact in (select contact_id from candidates)
     order by of_contact, ord
   ), second as (
     insert into identities (workspace_id, id, project_id, contact_id, kind, scope, value, verified, created_at, last_seen_at)
     select $1, second_id, project_id, of_contact, second_kind, '${nobodyId}', second_value, second_verified, $3, $3
     from placed where second_value is not null order by project_id, second_kind, second_value
     on conflict do nothing
   ), new_tickets as (
     insert into tickets (workspace_id, id, project_id, kind, number, state, phase, subject, topic_id, priority, labels, weight,
       contact_id, channel_id, identity_id, arrived_by, seq, message_seq, last_preview, last_by, last_message_at, waiting_since, created_at, activity_at)
     select $1, ticket_id, project_id, kind, number, state, phase, subject, topic_id, priority, labels, weight, of_contact, channel_id,
       case when dialogue then of_identity end, of_identity, 1, 1, preview, 'customer', $3, $3, $3, $3 from placed
   ), labelled as (
     insert into ticket_labels (workspace_id, project_id, label, phase, ticket_id)
     select distinct $1::uuid, project_id, l, phase, ticket_id from placed cross join unnest(labels) as l
   ), new_messages as (
     insert into messages (workspace_id, id, ticket_id, seq, direction, author_kind, author_id, body, channel_id, external_id, status, created_at)
     select $1, message_id, ticket_id, 1, 'in', 'contact', of_contact, body, channel_id, external_id, 'received', $3 from placed
   ), events as (
     insert into ticket_events (workspace_id, ticket_id, seq, type, actor_kind, actor_id, at, data)
     select $1, ticket_id, 1, 'ticket.created', actor_kind, case when actor_kind = 'contact' then of_contact else actor_id end, $3, data
     from placed
   ), queued as (
     insert into outbox (workspace_id, subject_id, seq) select $1, ticket_id, 1 from placed order by ord
   ), counted as (
     insert into inbox_deltas (workspace_id, id, project_id, phase, assignee_id, change)
     select $1, gen_random_uuid(), project_id, phase, '${nobodyId}', count(*) from placed group by project_id, phase
   ), keyed as (
     insert into idempotency_records (workspace_id, principal_id, key, request_hash, status, response, created_at)
     select $1, key_principal, key, decode(key_hash, 'hex'), 201, response, $3 from placed where key is not null
   )
   select ord, of_contact as contact_id, of_identity as identity_id from placed`,
);
