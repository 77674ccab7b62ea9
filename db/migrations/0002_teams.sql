-- Teams: a ticket may belong to a team, which takes it among its own; and a merged ticket says into which.
-- Counters learn the team, so that its numbers are exact. Locks: short ones on `tickets`, `inbox_counts` and `inbox_deltas` (new columns
-- with constant defaults); the new indexes are built under a lock that waits for writers: minutes on tens of millions of tickets.
-- Undo: drop the new tables, columns and indexes; put the old primary key of inbox_counts back after adding up its rows.

create table teams (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  name text not null,
  hue text not null,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, project_id) references projects
);
create unique index teams_name on teams (workspace_id, project_id, lower(name)) where archived_at is null;

create table team_members (
  workspace_id uuid not null,
  team_id uuid not null,
  member_id uuid not null,
  primary key (workspace_id, team_id, member_id),
  foreign key (workspace_id, team_id) references teams,
  foreign key (workspace_id, member_id) references members on delete cascade
);
create index team_members_by_member on team_members (workspace_id, member_id);

alter table tickets add column team_id uuid, add column merged_into uuid;
create index tickets_by_team on tickets (workspace_id, team_id, phase, activity_at desc, id desc) where team_id is not null;
create index tickets_by_team_newest on tickets (workspace_id, team_id, phase, id desc) where team_id is not null;
create index tickets_merged_into on tickets (workspace_id, merged_into) where merged_into is not null;
-- Who has been waiting longest: the list and the report of tickets without an answer.
create index tickets_unanswered on tickets (workspace_id, project_id, waiting_since, id) where waiting_since is not null and phase = 'open';

alter table inbox_counts add column team_id uuid not null default '00000000-0000-0000-0000-000000000000';
alter table inbox_counts drop constraint inbox_counts_pkey;
alter table inbox_counts add primary key (workspace_id, project_id, phase, assignee_id, team_id);
alter table inbox_deltas add column team_id uuid not null default '00000000-0000-0000-0000-000000000000';

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['teams', 'team_members'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I to okno_app using (workspace_id = current_setting(''okno.workspace'')::uuid)', tenant_table);
    execute format('create policy background on %I to okno_worker using (true) with check (true)', tenant_table);
  end loop;
end $$;
