-- The schema that all migrations build: made by `npm run gen`, checked by `npm run check`; do not edit.

create table api_keys (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  token_hash bytea not null,
  hint text not null,
  role text not null,
  project_ids uuid[],
  scopes text[] not null,
  created_by uuid,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_keys_pkey PRIMARY KEY (workspace_id, id),
  constraint api_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint api_keys_role_check CHECK ((role = ANY (ARRAY['operator'::text, 'supervisor'::text, 'admin'::text, 'owner'::text])))
);
alter table api_keys enable row level security;
alter table api_keys force row level security;
CREATE UNIQUE INDEX api_keys_token ON public.api_keys USING btree (workspace_id, token_hash);
create policy background on api_keys for all to okno_worker using (true) with check (true);
create policy tenant on api_keys for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on api_keys to okno_app;
grant delete, insert, select, update on api_keys to okno_worker;

create table attachments (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid,
  message_id uuid,
  ticket_id uuid,
  uploaded_by uuid not null,
  sha256 bytea not null,
  name text not null,
  created_at timestamp with time zone not null,
  constraint attachments_pkey PRIMARY KEY (workspace_id, id),
  constraint attachments_workspace_id_message_id_fkey FOREIGN KEY (workspace_id, message_id) REFERENCES messages(workspace_id, id),
  constraint attachments_workspace_id_sha256_fkey FOREIGN KEY (workspace_id, sha256) REFERENCES files(workspace_id, sha256)
);
alter table attachments enable row level security;
alter table attachments force row level security;
CREATE INDEX attachments_by_file ON public.attachments USING btree (workspace_id, sha256);
CREATE INDEX attachments_by_message ON public.attachments USING btree (workspace_id, message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX attachments_unused ON public.attachments USING btree (workspace_id, created_at) WHERE (message_id IS NULL);
create policy background on attachments for all to okno_worker using (true) with check (true);
create policy tenant on attachments for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on attachments to okno_app;
grant delete, insert, select, update on attachments to okno_worker;

create table channel_keys (
  public_key text not null,
  workspace_id uuid not null,
  channel_id uuid not null,
  constraint channel_keys_pkey PRIMARY KEY (public_key),
  constraint channel_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
grant delete, insert, select, update on channel_keys to okno_app;
grant delete, insert, select, update on channel_keys to okno_worker;

create table channels (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  type text not null,
  name text not null,
  public_key text not null,
  config jsonb not null,
  created_at timestamp with time zone not null,
  disabled_at timestamp with time zone,
  last_message_at timestamp with time zone,
  constraint channels_pkey PRIMARY KEY (workspace_id, id),
  constraint channels_workspace_id_project_id_fkey FOREIGN KEY (workspace_id, project_id) REFERENCES projects(workspace_id, id)
);
alter table channels enable row level security;
alter table channels force row level security;
create policy background on channels for all to okno_worker using (true) with check (true);
create policy tenant on channels for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on channels to okno_app;
grant delete, insert, select, update on channels to okno_worker;

create table contacts (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  name text,
  locale text,
  note text not null default ''::text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint contacts_pkey PRIMARY KEY (workspace_id, id)
);
alter table contacts enable row level security;
alter table contacts force row level security;
create policy background on contacts for all to okno_worker using (true) with check (true);
create policy tenant on contacts for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on contacts to okno_app;
grant delete, insert, select, update on contacts to okno_worker;

create table files (
  workspace_id uuid not null,
  sha256 bytea not null,
  size_bytes bigint not null,
  media_type text not null,
  created_at timestamp with time zone not null,
  constraint files_pkey PRIMARY KEY (workspace_id, sha256)
);
alter table files enable row level security;
alter table files force row level security;
create policy background on files for all to okno_worker using (true) with check (true);
create policy tenant on files for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on files to okno_app;
grant delete, insert, select, update on files to okno_worker;

create table grants (
  workspace_id uuid not null,
  member_id uuid not null,
  project_id uuid not null,
  role text not null,
  constraint grants_pkey PRIMARY KEY (workspace_id, member_id, project_id),
  constraint grants_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE,
  constraint grants_workspace_id_project_id_fkey FOREIGN KEY (workspace_id, project_id) REFERENCES projects(workspace_id, id),
  constraint grants_role_check CHECK ((role = ANY (ARRAY['operator'::text, 'supervisor'::text, 'admin'::text])))
);
alter table grants enable row level security;
alter table grants force row level security;
create policy background on grants for all to okno_worker using (true) with check (true);
create policy tenant on grants for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on grants to okno_app;
grant delete, insert, select, update on grants to okno_worker;

create table idempotency_records (
  workspace_id uuid not null,
  principal_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status integer not null,
  response json,
  created_at timestamp with time zone not null,
  constraint idempotency_records_pkey PRIMARY KEY (workspace_id, principal_id, key)
);
alter table idempotency_records enable row level security;
alter table idempotency_records force row level security;
CREATE INDEX idempotency_records_age ON public.idempotency_records USING btree (workspace_id, created_at);
create policy background on idempotency_records for all to okno_worker using (true) with check (true);
create policy tenant on idempotency_records for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on idempotency_records to okno_app;
grant delete, insert, select, update on idempotency_records to okno_worker;

create table identities (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  contact_id uuid not null,
  kind text not null,
  scope uuid not null,
  value text not null,
  verified boolean not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  constraint identities_pkey PRIMARY KEY (workspace_id, id),
  constraint identities_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id),
  constraint identities_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'phone'::text, 'visitor'::text, 'external'::text])))
) with (fillfactor=90);
alter table identities enable row level security;
alter table identities force row level security;
CREATE INDEX identities_by_contact ON public.identities USING btree (workspace_id, contact_id);
CREATE UNIQUE INDEX identities_value ON public.identities USING btree (workspace_id, project_id, kind, scope, value, verified);
create policy background on identities for all to okno_worker using (true) with check (true);
create policy tenant on identities for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on identities to okno_app;
grant delete, insert, select, update on identities to okno_worker;

