-- Views: saved ways of looking at the tickets; labels get a table of their own, so that "with this label" is a range of an index;
-- the verification of counters keeps what it found; projects say from when a waiting customer is a matter of concern.
-- Locks: short ones on `projects` (new columns with constant defaults). Filling `ticket_labels` reads all tickets once, and inserts a
-- row for each label they carry: about a minute on ten million tickets; nothing else waits for it.
-- Undo: drop the new tables and the two columns of projects.

-- `project_id` null: of the whole workspace. `owner_id` not null: personal, seen by this member alone.
create table views (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  project_id uuid,
  owner_id uuid,
  name text not null,
  icon text not null,
  hue text not null,
  condition jsonb not null,
  sort text not null,
  version integer not null default 1,
  created_at timestamptz not null,
  deleted_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, project_id) references projects,
  foreign key (workspace_id, owner_id) references members on delete cascade,
  check (owner_id is null or project_id is null)
);
create index views_by_owner on views (workspace_id, owner_id) where owner_id is not null;
create index views_shared on views (workspace_id, project_id) where owner_id is null;

-- How each person arranges what they see.
create table view_arrangements (
  workspace_id uuid not null,
  member_id uuid not null,
  ordered uuid[] not null,
  hidden uuid[] not null,
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references members on delete cascade
);

-- One row a label of a ticket, written together with it. The text column of `tickets` remains what is shown; this is how it is found.
create table ticket_labels (
  workspace_id uuid not null,
  project_id uuid not null,
  label text not null,
  phase text not null,
  ticket_id uuid not null,
  primary key (workspace_id, project_id, label, phase, ticket_id),
  foreign key (workspace_id, ticket_id) references tickets
);
insert into ticket_labels (workspace_id, project_id, label, phase, ticket_id)
select distinct t.workspace_id, t.project_id, l, t.phase, t.id from tickets t, unnest(t.labels) as l;

-- What the last verification of a project's counters found.
create table count_checks (
  workspace_id uuid not null,
  project_id uuid not null,
  checked_at timestamptz not null,
  tickets bigint not null,
  drift bigint not null,
  -- The last time any drift was found, and how much.
  drifted_at timestamptz,
  last_drift bigint not null default 0,
  primary key (workspace_id, project_id),
  foreign key (workspace_id, project_id) references projects
);

alter table projects
  add column answer_soon_minutes integer not null default 60,
  add column answer_late_minutes integer not null default 240,
  add check (answer_soon_minutes >= 1 and answer_late_minutes > answer_soon_minutes);

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['views', 'view_arrangements', 'ticket_labels', 'count_checks'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I to okno_app using (workspace_id = current_setting(''okno.workspace'')::uuid)', tenant_table);
    execute format('create policy background on %I to okno_worker using (true) with check (true)', tenant_table);
  end loop;
end $$;
