-- The foundation: workspaces, people, tickets, messages, the journal.
-- Locks: none that matter, every table is new. Undo: drop the schema of a new installation.
--
-- Rules held by a test that reads the catalogue: the workspace stands first in every primary key, unique key and foreign key
-- of tenant data; no triggers; no sequence on tenant data. Tables under "Local" belong to the installation, not to a tenant.

-- Local: directories and queues ---------------------------------------------------------------------------------------------

create table workspaces (
  id uuid primary key,
  name text not null,
  demo boolean not null default false,
  created_at timestamptz not null
);

-- Which channel a public address belongs to, before the workspace is known.
create table channel_keys (
  public_key text primary key,
  workspace_id uuid not null references workspaces,
  channel_id uuid not null
);

-- The unsequenced end of the journal: written in the command's transaction, moved into `journal` in commit order.
create table outbox (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  subject_id uuid not null,
  seq integer not null
);

-- The journal's order. `seq` 0: an entry of workspace_events; above: of ticket_events.
create table journal (
  position bigint primary key,
  workspace_id uuid not null,
  subject_id uuid not null,
  seq integer not null,
  hash bytea not null
);
create index journal_by_workspace on journal (workspace_id, position);
create index journal_of_settings on journal (position) where seq = 0;

-- Where each history of positions begins: a restored backup starts a new epoch.
create table journal_epochs (
  epoch uuid primary key,
  starts_after bigint not null,
  hash bytea not null,
  created_at timestamptz not null default now()
);
insert into journal_epochs (epoch, starts_after, hash) values (gen_random_uuid(), 0, '\x00');

create table journal_consumers (
  name text primary key,
  position bigint not null
);

create table jobs (
  id bigint generated always as identity primary key,
  name text not null,
  workspace_id uuid,
  payload jsonb not null,
  unique_key text,
  run_at timestamptz not null,
  attempts integer not null default 0,
  locked_until timestamptz,
  dead boolean not null default false,
  last_error text,
  created_at timestamptz not null default now()
);
create index jobs_due on jobs (run_at) where not dead;
create unique index jobs_unique_key on jobs (name, unique_key) where unique_key is not null and not dead;

create table ticket_number_blocks (
  workspace_id uuid primary key references workspaces,
  next_number bigint not null
);

-- Sign-in attempts, counted by a digest of what was tried; nothing here names a person.
create table sign_in_attempts (
  bucket bytea not null,
  at timestamptz not null
);
create index sign_in_attempts_by_bucket on sign_in_attempts (bucket, at);

-- People and access -----------------------------------------------------------------------------------------------------------

create table projects (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  name text not null,
  locale text not null check (locale in ('ru', 'en')),
  time_zone text not null,
  accent text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index projects_name on projects (workspace_id, lower(name));

create table members (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  name text not null,
  email text not null,
  password_hash text,
  owner boolean not null default false,
  locale text not null default 'ru' check (locale in ('ru', 'en')),
  theme text not null default 'system',
  density text not null default 'comfortable',
  created_at timestamptz not null,
  last_seen_at timestamptz,
  disabled_at timestamptz,
  primary key (workspace_id, id)
);
create unique index members_email on members (workspace_id, email);

create table grants (
  workspace_id uuid not null,
  member_id uuid not null,
  project_id uuid not null,
  role text not null check (role in ('operator', 'supervisor', 'admin')),
  primary key (workspace_id, member_id, project_id),
  foreign key (workspace_id, member_id) references members on delete cascade,
  foreign key (workspace_id, project_id) references projects
);

create table sessions (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  token_hash bytea not null,
  user_agent text not null,
  address text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references members on delete cascade
);
create unique index sessions_token on sessions (workspace_id, token_hash);
create index sessions_by_member on sessions (workspace_id, member_id);

create table one_time_links (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  token_hash bytea not null,
  -- null: whoever holds the link becomes the first owner.
  member_id uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references members on delete cascade
);
create unique index one_time_links_token on one_time_links (workspace_id, token_hash);

create table api_keys (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  name text not null,
  token_hash bytea not null,
  hint text not null,
  role text not null check (role in ('operator', 'supervisor', 'admin', 'owner')),
  -- null: every project.
  project_ids uuid[],
  scopes text[] not null,
  created_by uuid,
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id)
);
create unique index api_keys_token on api_keys (workspace_id, token_hash);

