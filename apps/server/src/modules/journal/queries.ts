import { statement } from "../../platform/database.ts";

// `at` and `data` as text, in one spelling, since the chain is computed over them.
const chained = `coalesce(e.type, w.type) as type, coalesce(e.actor_kind, w.actor_kind) as actor_kind,
  coalesce(e.actor_id, w.actor_id) as actor_id,
  to_char(coalesce(e.at, w.at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  coalesce(e.data, w.data)::text as data`;
const contents = (alias: string) => `
  left join ticket_events e on ${alias}.seq > 0 and e.workspace_id = ${alias}.workspace_id and e.ticket_id = ${alias}.subject_id and e.seq = ${alias}.seq
  left join workspace_events w on ${alias}.seq = 0 and w.workspace_id = ${alias}.workspace_id and w.id = ${alias}.subject_id`;

export const lastPosition = statement(
  "journal.last_position",
  `select e.epoch, greatest(e.starts_after, coalesce(j.position, 0)) as position,
     case when j.position > e.starts_after then j.hash else e.hash end as hash
   from (select * from journal_epochs order by created_at desc, starts_after desc limit 1) e
   left join (select position, hash from journal order by position desc limit 1) j on true`,
);

export const listEpochs = statement(
  "journal.list_epochs",
  "select epoch, starts_after, hash from journal_epochs order by created_at, starts_after",
);

// Everything visible here is committed. For one ticket ids grow with seq, since each writer held the ticket's row lock.
export const readOutbox = statement(
  "journal.read_outbox",
  `select o.id, o.workspace_id, o.subject_id, o.seq, ${chained}
   from (select * from outbox order by id limit $1) o ${contents("o")} order by o.id`,
);

// One statement, so one commit: the batch leaves the outbox and enters the journal together, and wakes the other processes once.
export const sequence = statement(
  "journal.sequence",
  `with gone as (delete from outbox where id = any($1::bigint[])), placed as (
     insert into journal (position, workspace_id, subject_id, seq, hash)
     select * from unnest($2::bigint[], $3::uuid[], $4::uuid[], $5::int[], $6::bytea[])
   )
   select pg_notify('okno_journal', $7)`,
);

// LIMIT before the joins: the range is read by the index, the contents by their primary keys.
const hydrated = `select j.position, j.workspace_id, case when j.seq > 0 then j.subject_id end as ticket_id, j.seq,
    coalesce(t.project_id, w.project_id) as project_id, t.identity_id,
    case when t.conversations <> '{}' then array(select o.identity_id from tickets o where o.workspace_id = j.workspace_id
      and o.id = any(t.conversations) and o.identity_id is not null) end as other_identities, coalesce(e.type, w.type) as type,
    coalesce(e.actor_kind, w.actor_kind) as actor_kind, coalesce(e.actor_id, w.actor_id) as actor_id,
    coalesce(c.name, m.name, k.name) as actor_name, coalesce(e.at, w.at) as at, coalesce(e.data, w.data) as data
  from j ${contents("j")}
  left join tickets t on j.seq > 0 and t.workspace_id = j.workspace_id and t.id = j.subject_id
  left join contacts c on e.actor_kind = 'contact' and c.workspace_id = j.workspace_id and c.id = e.actor_id
  left join members m on coalesce(e.actor_kind, w.actor_kind) = 'member' and m.workspace_id = j.workspace_id
    and m.id = coalesce(e.actor_id, w.actor_id)
  left join api_keys k on coalesce(e.actor_kind, w.actor_kind) = 'key' and k.workspace_id = j.workspace_id
    and k.id = coalesce(e.actor_id, w.actor_id)
  order by j.position`;

/** Live: everything after a position, over all workspaces. */
export const readAfter = statement(
  "journal.read_after",
  `with j as (select * from journal where position > $1 order by position limit $2) ${hydrated}`,
);

/** The same for those who only care about settings and people. */
export const readWorkspaceEventsAfter = statement(
  "journal.read_workspace_events_after",
  `with j as (select * from journal where position > $1 and seq = 0 order by position limit $2) ${hydrated}`,
);

/** Catching up within one workspace. The scope is applied by the one predicate of `policy.ts` to each row. */
export const readWorkspaceAfter = statement(
  "journal.read_workspace_after",
  `with j as (select * from journal where workspace_id = $1 and position > $2 order by position limit $3) ${hydrated}`,
);

/** For walking the chain. */
export const readChain = statement(
  "journal.read_chain",
  `select j.position, j.workspace_id, j.subject_id, j.seq, j.hash, ${chained}
   from (select * from journal where position > $1 order by position limit $2) j ${contents("j")} order by j.position`,
);

/** The entry right before the newest `$1`: where checking these begins. */
export const findNewestButOne = statement(
  "journal.find_newest_but_one",
  "select position, hash from journal order by position desc offset $1 limit 1",
);

export type JournalRow = {
  position: number;
  workspace_id: string;
  ticket_id: string | null;
  seq: number;
  project_id: string | null;
  identity_id: string | null;
  /** Whose conversations the ticket carries besides. */
  other_identities?: string[] | null;
  type: string;
  actor_kind: "contact" | "member" | "key" | "system";
  actor_id: string | null;
  actor_name: string | null;
  at: Date;
  data: Record<string, unknown>;
};
