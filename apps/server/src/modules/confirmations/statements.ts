import { statement } from "../../platform/database.ts";
import { nextHash } from "./chain.ts";

/** Adds a link to the chain of each row of `source`, which has id, links, head and `next`; kind, actor, instant and body as given. */
const linking = (
  source: string,
  { kind, by, id, at, body }: Record<"kind" | "by" | "id" | "at" | "body", string>,
) =>
  `insert into confirmation_evidence (workspace_id, confirmation_id, seq, kind, actor_kind, actor_id, at, body, prev_hash, hash)
     select $1, s.id, s.links + 1, ${kind}, ${by}, ${id}, ${at}, ${body}, s.head, s.next from ${source} s`;

/** A settled demand keeps no code. Its link goes on showing its customer how it stands, and answers nothing. */
const forgetting = "code_sealed = null, code_hash = null, code_expires_at = null";

const settling = (source: string, { status, by, id, at }: Record<"status" | "by" | "id" | "at", string>) =>
  `update confirmations c set status = ${status}, settled_at = ${at}, settled_kind = ${by}, settled_id = ${id}, ${forgetting},
     links = s.links + 1, head = s.next from ${source} s where c.workspace_id = $1 and c.id = s.id`;

/** Whether a demand `d` is late. The database's clock decides, unless a clock set by hand rules (`$n` is not null). */
export const late = (n: string) => `d.expires_at <= coalesce(${n}::timestamptz, clock_timestamp())`;

const columns = `workspace_id, id, ticket_id, project_id, method, purpose, status, subject_version, snapshot, snapshot_hash, needed,
  asked_kind, asked_id, contact_id, identity_id, locale, delivery, message_id, sealed, token_hash, code_required, code_hash,
  code_message_id, code_sealed, code_expires_at, codes_sent, created_at, expires_at, links, head`;

// What it takes the place of, the demand with the first link of its chain, and its end by time. The new row is inserted after the old one
// has left the pending ones: both have one key.
export const issueDemand = statement(
  "confirmations.issue",
  `with beaten as (
     select c.id, c.links, c.head, c.method, ${nextHash("c", "$31::text")} as next from confirmations c
     where c.workspace_id = $1 and c.ticket_id = $3 and c.purpose = $6 and c.status = 'pending'
       and (c.method = $5 or c.subject_version <> $7)
     order by c.id for update
   ), beaten_links as (
     ${linking("beaten", { kind: "'superseded'", by: "$11", id: "$12::uuid", at: "$26::timestamptz", body: "$31::text" })}
   ), ended as (
     ${settling("beaten", { status: "'superseded'", by: "$11", id: "$12::uuid", at: "$26::timestamptz" })} returning c.id, c.method
   ), issued as (
     insert into confirmations (${columns})
     select $1, $2, $3, $4, $5, $6, 'pending', $7, $8::jsonb, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
       $25, $26, $27, 1, $29
     from (select count(*) from ended) as first
   ), first_link as (
     insert into confirmation_evidence (workspace_id, confirmation_id, seq, kind, actor_kind, actor_id, at, body, prev_hash, hash)
     values ($1, $2, 1, 'issued', $11, $12, $26, $28, $30, $29)
   ), timed as (
     insert into jobs (name, workspace_id, payload, run_at)
     select 'confirmation.expire', $1, json_build_object('confirmationId', $2::uuid), $27 where $27 is not null
   )
   select id, method from ended`,
);