create table inbox_counts (
  workspace_id uuid not null,
  project_id uuid not null,
  phase text not null,
  assignee_id uuid not null,
  tickets bigint not null,
  constraint inbox_counts_pkey PRIMARY KEY (workspace_id, project_id, phase, assignee_id)
);
alter table inbox_counts enable row level security;
alter table inbox_counts force row level security;
create policy background on inbox_counts for all to okno_worker using (true) with check (true);
create policy tenant on inbox_counts for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on inbox_counts to okno_app;
grant delete, insert, select, update on inbox_counts to okno_worker;

create table inbox_deltas (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  phase text not null,
  assignee_id uuid not null,
  change integer not null,
  constraint inbox_deltas_pkey PRIMARY KEY (workspace_id, id)
);
alter table inbox_deltas enable row level security;
alter table inbox_deltas force row level security;
create policy background on inbox_deltas for all to okno_worker using (true) with check (true);
create policy tenant on inbox_deltas for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on inbox_deltas to okno_app;
grant delete, insert, select, update on inbox_deltas to okno_worker;

create table jobs (
  id bigint not null generated always as identity,
  name text not null,
  workspace_id uuid,
  payload jsonb not null,
  unique_key text,
  run_at timestamp with time zone not null,
  attempts integer not null default 0,
  locked_until timestamp with time zone,
  dead boolean not null default false,
  last_error text,
  created_at timestamp with time zone not null default now(),
  constraint jobs_pkey PRIMARY KEY (id)
);
CREATE INDEX jobs_due ON public.jobs USING btree (run_at) WHERE (NOT dead);
CREATE UNIQUE INDEX jobs_unique_key ON public.jobs USING btree (name, unique_key) WHERE ((unique_key IS NOT NULL) AND (NOT dead));
grant delete, insert, select, update on jobs to okno_app;
grant delete, insert, select, update on jobs to okno_worker;

create table journal (
  position bigint not null,
  workspace_id uuid not null,
  subject_id uuid not null,
  seq integer not null,
  hash bytea not null,
  constraint journal_pkey PRIMARY KEY ("position")
);
CREATE INDEX journal_by_workspace ON public.journal USING btree (workspace_id, "position");
CREATE INDEX journal_of_settings ON public.journal USING btree ("position") WHERE (seq = 0);
grant delete, insert, select, update on journal to okno_app;
grant delete, insert, select, update on journal to okno_worker;

create table journal_consumers (
  name text not null,
  position bigint not null,
  constraint journal_consumers_pkey PRIMARY KEY (name)
);
grant delete, insert, select, update on journal_consumers to okno_app;
grant delete, insert, select, update on journal_consumers to okno_worker;