create table idempotency_records (
  workspace_id uuid not null,
  principal_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status integer not null,
  -- json, not jsonb: the stored answer is given again letter by letter.
  response json,
  created_at timestamptz not null,
  primary key (workspace_id, principal_id, key)
);
create index idempotency_records_age on idempotency_records (workspace_id, created_at);

-- Settings of a project ---------------------------------------------------------------------------------------------------------

create table topics (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  parent_id uuid,
  name text not null,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, project_id) references projects,
  foreign key (workspace_id, parent_id) references topics
);
create unique index topics_name on topics
  (workspace_id, project_id, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), lower(name)) where archived_at is null;

create table labels (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  name text not null,
  hue text not null,
  weight integer not null check (weight between -100 and 100),
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, project_id) references projects
);
create unique index labels_name on labels (workspace_id, project_id, lower(name));

create table channels (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  type text not null,
  name text not null,
  public_key text not null,
  config jsonb not null,
  created_at timestamptz not null,
  disabled_at timestamptz,
  last_message_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, project_id) references projects
);

-- Contacts ----------------------------------------------------------------------------------------------------------------------

create table contacts (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  name text,
  locale text,
  note text not null default '',
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);

-- `scope` is the channel of an identity that only this channel can tell apart (a visitor), all zeros for e-mails and phones.
-- A claimed (unverified) address never meets the verified one: they are two rows, and may be two contacts.
create table identities (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  contact_id uuid not null,
  kind text not null check (kind in ('email', 'phone', 'visitor', 'external')),
  scope uuid not null,
  value text not null,
  verified boolean not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contacts
) with (fillfactor = 90);
create unique index identities_value on identities (workspace_id, project_id, kind, scope, value, verified);
create index identities_by_contact on identities (workspace_id, contact_id);

-- Tickets -----------------------------------------------------------------------------------------------------------------------

create table tickets (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  kind text not null,
  number bigint not null,
  state text not null,
  phase text not null check (phase in ('open', 'waiting', 'done')),
  subject text not null,
  topic_id uuid,
  priority smallint not null default 2 check (priority between 1 and 4),
  labels text[] not null default '{}',
  -- The greatest weight among the labels: what "important" sorts by.
  weight integer not null default 0,
  contact_id uuid,
  channel_id uuid,
  -- Set where the channel is a dialogue: whose conversation this is.
  identity_id uuid,
  assignee_id uuid,
  outcome text,
  waiting_for text check (waiting_for in ('reply', 'time')),
  due_at timestamptz,
  seq integer not null,
  message_seq integer not null,
  last_preview text,
  last_by text check (last_by in ('customer', 'us')),
  last_message_at timestamptz,
  waiting_since timestamptz,
  created_at timestamptz not null,
  activity_at timestamptz not null,
  completed_at timestamptz,
  completed_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, project_id) references projects,
  check ((phase = 'done') = (completed_at is not null)),
  check (waiting_for is null or phase = 'waiting')
) with (fillfactor = 85);
create unique index tickets_number on tickets (workspace_id, number);
create index tickets_newest on tickets (workspace_id, project_id, phase, id desc);
create index tickets_activity on tickets (workspace_id, project_id, phase, activity_at desc, id desc);
create index tickets_weighted on tickets (workspace_id, project_id, phase, weight desc, activity_at desc, id desc) where weight <> 0;
create index tickets_unassigned on tickets (workspace_id, project_id, phase, activity_at desc, id desc)
  where assignee_id is null and phase <> 'done';
