-- The chat grown up: answers to "how did we do", secrets with which a site signs who its visitor is, and visitors who turned out to be
-- a known user. Locks: a short one on `identities` for a new column without a default; its index is built under a lock that waits for
-- writers, over no rows at all at first. Undo: drop the two tables and the column; chats of joined visitors are then apart again.

-- One answer a completion: a ticket that comes back and is completed again is asked about again.
create table ratings (
  workspace_id uuid not null,
  ticket_id uuid not null,
  completed_at timestamptz not null,
  project_id uuid not null,
  channel_id uuid,
  contact_id uuid,
  -- Who had completed it: whose work the answer is about.
  completed_by uuid,
  -- `five`: 1 to 5; `two`: 1 is bad, 5 is good. Both stand on one scale.
  scale text not null check (scale in ('five', 'two')),
  score smallint not null check (score between 1 and 5),
  words text,
  -- The entry of the ticket's history that told of it last.
  seq integer not null,
  rated_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (workspace_id, ticket_id, completed_at),
  foreign key (workspace_id, ticket_id) references tickets
);
create index ratings_by_project on ratings (workspace_id, project_id, rated_at);

-- Sealed with the installation's key: a signature is checked with them, nobody reads them back.
create table channel_secrets (
  workspace_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  sealed bytea not null,
  hint text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channels
);
create index channel_secrets_by_channel on channel_secrets (workspace_id, channel_id);

-- A visitor who began without a name and then signed in on the site: the conversation is the user's from then on.
alter table identities add column joined_to uuid;
alter table identities add foreign key (workspace_id, joined_to) references identities;
create index identities_joined on identities (workspace_id, joined_to) where joined_to is not null;

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['ratings', 'channel_secrets'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I to okno_app using (workspace_id = current_setting(''okno.workspace'')::uuid)', tenant_table);
    execute format('create policy background on %I to okno_worker using (true) with check (true)', tenant_table);
  end loop;
end $$;