create table journal_epochs (
  epoch uuid not null,
  starts_after bigint not null,
  hash bytea not null,
  created_at timestamp with time zone not null default now(),
  constraint journal_epochs_pkey PRIMARY KEY (epoch)
);
grant delete, insert, select, update on journal_epochs to okno_app;
grant delete, insert, select, update on journal_epochs to okno_worker;

create table labels (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  name text not null,
  hue text not null,
  weight integer not null,
  created_at timestamp with time zone not null,
  constraint labels_pkey PRIMARY KEY (workspace_id, id),
  constraint labels_workspace_id_project_id_fkey FOREIGN KEY (workspace_id, project_id) REFERENCES projects(workspace_id, id),
  constraint labels_weight_check CHECK (((weight >= '-100'::integer) AND (weight <= 100)))
);
alter table labels enable row level security;
alter table labels force row level security;
CREATE UNIQUE INDEX labels_name ON public.labels USING btree (workspace_id, project_id, lower(name));
create policy background on labels for all to okno_worker using (true) with check (true);
create policy tenant on labels for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on labels to okno_app;
grant delete, insert, select, update on labels to okno_worker;

create table members (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  email text not null,
  password_hash text,
  owner boolean not null default false,
  locale text not null default 'ru'::text,
  theme text not null default 'system'::text,
  density text not null default 'comfortable'::text,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone,
  disabled_at timestamp with time zone,
  constraint members_pkey PRIMARY KEY (workspace_id, id),
  constraint members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint members_locale_check CHECK ((locale = ANY (ARRAY['ru'::text, 'en'::text])))
);
alter table members enable row level security;
alter table members force row level security;
CREATE UNIQUE INDEX members_email ON public.members USING btree (workspace_id, email);
create policy background on members for all to okno_worker using (true) with check (true);
create policy tenant on members for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on members to okno_app;
grant delete, insert, select, update on members to okno_worker;

create table messages (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  seq integer not null,
  direction text not null,
  author_kind text not null,
  author_id uuid,
  body text not null,
  channel_id uuid,
  external_id text,
  status text not null,
  created_at timestamp with time zone not null,
  constraint messages_pkey PRIMARY KEY (workspace_id, id),
  constraint messages_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id),
  constraint messages_author_kind_check CHECK ((author_kind = ANY (ARRAY['contact'::text, 'member'::text, 'key'::text, 'system'::text]))),
  constraint messages_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text, 'note'::text]))),
  constraint messages_status_check CHECK ((status = ANY (ARRAY['received'::text, 'queued'::text, 'sent'::text, 'delivered'::text, 'read'::text, 'failed'::text])))
);
alter table messages enable row level security;
alter table messages force row level security;
CREATE UNIQUE INDEX messages_by_ticket ON public.messages USING btree (workspace_id, ticket_id, seq);
CREATE UNIQUE INDEX messages_external ON public.messages USING btree (workspace_id, channel_id, external_id) WHERE (external_id IS NOT NULL);
create policy background on messages for all to okno_worker using (true) with check (true);
create policy tenant on messages for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on messages to okno_app;
grant delete, insert, select, update on messages to okno_worker;

create table migrations (
  name text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migrations_pkey PRIMARY KEY (name)
);
grant delete, insert, select, update on migrations to okno_app;
grant delete, insert, select, update on migrations to okno_worker;

create table one_time_links (
  workspace_id uuid not null,
  id uuid not null,
  token_hash bytea not null,
  member_id uuid,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint one_time_links_pkey PRIMARY KEY (workspace_id, id),
  constraint one_time_links_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint one_time_links_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
);
alter table one_time_links enable row level security;
alter table one_time_links force row level security;
CREATE UNIQUE INDEX one_time_links_token ON public.one_time_links USING btree (workspace_id, token_hash);
create policy background on one_time_links for all to okno_worker using (true) with check (true);
create policy tenant on one_time_links for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on one_time_links to okno_app;
grant delete, insert, select, update on one_time_links to okno_worker;

create table outbox (
  id bigint not null generated always as identity,
  workspace_id uuid not null,
  subject_id uuid not null,
  seq integer not null,
  constraint outbox_pkey PRIMARY KEY (id)
);
grant delete, insert, select, update on outbox to okno_app;
grant delete, insert, select, update on outbox to okno_worker;