create index tickets_assigned on tickets (workspace_id, assignee_id, phase, activity_at desc, id desc) where assignee_id is not null;
create index tickets_assigned_newest on tickets (workspace_id, assignee_id, phase, id desc) where assignee_id is not null;
create index tickets_by_topic on tickets (workspace_id, topic_id, phase, id desc) where topic_id is not null;
create index tickets_by_contact on tickets (workspace_id, contact_id, id desc) where contact_id is not null;
create index tickets_completed_by on tickets (workspace_id, completed_by, completed_at) where completed_by is not null;
-- A dialogue has one open conversation a person.
create unique index tickets_open_dialogue on tickets (workspace_id, channel_id, identity_id)
  where identity_id is not null and phase <> 'done';
create index tickets_by_identity on tickets (workspace_id, identity_id, id desc) where identity_id is not null;

create table messages (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  seq integer not null,
  direction text not null check (direction in ('in', 'out', 'note')),
  author_kind text not null check (author_kind in ('contact', 'member', 'key', 'system')),
  author_id uuid,
  body text not null,
  channel_id uuid,
  external_id text,
  status text not null check (status in ('received', 'queued', 'sent', 'delivered', 'read', 'failed')),
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets
);
create unique index messages_by_ticket on messages (workspace_id, ticket_id, seq);
create unique index messages_external on messages (workspace_id, channel_id, external_id) where external_id is not null;

create table files (
  workspace_id uuid not null,
  sha256 bytea not null,
  size_bytes bigint not null,
  media_type text not null,
  created_at timestamptz not null,
  primary key (workspace_id, sha256)
);

create table attachments (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid,
  -- null until a message names it; then it is as visible as the message.
  message_id uuid,
  ticket_id uuid,
  uploaded_by uuid not null,
  sha256 bytea not null,
  name text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, sha256) references files,
  foreign key (workspace_id, message_id) references messages
);
create index attachments_by_message on attachments (workspace_id, message_id) where message_id is not null;
create index attachments_by_file on attachments (workspace_id, sha256);
create index attachments_unused on attachments (workspace_id, created_at) where message_id is null;

-- The journal's content ---------------------------------------------------------------------------------------------------------

create table ticket_events (
  workspace_id uuid not null,
  ticket_id uuid not null,
  seq integer not null check (seq > 0),
  type text not null,
  actor_kind text not null check (actor_kind in ('contact', 'member', 'key', 'system')),
  actor_id uuid,
  at timestamptz not null,
  data jsonb not null,
  primary key (workspace_id, ticket_id, seq)
);

create table workspace_events (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid,
  type text not null,
  actor_kind text not null check (actor_kind in ('member', 'key', 'system')),
  actor_id uuid,
  at timestamptz not null,
  data jsonb not null,
  primary key (workspace_id, id)
);

-- Exact counters: a read is total + deltas; a job folds the deltas. No row is hot.
create table inbox_counts (
  workspace_id uuid not null,
  project_id uuid not null,
  phase text not null,
  assignee_id uuid not null,
  tickets bigint not null,
  primary key (workspace_id, project_id, phase, assignee_id)
);
create table inbox_deltas (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  phase text not null,
  assignee_id uuid not null,
  change integer not null,
  primary key (workspace_id, id)
);

-- Roles and the second wall -----------------------------------------------------------------------------------------------------
-- `okno_app` serves requests and sees one workspace at a time; `okno_worker` runs background consumers over all of them.
-- Neither owns a table. The roles themselves are made by the migrator, since a cluster may have them already.

grant usage on schema public to okno_app, okno_worker;
grant select, insert, update, delete on all tables in schema public to okno_app, okno_worker;
grant usage on all sequences in schema public to okno_app, okno_worker;
alter default privileges in schema public grant select, insert, update, delete on tables to okno_app, okno_worker;
alter default privileges in schema public grant usage on sequences to okno_app, okno_worker;

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array[
    'projects', 'members', 'grants', 'sessions', 'one_time_links', 'api_keys', 'idempotency_records', 'topics', 'labels', 'channels',
    'contacts', 'identities', 'tickets', 'messages', 'files', 'attachments', 'ticket_events', 'workspace_events',
    'inbox_counts', 'inbox_deltas'
  ] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I to okno_app using (workspace_id = current_setting(''okno.workspace'')::uuid)', tenant_table);
    execute format('create policy background on %I to okno_worker using (true) with check (true)', tenant_table);
  end loop;
end $$;
