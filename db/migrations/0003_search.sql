-- Search over tickets, messages, notes and contacts. A consumer of the journal fills both tables, so that nothing waits for them: an
-- existing installation is indexed from the journal's first entry on, in batches, while it works. What they hold can be made again
-- from the rest at any time: empty them and delete the row `search` of journal_consumers.
-- Locks: none, both tables are new. Undo: drop the functions and the tables, and delete that row.

-- One row for each text of a ticket: its subject with its number (under the ticket's own id), and every message and note.
create table search_entries (
  workspace_id uuid not null,
  ticket_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  kind text not null check (kind in ('subject', 'message', 'note')),
  at timestamptz not null,
  vector tsvector not null,
  primary key (workspace_id, ticket_id, id)
);
-- The list of what is not yet merged into the index is read whole by every search: it is kept short.
create index search_entries_words on search_entries using gin (vector) with (gin_pending_list_limit = 512);

-- One row a contact: names, e-mails, phones. Tickets find it by their contact, so renaming somebody touches one row.
create table search_contacts (
  workspace_id uuid not null,
  contact_id uuid not null,
  project_id uuid not null,
  vector tsvector not null,
  primary key (workspace_id, contact_id)
);
create index search_contacts_words on search_contacts using gin (vector) with (gin_pending_list_limit = 256);

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['search_entries', 'search_contacts'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I to okno_app using (workspace_id = current_setting(''okno.workspace'')::uuid)', tenant_table);
    execute format('create policy background on %I to okno_worker using (true) with check (true)', tenant_table);
  end loop;
end $$;

-- Under a policy `@@` may use no index, since it is not leakproof. The four functions below are the one narrow way round: they run as
-- `okno_worker`, take the workspace (which must be the connection's own) and the projects of the caller, and give out ids alone, but
-- for the texts of messages in tickets that the caller has found already. `words` is held against
-- entries, `people` against contacts; an empty one matches nothing.

-- Tickets in which the first query is found, and every other one as well (or not, where negated). The word conditions stand in
-- materialized parts of their own: no other index than that of words can serve them, however small the tables were when planned.
-- At most `$6` entries are read: a word that stands in more has to be looked for in another way, which a null among the ids says.
create function search_candidates(uuid, uuid[], tsquery[], tsquery[], boolean[], integer) returns setof uuid
language sql stable security definer rows 1000 set search_path = pg_catalog, public, pg_temp as $search$
  with said as materialized (
    select e.workspace_id, e.project_id, e.ticket_id from search_entries e where e.vector @@ ($3)[1] limit $6 + 1
  ), known as materialized (
    select c.workspace_id, c.project_id, c.contact_id from search_contacts c where c.vector @@ ($4)[1] limit $6 + 1
  ), theirs as materialized (
    select t.id from known k join tickets t on t.workspace_id = $1 and t.contact_id = k.contact_id
    where k.workspace_id = $1 and k.project_id = any($2) and t.project_id = any($2) limit $6 + 1
  ), too_many as (
    select greatest((select count(*) from said), (select count(*) from known), (select count(*) from theirs)) > $6 as so
  ), candidates (ticket_id) as (
    select s.ticket_id from said s where s.workspace_id = $1 and s.project_id = any($2)
    union
    select id from theirs
  )
  select null::uuid from too_many where so
  union all
  select c.ticket_id from candidates c
  where $1 = current_setting('okno.workspace')::uuid and not (select so from too_many) and not exists (
    select from unnest($3, $4, $5) with ordinality q (words, people, negated, place)
    where q.place > 1 and q.negated = (
      exists (select from search_entries e where e.workspace_id = $1 and e.ticket_id = c.ticket_id and e.vector @@ q.words)
      or exists (select from tickets t join search_contacts p on p.workspace_id = $1 and p.contact_id = t.contact_id
        where t.workspace_id = $1 and t.id = c.ticket_id and p.vector @@ q.people)
    )
  )
$search$;

-- Which of the queries these tickets hold: by their places, from 1.
create function search_holding(uuid, uuid[], tsquery[], tsquery[]) returns table (ticket_id uuid, place bigint)
language sql stable security definer rows 100 set search_path = pg_catalog, public, pg_temp as $search$
  select t.id, q.place from tickets t cross join unnest($3, $4) with ordinality q (words, people, place)
  where t.workspace_id = $1 and t.id = any($2) and $1 = current_setting('okno.workspace')::uuid and (
    exists (select from search_entries e where e.workspace_id = $1 and e.ticket_id = t.id and e.vector @@ q.words)
    or exists (select from search_contacts p where p.workspace_id = $1 and p.contact_id = t.contact_id and p.vector @@ q.people))
$search$;

-- The newest three texts of each ticket in which the query is found. Of very long messages the beginning.
create function search_hits(uuid, uuid[], tsquery) returns table (ticket_id uuid, id uuid, kind text, at timestamptz, body text)
language sql stable security definer rows 60 set search_path = pg_catalog, public, pg_temp as $search$
  select h.ticket_id, h.id, h.kind, h.at, left(m.body, 20000)
  from unnest($2) wanted (id) cross join lateral (
    select e.ticket_id, e.id, e.kind, e.at from search_entries e
    where e.workspace_id = $1 and e.ticket_id = wanted.id and e.vector @@ $3 order by e.at desc limit 3
  ) h
  left join messages m on m.workspace_id = $1 and m.id = h.id and m.ticket_id = h.ticket_id
  where $1 = current_setting('okno.workspace')::uuid
$search$;

-- Contacts in which every query is found, the newest first, before an id where one is given.
create function search_people(uuid, uuid[], tsquery, uuid, integer) returns setof uuid
language sql stable security definer rows 50 set search_path = pg_catalog, public, pg_temp as $search$
  with known as materialized (
    select c.workspace_id, c.project_id, c.contact_id from search_contacts c where c.vector @@ $3
  )
  select k.contact_id from known k
  where k.workspace_id = $1 and k.project_id = any($2) and ($4 is null or k.contact_id < $4)
    and $1 = current_setting('okno.workspace')::uuid
  order by k.contact_id desc limit $5
$search$;

-- A function may be given only to a role that may create in the schema; a superuser may give it to anyone.
do $$
declare
  signature text;
  granted boolean := has_schema_privilege('okno_worker', 'public', 'create');
begin
  if not granted then
    grant create on schema public to okno_worker;
  end if;
  foreach signature in array array[
    'search_candidates(uuid, uuid[], tsquery[], tsquery[], boolean[], integer)', 'search_holding(uuid, uuid[], tsquery[], tsquery[])',
    'search_hits(uuid, uuid[], tsquery)', 'search_people(uuid, uuid[], tsquery, uuid, integer)'
  ] loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to okno_app', signature);
    execute format('alter function %s owner to okno_worker', signature);
  end loop;
  if not granted then
    revoke create on schema public from okno_worker;
  end if;
end $$;