create table projects (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  locale text not null,
  time_zone text not null,
  accent text not null,
  created_at timestamp with time zone not null,
  constraint projects_pkey PRIMARY KEY (workspace_id, id),
  constraint projects_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint projects_locale_check CHECK ((locale = ANY (ARRAY['ru'::text, 'en'::text])))
);
alter table projects enable row level security;
alter table projects force row level security;
CREATE UNIQUE INDEX projects_name ON public.projects USING btree (workspace_id, lower(name));
create policy background on projects for all to okno_worker using (true) with check (true);
create policy tenant on projects for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on projects to okno_app;
grant delete, insert, select, update on projects to okno_worker;

create table sessions (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  token_hash bytea not null,
  user_agent text not null,
  address text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint sessions_pkey PRIMARY KEY (workspace_id, id),
  constraint sessions_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
);
alter table sessions enable row level security;
alter table sessions force row level security;
CREATE INDEX sessions_by_member ON public.sessions USING btree (workspace_id, member_id);
CREATE UNIQUE INDEX sessions_token ON public.sessions USING btree (workspace_id, token_hash);
create policy background on sessions for all to okno_worker using (true) with check (true);
create policy tenant on sessions for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on sessions to okno_app;
grant delete, insert, select, update on sessions to okno_worker;

create table sign_in_attempts (
  bucket bytea not null,
  at timestamp with time zone not null
);
CREATE INDEX sign_in_attempts_by_bucket ON public.sign_in_attempts USING btree (bucket, at);
grant delete, insert, select, update on sign_in_attempts to okno_app;
grant delete, insert, select, update on sign_in_attempts to okno_worker;

create table ticket_events (
  workspace_id uuid not null,
  ticket_id uuid not null,
  seq integer not null,
  type text not null,
  actor_kind text not null,
  actor_id uuid,
  at timestamp with time zone not null,
  data jsonb not null,
  constraint ticket_events_pkey PRIMARY KEY (workspace_id, ticket_id, seq),
  constraint ticket_events_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['contact'::text, 'member'::text, 'key'::text, 'system'::text]))),
  constraint ticket_events_seq_check CHECK ((seq > 0))
);
alter table ticket_events enable row level security;
alter table ticket_events force row level security;
create policy background on ticket_events for all to okno_worker using (true) with check (true);
create policy tenant on ticket_events for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on ticket_events to okno_app;
grant delete, insert, select, update on ticket_events to okno_worker;

