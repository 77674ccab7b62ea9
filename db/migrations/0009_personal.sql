-- What a person is told: notifications, written by a reader of the journal, and how they want to be told.
-- Locks: none that matter, the tables are new. Undo: drop them, and the consumer `notifications` in journal_consumers.

create table notifications (
  workspace_id uuid not null,
  member_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('mention', 'assigned', 'team', 'reply', 'note', 'returned', 'rated', 'unassigned')),
  ticket_id uuid not null,
  -- The event told of: one event tells one person once, in the most telling way.
  seq integer not null,
  actor_kind text not null,
  actor_id uuid,
  created_at timestamptz not null,
  read_at timestamptz,
  primary key (workspace_id, member_id, id),
  foreign key (workspace_id, member_id) references members on delete cascade
);
create unique index notifications_once on notifications (workspace_id, member_id, ticket_id, seq);
create index notifications_unread on notifications (workspace_id, member_id, id) where read_at is null;
create index notifications_age on notifications (workspace_id, created_at);

create table notification_settings (
  workspace_id uuid not null,
  member_id uuid not null,
  -- By kind: the ways it is told. Kinds that are absent follow the defaults.
  ways jsonb not null,
  sound boolean not null,
  -- null: no quiet hours.
  quiet jsonb,
  snoozed_until timestamptz,
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references members on delete cascade
);

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['notifications', 'notification_settings'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I to okno_app using (workspace_id = current_setting(''okno.workspace'')::uuid)', tenant_table);
    execute format('create policy background on %I to okno_worker using (true) with check (true)', tenant_table);
  end loop;
end $$;