// One answer. The order of the reasons is the order in which they are told.
export const answerDemand = statement(
  "confirmations.answer",
  `with demand as (
     select d.id, d.method, d.status, d.subject_version, d.snapshot_hash, d.needed, d.answers, d.links, d.head, d.settled_at, d.asked_kind,
       d.asked_id, ${late("$12")} as late from confirmations d
     where d.workspace_id = $1 and d.ticket_id = $2 and d.purpose = $3 and d.method = $4 and ($13::uuid is null or d.id = $13)
     order by d.id desc limit 1 for update
   ), verdict as (
     select d.*, case
       when d.status <> 'pending' then 'settled'
       when d.late then 'late'
       when d.subject_version <> $8 then 'changed'
       when d.method = 'approval' and d.asked_kind = $6 and d.asked_id = $7 then 'own'
       when exists (select from confirmation_evidence e where e.workspace_id = $1 and e.confirmation_id = d.id and e.actor_kind = $6
         and e.actor_id = $7 and e.kind = 'answered') then 'again'
       when $5 = 'refuse' then 'refused'
       when d.answers + 1 >= d.needed then 'won'
       else 'counted' end as outcome from demand d
   ), accepted as (
     select v.*, ${nextHash("v", "$10::text")} as next from verdict v where v.outcome in ('won', 'counted', 'refused')
   ), kept as (
     insert into confirmation_evidence
       (workspace_id, confirmation_id, seq, kind, actor_kind, actor_id, at, body, personal, prev_hash, hash)
     select $1, a.id, a.links + 1, 'answered', $6, $7, $11, $10, $15::jsonb, a.head, a.next from accepted a
   ), settled as (
     update confirmations c set
       answers = c.answers + case when a.outcome = 'refused' then 0 else 1 end, links = a.links + 1, head = a.next,
       status = case a.outcome when 'won' then 'confirmed' when 'refused' then 'refused' else 'pending' end,
       settled_at = case when a.outcome <> 'counted' then $11::timestamptz end,
       settled_kind = case when a.outcome <> 'counted' then $6 end,
       settled_id = case when a.outcome <> 'counted' then $7::uuid end,
       reason = $9, ${forgetting}
     from accepted a where c.workspace_id = $1 and c.id = a.id
   ), beaten as (
     select o.id, o.method, o.links, o.head, ${nextHash("o", "$14::text")} as next
     from accepted a join confirmations o on o.workspace_id = $1 and o.ticket_id = $2 and o.purpose = $3 and o.status = 'pending'
       and o.id <> a.id
     where a.outcome in ('won', 'refused') order by o.id for update of o
   ), beaten_links as (
     ${linking("beaten", { kind: "'superseded'", by: "$6", id: "$7::uuid", at: "$11::timestamptz", body: "$14::text" })}
   ), superseded as (
     ${settling("beaten", { status: "'superseded'", by: "$6", id: "$7::uuid", at: "$11::timestamptz" })}
   )
   select v.outcome, v.id, v.status, v.subject_version, v.snapshot_hash, v.settled_at, v.needed, v.answers,
     (select coalesce(json_agg(json_build_object('id', b.id, 'method', b.method) order by b.id), '[]') from beaten b) as beaten
   from verdict v`,
);

// Ends pending demands of a ticket: all, those of a purpose, or one; by time only those whose time is over.
export const endDemands = statement(
  "confirmations.end",
  `with ending as (
     select d.id, d.method, d.purpose, d.subject_version, d.snapshot_hash, d.links, d.head, ${nextHash("d", "$8::text")} as next
     from confirmations d
     where d.workspace_id = $1 and d.ticket_id = $2 and d.status = 'pending' and ($3::text is null or d.purpose = $3)
       and ($4::uuid is null or d.id = $4) and ($5 <> 'expired' or ${late("$10")})
     order by d.id for update
   ), ending_links as (
     ${linking("ending", { kind: "$5", by: "$6", id: "$7::uuid", at: "$9::timestamptz", body: "$8::text" })}
   ), ended as (
     ${settling("ending", { status: "$5", by: "$6", id: "$7::uuid", at: "$9::timestamptz" })}
   )
   select id, method, purpose, subject_version, snapshot_hash from ending`,
);

// Adds a link that settles nothing. A form sent twice (the same nonce) adds it once.
export const addLink = statement(
  "confirmations.add_link",
  `with demand as (
     select d.id, d.links, d.head, ${nextHash("d", "$7::text")} as next from confirmations d
     where d.workspace_id = $1 and d.id = $2 and not exists
       (select from confirmation_evidence e where e.workspace_id = $1 and e.confirmation_id = $2 and e.kind = $3 and e.nonce = $9)
     for update
   ), kept as (
     insert into confirmation_evidence
       (workspace_id, confirmation_id, seq, kind, actor_kind, actor_id, at, body, personal, nonce, prev_hash, hash)
     select $1, d.id, d.links + 1, $3, $4, $5, $6, $7, $8::jsonb, $9, d.head, d.next from demand d
   )
   update confirmations c set links = d.links + 1, head = d.next,
     opened_at = case when $3 = 'opened' then coalesce(c.opened_at, $6) else c.opened_at end
   from demand d where c.workspace_id = $1 and c.id = d.id returning c.id`,
);