create table ticket_number_blocks (
  workspace_id uuid not null,
  next_number bigint not null,
  constraint ticket_number_blocks_pkey PRIMARY KEY (workspace_id),
  constraint ticket_number_blocks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
grant delete, insert, select, update on ticket_number_blocks to okno_app;
grant delete, insert, select, update on ticket_number_blocks to okno_worker;

create table tickets (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  kind text not null,
  number bigint not null,
  state text not null,
  phase text not null,
  subject text not null,
  topic_id uuid,
  priority smallint not null default 2,
  labels text[] not null default '{}'::text[],
  weight integer not null default 0,
  contact_id uuid,
  channel_id uuid,
  identity_id uuid,
  assignee_id uuid,
  outcome text,
  waiting_for text,
  due_at timestamp with time zone,
  seq integer not null,
  message_seq integer not null,
  last_preview text,
  last_by text,
  last_message_at timestamp with time zone,
  waiting_since timestamp with time zone,
  created_at timestamp with time zone not null,
  activity_at timestamp with time zone not null,
  completed_at timestamp with time zone,
  completed_by uuid,
  constraint tickets_pkey PRIMARY KEY (workspace_id, id),
  constraint tickets_workspace_id_project_id_fkey FOREIGN KEY (workspace_id, project_id) REFERENCES projects(workspace_id, id),
  constraint tickets_check CHECK (((phase = 'done'::text) = (completed_at IS NOT NULL))),
  constraint tickets_check1 CHECK (((waiting_for IS NULL) OR (phase = 'waiting'::text))),
  constraint tickets_last_by_check CHECK ((last_by = ANY (ARRAY['customer'::text, 'us'::text]))),
  constraint tickets_phase_check CHECK ((phase = ANY (ARRAY['open'::text, 'waiting'::text, 'done'::text]))),
  constraint tickets_priority_check CHECK (((priority >= 1) AND (priority <= 4))),
  constraint tickets_waiting_for_check CHECK ((waiting_for = ANY (ARRAY['reply'::text, 'time'::text])))
) with (fillfactor=85);
alter table tickets enable row level security;
alter table tickets force row level security;
CREATE INDEX tickets_activity ON public.tickets USING btree (workspace_id, project_id, phase, activity_at DESC, id DESC);
CREATE INDEX tickets_assigned ON public.tickets USING btree (workspace_id, assignee_id, phase, activity_at DESC, id DESC) WHERE (assignee_id IS NOT NULL);
CREATE INDEX tickets_assigned_newest ON public.tickets USING btree (workspace_id, assignee_id, phase, id DESC) WHERE (assignee_id IS NOT NULL);
CREATE INDEX tickets_by_contact ON public.tickets USING btree (workspace_id, contact_id, id DESC) WHERE (contact_id IS NOT NULL);
CREATE INDEX tickets_by_identity ON public.tickets USING btree (workspace_id, identity_id, id DESC) WHERE (identity_id IS NOT NULL);
CREATE INDEX tickets_by_topic ON public.tickets USING btree (workspace_id, topic_id, phase, id DESC) WHERE (topic_id IS NOT NULL);
CREATE INDEX tickets_completed_by ON public.tickets USING btree (workspace_id, completed_by, completed_at) WHERE (completed_by IS NOT NULL);
CREATE INDEX tickets_newest ON public.tickets USING btree (workspace_id, project_id, phase, id DESC);
CREATE UNIQUE INDEX tickets_number ON public.tickets USING btree (workspace_id, number);
CREATE UNIQUE INDEX tickets_open_dialogue ON public.tickets USING btree (workspace_id, channel_id, identity_id) WHERE ((identity_id IS NOT NULL) AND (phase <> 'done'::text));
CREATE INDEX tickets_unassigned ON public.tickets USING btree (workspace_id, project_id, phase, activity_at DESC, id DESC) WHERE ((assignee_id IS NULL) AND (phase <> 'done'::text));
CREATE INDEX tickets_weighted ON public.tickets USING btree (workspace_id, project_id, phase, weight DESC, activity_at DESC, id DESC) WHERE (weight <> 0);
create policy background on tickets for all to okno_worker using (true) with check (true);
create policy tenant on tickets for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on tickets to okno_app;
grant delete, insert, select, update on tickets to okno_worker;

create table topics (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  parent_id uuid,
  name text not null,
  created_at timestamp with time zone not null,
  archived_at timestamp with time zone,
  constraint topics_pkey PRIMARY KEY (workspace_id, id),
  constraint topics_workspace_id_parent_id_fkey FOREIGN KEY (workspace_id, parent_id) REFERENCES topics(workspace_id, id),
  constraint topics_workspace_id_project_id_fkey FOREIGN KEY (workspace_id, project_id) REFERENCES projects(workspace_id, id)
);
alter table topics enable row level security;
alter table topics force row level security;
CREATE UNIQUE INDEX topics_name ON public.topics USING btree (workspace_id, project_id, COALESCE(parent_id, '00000000-0000-0000-0000-000000000000'::uuid), lower(name)) WHERE (archived_at IS NULL);
create policy background on topics for all to okno_worker using (true) with check (true);
create policy tenant on topics for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on topics to okno_app;
grant delete, insert, select, update on topics to okno_worker;

create table workspace_events (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid,
  type text not null,
  actor_kind text not null,
  actor_id uuid,
  at timestamp with time zone not null,
  data jsonb not null,
  constraint workspace_events_pkey PRIMARY KEY (workspace_id, id),
  constraint workspace_events_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['member'::text, 'key'::text, 'system'::text])))
);
alter table workspace_events enable row level security;
alter table workspace_events force row level security;
create policy background on workspace_events for all to okno_worker using (true) with check (true);
create policy tenant on workspace_events for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on workspace_events to okno_app;
grant delete, insert, select, update on workspace_events to okno_worker;

create table workspaces (
  id uuid not null,
  name text not null,
  demo boolean not null default false,
  created_at timestamp with time zone not null,
  constraint workspaces_pkey PRIMARY KEY (id)
);
grant delete, insert, select, update on workspaces to okno_app;
grant delete, insert, select, update on workspaces to okno_worker;
