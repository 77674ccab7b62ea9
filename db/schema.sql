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

create table bulk_items (
  workspace_id uuid not null,
  bulk_id uuid not null,
  place integer not null,
  ticket_id uuid not null,
  outcome text,
  reason text,
  before jsonb,
  seq_after integer,
  undo text,
  constraint bulk_items_pkey PRIMARY KEY (workspace_id, bulk_id, place),
  constraint bulk_items_workspace_id_bulk_id_fkey FOREIGN KEY (workspace_id, bulk_id) REFERENCES bulks(workspace_id, id) ON DELETE CASCADE,
  constraint bulk_items_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id),
  constraint bulk_items_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'skipped'::text, 'refused'::text]))),
  constraint bulk_items_undo_check CHECK ((undo = ANY (ARRAY['done'::text, 'touched'::text, 'refused'::text])))
);
alter table bulk_items enable row level security;
alter table bulk_items force row level security;
CREATE INDEX bulk_items_to_do ON public.bulk_items USING btree (workspace_id, bulk_id, place) WHERE (outcome IS NULL);
CREATE INDEX bulk_items_to_undo ON public.bulk_items USING btree (workspace_id, bulk_id, place) WHERE ((outcome = 'done'::text) AND (undo IS NULL));
create policy background on bulk_items for all to okno_worker using (true) with check (true);
create policy tenant on bulk_items for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on bulk_items to okno_app;
grant delete, insert, select, update on bulk_items to okno_worker;

create table bulks (
  workspace_id uuid not null,
  id uuid not null,
  action text not null,
  body jsonb not null,
  state text not null,
  capped boolean not null,
  project_id uuid,
  total integer not null,
  actor_kind text not null,
  actor_id uuid not null,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  undone_at timestamp with time zone,
  alive_at timestamp with time zone not null,
  constraint bulks_pkey PRIMARY KEY (workspace_id, id),
  constraint bulks_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['member'::text, 'key'::text]))),
  constraint bulks_state_check CHECK ((state = ANY (ARRAY['running'::text, 'cancelled'::text, 'finished'::text, 'undoing'::text, 'undone'::text])))
);
alter table bulks enable row level security;
alter table bulks force row level security;
CREATE INDEX bulks_at_work ON public.bulks USING btree (workspace_id, alive_at) WHERE (state = ANY (ARRAY['running'::text, 'undoing'::text]));
CREATE INDEX bulks_by_actor ON public.bulks USING btree (workspace_id, actor_id, id DESC);
CREATE INDEX bulks_by_age ON public.bulks USING btree (workspace_id, created_at);
create policy background on bulks for all to okno_worker using (true) with check (true);
create policy tenant on bulks for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on bulks to okno_app;
grant delete, insert, select, update on bulks to okno_worker;

create table channel_keys (
  public_key text not null,
  workspace_id uuid not null,
  channel_id uuid not null,
  constraint channel_keys_pkey PRIMARY KEY (public_key),
  constraint channel_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
grant delete, insert, select, update on channel_keys to okno_app;
grant delete, insert, select, update on channel_keys to okno_worker;

create table channel_secrets (
  workspace_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  sealed bytea not null,
  hint text not null,
  created_at timestamp with time zone not null,
  constraint channel_secrets_pkey PRIMARY KEY (workspace_id, id),
  constraint channel_secrets_workspace_id_channel_id_fkey FOREIGN KEY (workspace_id, channel_id) REFERENCES channels(workspace_id, id)
);
alter table channel_secrets enable row level security;
alter table channel_secrets force row level security;
CREATE INDEX channel_secrets_by_channel ON public.channel_secrets USING btree (workspace_id, channel_id);
create policy background on channel_secrets for all to okno_worker using (true) with check (true);
create policy tenant on channel_secrets for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on channel_secrets to okno_app;
grant delete, insert, select, update on channel_secrets to okno_worker;

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

create table confirmation_evidence (
  workspace_id uuid not null,
  confirmation_id uuid not null,
  seq integer not null,
  kind text not null,
  actor_kind text not null,
  actor_id uuid,
  at timestamp with time zone not null,
  body text not null,
  personal jsonb,
  nonce bytea,
  prev_hash bytea not null,
  hash bytea not null,
  constraint confirmation_evidence_pkey PRIMARY KEY (workspace_id, confirmation_id, seq),
  constraint confirmation_evidence_workspace_id_confirmation_id_fkey FOREIGN KEY (workspace_id, confirmation_id) REFERENCES confirmations(workspace_id, id),
  constraint confirmation_evidence_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['contact'::text, 'member'::text, 'key'::text, 'system'::text]))),
  constraint confirmation_evidence_kind_check CHECK ((kind = ANY (ARRAY['issued'::text, 'delivered'::text, 'opened'::text, 'code_sent'::text, 'answered'::text, 'question'::text, 'expired'::text, 'revoked'::text, 'superseded'::text]))),
  constraint confirmation_evidence_seq_check CHECK ((seq > 0))
);
alter table confirmation_evidence enable row level security;
alter table confirmation_evidence force row level security;
CREATE UNIQUE INDEX confirmation_evidence_nonces ON public.confirmation_evidence USING btree (workspace_id, confirmation_id, kind, nonce) WHERE (nonce IS NOT NULL);
CREATE UNIQUE INDEX confirmation_evidence_voices ON public.confirmation_evidence USING btree (workspace_id, confirmation_id, actor_kind, actor_id) WHERE (kind = 'answered'::text);
create policy background on confirmation_evidence for all to okno_worker using (true) with check (true);
create policy tenant on confirmation_evidence for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on confirmation_evidence to okno_app;
grant delete, insert, select, update on confirmation_evidence to okno_worker;

create table confirmations (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  project_id uuid not null,
  method text not null,
  purpose text not null,
  status text not null,
  subject_version integer not null,
  snapshot jsonb not null,
  snapshot_hash bytea not null,
  needed smallint not null,
  answers smallint not null default 0,
  asked_kind text not null,
  asked_id uuid,
  contact_id uuid,
  identity_id uuid,
  locale text,
  delivery text,
  message_id uuid,
  sealed bytea,
  token_hash bytea,
  code_required boolean not null default false,
  code_hash bytea,
  code_message_id uuid,
  code_sealed bytea,
  code_expires_at timestamp with time zone,
  codes_sent smallint not null default 0,
  attempts smallint not null default 0,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  opened_at timestamp with time zone,
  settled_at timestamp with time zone,
  settled_kind text,
  settled_id uuid,
  reason text,
  links integer not null,
  head bytea not null,
  constraint confirmations_pkey PRIMARY KEY (workspace_id, id),
  constraint confirmations_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id),
  constraint confirmations_asked_kind_check CHECK ((asked_kind = ANY (ARRAY['contact'::text, 'member'::text, 'key'::text, 'system'::text]))),
  constraint confirmations_check CHECK (((status = 'pending'::text) = (settled_at IS NULL))),
  constraint confirmations_check1 CHECK (((status <> 'confirmed'::text) OR (answers >= needed))),
  constraint confirmations_delivery_check CHECK ((delivery = ANY (ARRAY['conversation'::text, 'handed'::text]))),
  constraint confirmations_locale_check CHECK ((locale = ANY (ARRAY['ru'::text, 'en'::text]))),
  constraint confirmations_method_check CHECK ((method = ANY (ARRAY['api'::text, 'approval'::text, 'link'::text, 'code'::text]))),
  constraint confirmations_needed_check CHECK (((needed >= 1) AND (needed <= 20))),
  constraint confirmations_settled_kind_check CHECK ((settled_kind = ANY (ARRAY['contact'::text, 'member'::text, 'key'::text, 'system'::text]))),
  constraint confirmations_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'confirmed'::text, 'refused'::text, 'expired'::text, 'revoked'::text, 'superseded'::text])))
) with (fillfactor=85);
alter table confirmations enable row level security;
alter table confirmations force row level security;
CREATE INDEX confirmations_by_code_message ON public.confirmations USING btree (workspace_id, code_message_id) WHERE (code_message_id IS NOT NULL);
CREATE INDEX confirmations_by_message ON public.confirmations USING btree (workspace_id, message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX confirmations_by_ticket ON public.confirmations USING btree (workspace_id, ticket_id, id DESC);
CREATE UNIQUE INDEX confirmations_pending ON public.confirmations USING btree (workspace_id, ticket_id, purpose, method) WHERE (status = 'pending'::text);
CREATE UNIQUE INDEX confirmations_token ON public.confirmations USING btree (workspace_id, token_hash) WHERE (token_hash IS NOT NULL);
CREATE UNIQUE INDEX confirmations_won ON public.confirmations USING btree (workspace_id, ticket_id, purpose, subject_version) WHERE (status = 'confirmed'::text);
create policy background on confirmations for all to okno_worker using (true) with check (true);
create policy tenant on confirmations for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on confirmations to okno_app;
grant delete, insert, select, update on confirmations to okno_worker;

create table contact_fields (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  kind text not null,
  name text not null,
  choices text[] not null default '{}'::text[],
  place integer not null,
  created_at timestamp with time zone not null,
  archived_at timestamp with time zone,
  constraint contact_fields_pkey PRIMARY KEY (workspace_id, id),
  constraint contact_fields_workspace_id_project_id_fkey FOREIGN KEY (workspace_id, project_id) REFERENCES projects(workspace_id, id),
  constraint contact_fields_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'choice'::text, 'boolean'::text, 'link'::text])))
);
alter table contact_fields enable row level security;
alter table contact_fields force row level security;
CREATE INDEX contact_fields_by_project ON public.contact_fields USING btree (workspace_id, project_id, place, id);
CREATE UNIQUE INDEX contact_fields_name ON public.contact_fields USING btree (workspace_id, project_id, lower(name)) WHERE (archived_at IS NULL);
create policy background on contact_fields for all to okno_worker using (true) with check (true);
create policy tenant on contact_fields for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on contact_fields to okno_app;
grant delete, insert, select, update on contact_fields to okno_worker;

create table contact_merges (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  from_id uuid not null,
  into_id uuid not null,
  identities uuid[] not null,
  tickets uuid[] not null,
  survivor jsonb not null,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor_id uuid,
  undone_at timestamp with time zone,
  constraint contact_merges_pkey PRIMARY KEY (workspace_id, id),
  constraint contact_merges_workspace_id_from_id_fkey FOREIGN KEY (workspace_id, from_id) REFERENCES contacts(workspace_id, id),
  constraint contact_merges_workspace_id_into_id_fkey FOREIGN KEY (workspace_id, into_id) REFERENCES contacts(workspace_id, id),
  constraint contact_merges_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['member'::text, 'key'::text, 'system'::text])))
);
alter table contact_merges enable row level security;
alter table contact_merges force row level security;
CREATE INDEX contact_merges_by_survivor ON public.contact_merges USING btree (workspace_id, into_id) WHERE (undone_at IS NULL);
CREATE UNIQUE INDEX contact_merges_standing ON public.contact_merges USING btree (workspace_id, from_id) WHERE (undone_at IS NULL);
create policy background on contact_merges for all to okno_worker using (true) with check (true);
create policy tenant on contact_merges for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on contact_merges to okno_app;
grant delete, insert, select, update on contact_merges to okno_worker;

create table contacts (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  name text,
  locale text,
  note text not null default ''::text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  fields jsonb not null default '{}'::jsonb,
  merged_into uuid,
  constraint contacts_pkey PRIMARY KEY (workspace_id, id)
);
alter table contacts enable row level security;
alter table contacts force row level security;
CREATE INDEX contacts_merged_into ON public.contacts USING btree (workspace_id, merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX contacts_newest ON public.contacts USING btree (workspace_id, project_id, id DESC) WHERE (merged_into IS NULL);
create policy background on contacts for all to okno_worker using (true) with check (true);
create policy tenant on contacts for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on contacts to okno_app;
grant delete, insert, select, update on contacts to okno_worker;

create table count_checks (
  workspace_id uuid not null,
  project_id uuid not null,
  checked_at timestamp with time zone not null,
  tickets bigint not null,
  drift bigint not null,
  drifted_at timestamp with time zone,
  last_drift bigint not null default 0,
  constraint count_checks_pkey PRIMARY KEY (workspace_id, project_id),
  constraint count_checks_workspace_id_project_id_fkey FOREIGN KEY (workspace_id, project_id) REFERENCES projects(workspace_id, id)
);
alter table count_checks enable row level security;
alter table count_checks force row level security;
create policy background on count_checks for all to okno_worker using (true) with check (true);
create policy tenant on count_checks for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on count_checks to okno_app;
grant delete, insert, select, update on count_checks to okno_worker;

create table drafts (
  workspace_id uuid not null,
  member_id uuid not null,
  ticket_id uuid not null,
  mode text not null,
  reply text not null,
  note text not null,
  attachments uuid[] not null,
  mentions jsonb not null,
  version bigint not null,
  updated_at timestamp with time zone not null,
  constraint drafts_pkey PRIMARY KEY (workspace_id, member_id, ticket_id),
  constraint drafts_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE,
  constraint drafts_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id),
  constraint drafts_mode_check CHECK ((mode = ANY (ARRAY['reply'::text, 'note'::text])))
);
alter table drafts enable row level security;
alter table drafts force row level security;
CREATE INDEX drafts_newest ON public.drafts USING btree (workspace_id, member_id, updated_at DESC, ticket_id DESC);
create policy background on drafts for all to okno_worker using (true) with check (true);
create policy tenant on drafts for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on drafts to okno_app;
grant delete, insert, select, update on drafts to okno_worker;

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
  joined_to uuid,
  constraint identities_pkey PRIMARY KEY (workspace_id, id),
  constraint identities_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id),
  constraint identities_workspace_id_joined_to_fkey FOREIGN KEY (workspace_id, joined_to) REFERENCES identities(workspace_id, id),
  constraint identities_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'phone'::text, 'visitor'::text, 'external'::text])))
) with (fillfactor=90);
alter table identities enable row level security;
alter table identities force row level security;
CREATE INDEX identities_by_contact ON public.identities USING btree (workspace_id, contact_id);
CREATE INDEX identities_joined ON public.identities USING btree (workspace_id, joined_to) WHERE (joined_to IS NOT NULL);
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
  team_id uuid not null default '00000000-0000-0000-0000-000000000000'::uuid,
  constraint inbox_counts_pkey PRIMARY KEY (workspace_id, project_id, phase, assignee_id, team_id)
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
  team_id uuid not null default '00000000-0000-0000-0000-000000000000'::uuid,
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

create table key_signing (
  workspace_id uuid not null,
  key_id uuid not null,
  algorithm text not null,
  material bytea not null,
  required boolean not null,
  created_at timestamp with time zone not null,
  constraint key_signing_pkey PRIMARY KEY (workspace_id, key_id),
  constraint key_signing_workspace_id_key_id_fkey FOREIGN KEY (workspace_id, key_id) REFERENCES api_keys(workspace_id, id),
  constraint key_signing_algorithm_check CHECK ((algorithm = ANY (ARRAY['hmac-sha256'::text, 'ed25519'::text])))
);
alter table key_signing enable row level security;
alter table key_signing force row level security;
create policy background on key_signing for all to okno_worker using (true) with check (true);
create policy tenant on key_signing for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on key_signing to okno_app;
grant delete, insert, select, update on key_signing to okno_worker;

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

create table ledger_accounts (
  workspace_id uuid not null,
  id uuid not null,
  desk_id uuid not null,
  method text not null,
  role text not null,
  balance numeric(38,0),
  constraint ledger_accounts_pkey PRIMARY KEY (workspace_id, id),
  constraint ledger_accounts_workspace_id_desk_id_fkey FOREIGN KEY (workspace_id, desk_id) REFERENCES payout_desks(workspace_id, id),
  constraint ledger_accounts_check CHECK (((role = 'available'::text) = (balance IS NOT NULL))),
  constraint ledger_accounts_never_negative CHECK ((balance >= (0)::numeric)),
  constraint ledger_accounts_role_check CHECK ((role = ANY (ARRAY['funding'::text, 'available'::text, 'reserved'::text, 'in_flight'::text, 'paid_out'::text, 'commission'::text])))
) with (fillfactor=50);
alter table ledger_accounts enable row level security;
alter table ledger_accounts force row level security;
CREATE UNIQUE INDEX ledger_accounts_role ON public.ledger_accounts USING btree (workspace_id, desk_id, method, role);
create policy background on ledger_accounts for all to okno_worker using (true) with check (true);
create policy tenant on ledger_accounts for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on ledger_accounts to okno_app;
grant delete, insert, select, update on ledger_accounts to okno_worker;

create table ledger_postings (
  workspace_id uuid not null,
  id uuid not null,
  desk_id uuid not null,
  method text not null,
  payout_id uuid,
  what text not null,
  debit_id uuid not null,
  credit_id uuid not null,
  amount numeric(38,0) not null,
  at timestamp with time zone not null,
  note text,
  constraint ledger_postings_pkey PRIMARY KEY (workspace_id, id),
  constraint ledger_postings_workspace_id_credit_id_fkey FOREIGN KEY (workspace_id, credit_id) REFERENCES ledger_accounts(workspace_id, id),
  constraint ledger_postings_workspace_id_debit_id_fkey FOREIGN KEY (workspace_id, debit_id) REFERENCES ledger_accounts(workspace_id, id),
  constraint ledger_postings_amount_check CHECK ((amount > (0)::numeric)),
  constraint ledger_postings_check CHECK ((debit_id <> credit_id)),
  constraint ledger_postings_check1 CHECK (((payout_id IS NULL) = (what = ANY (ARRAY['fund'::text, 'withdraw'::text])))),
  constraint ledger_postings_what_check CHECK ((what = ANY (ARRAY['fund'::text, 'withdraw'::text, 'reserve'::text, 'dispatch'::text, 'settle'::text, 'commission'::text, 'release'::text])))
);
alter table ledger_postings enable row level security;
alter table ledger_postings force row level security;
CREATE INDEX ledger_postings_by_desk ON public.ledger_postings USING btree (workspace_id, desk_id, method, id DESC);
CREATE UNIQUE INDEX ledger_postings_end ON public.ledger_postings USING btree (workspace_id, payout_id) WHERE (what = ANY (ARRAY['settle'::text, 'release'::text]));
CREATE UNIQUE INDEX ledger_postings_once ON public.ledger_postings USING btree (workspace_id, payout_id, what) WHERE (payout_id IS NOT NULL);
create policy background on ledger_postings for all to okno_worker using (true) with check (true);
create policy tenant on ledger_postings for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on ledger_postings to okno_app;
grant delete, insert, select, update on ledger_postings to okno_worker;

create table member_totp (
  workspace_id uuid not null,
  member_id uuid not null,
  secret bytea not null,
  created_at timestamp with time zone not null,
  enrolled_at timestamp with time zone,
  last_step bigint not null default 0,
  failures smallint not null default 0,
  failed_at timestamp with time zone,
  constraint member_totp_pkey PRIMARY KEY (workspace_id, member_id),
  constraint member_totp_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
);
alter table member_totp enable row level security;
alter table member_totp force row level security;
create policy background on member_totp for all to okno_worker using (true) with check (true);
create policy tenant on member_totp for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on member_totp to okno_app;
grant delete, insert, select, update on member_totp to okno_worker;

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
  undo_send_seconds smallint not null default 10,
  signature text not null default ''::text,
  availability text not null default 'available'::text,
  availability_until timestamp with time zone,
  constraint members_pkey PRIMARY KEY (workspace_id, id),
  constraint members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint members_availability_check CHECK ((availability = ANY (ARRAY['available'::text, 'busy'::text, 'away'::text]))),
  constraint members_locale_check CHECK ((locale = ANY (ARRAY['ru'::text, 'en'::text]))),
  constraint members_undo_send_seconds_check CHECK ((undo_send_seconds = ANY (ARRAY[0, 5, 10, 30])))
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
  held_until timestamp with time zone,
  undo jsonb,
  recipient_id uuid,
  mentions jsonb,
  origin_id uuid,
  constraint messages_pkey PRIMARY KEY (workspace_id, id),
  constraint messages_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id),
  constraint messages_author_kind_check CHECK ((author_kind = ANY (ARRAY['contact'::text, 'member'::text, 'key'::text, 'system'::text]))),
  constraint messages_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text, 'note'::text]))),
  constraint messages_status_check CHECK ((status = ANY (ARRAY['received'::text, 'queued'::text, 'sent'::text, 'delivered'::text, 'read'::text, 'failed'::text])))
);
alter table messages enable row level security;
alter table messages force row level security;
CREATE INDEX messages_by_origin ON public.messages USING btree (workspace_id, origin_id, id DESC) WHERE (origin_id IS NOT NULL);
CREATE UNIQUE INDEX messages_by_ticket ON public.messages USING btree (workspace_id, ticket_id, seq);
CREATE UNIQUE INDEX messages_external ON public.messages USING btree (workspace_id, channel_id, external_id) WHERE (external_id IS NOT NULL);
CREATE INDEX messages_held ON public.messages USING btree (workspace_id, ticket_id, seq) WHERE (held_until IS NOT NULL);
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

create table notification_settings (
  workspace_id uuid not null,
  member_id uuid not null,
  ways jsonb not null,
  sound boolean not null,
  quiet jsonb,
  snoozed_until timestamp with time zone,
  constraint notification_settings_pkey PRIMARY KEY (workspace_id, member_id),
  constraint notification_settings_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
);
alter table notification_settings enable row level security;
alter table notification_settings force row level security;
create policy background on notification_settings for all to okno_worker using (true) with check (true);
create policy tenant on notification_settings for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on notification_settings to okno_app;
grant delete, insert, select, update on notification_settings to okno_worker;

create table notifications (
  workspace_id uuid not null,
  member_id uuid not null,
  id uuid not null,
  kind text not null,
  ticket_id uuid,
  seq integer not null,
  actor_kind text not null,
  actor_id uuid,
  created_at timestamp with time zone not null,
  read_at timestamp with time zone,
  webhook_id uuid,
  constraint notifications_pkey PRIMARY KEY (workspace_id, member_id, id),
  constraint notifications_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE,
  constraint notifications_kind_check CHECK ((kind = ANY (ARRAY['mention'::text, 'assigned'::text, 'team'::text, 'reply'::text, 'note'::text, 'returned'::text, 'rated'::text, 'unassigned'::text, 'webhook'::text])))
);
alter table notifications enable row level security;
alter table notifications force row level security;
CREATE INDEX notifications_age ON public.notifications USING btree (workspace_id, created_at);
CREATE UNIQUE INDEX notifications_once ON public.notifications USING btree (workspace_id, member_id, ticket_id, seq);
CREATE INDEX notifications_unread ON public.notifications USING btree (workspace_id, member_id, id) WHERE (read_at IS NULL);
CREATE UNIQUE INDEX notifications_webhook_once ON public.notifications USING btree (workspace_id, member_id, webhook_id, created_at) WHERE (webhook_id IS NOT NULL);
create policy background on notifications for all to okno_worker using (true) with check (true);
create policy tenant on notifications for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on notifications to okno_app;
grant delete, insert, select, update on notifications to okno_worker;

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

create table payout_approval_rules (
  workspace_id uuid not null,
  id uuid not null,
  desk_id uuid not null,
  method text,
  amount_from numeric(38,0),
  new_destination boolean not null,
  needed smallint not null,
  role text not null,
  members uuid[],
  hours smallint not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint payout_approval_rules_pkey PRIMARY KEY (workspace_id, id),
  constraint payout_approval_rules_workspace_id_desk_id_fkey FOREIGN KEY (workspace_id, desk_id) REFERENCES payout_desks(workspace_id, id),
  constraint payout_approval_rules_amount_from_check CHECK ((amount_from > (0)::numeric)),
  constraint payout_approval_rules_hours_check CHECK ((hours > 0)),
  constraint payout_approval_rules_needed_check CHECK (((needed >= 1) AND (needed <= 20))),
  constraint payout_approval_rules_role_check CHECK ((role = ANY (ARRAY['operator'::text, 'supervisor'::text, 'admin'::text, 'owner'::text])))
);
alter table payout_approval_rules enable row level security;
alter table payout_approval_rules force row level security;
CREATE INDEX payout_approval_rules_by_desk ON public.payout_approval_rules USING btree (workspace_id, desk_id, id DESC);
create policy background on payout_approval_rules for all to okno_worker using (true) with check (true);
create policy tenant on payout_approval_rules for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on payout_approval_rules to okno_app;
grant delete, insert, select, update on payout_approval_rules to okno_worker;

create table payout_approvals (
  workspace_id uuid not null,
  payout_id uuid not null,
  rule_id uuid,
  why text[] not null,
  needed smallint not null,
  role text not null,
  members uuid[],
  step_up boolean not null,
  asked_at timestamp with time zone not null,
  constraint payout_approvals_pkey PRIMARY KEY (workspace_id, payout_id),
  constraint payout_approvals_workspace_id_payout_id_fkey FOREIGN KEY (workspace_id, payout_id) REFERENCES payouts(workspace_id, id)
);
alter table payout_approvals enable row level security;
alter table payout_approvals force row level security;
create policy background on payout_approvals for all to okno_worker using (true) with check (true);
create policy tenant on payout_approvals for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on payout_approvals to okno_app;
grant delete, insert, select, update on payout_approvals to okno_worker;

create table payout_asks (
  workspace_id uuid not null,
  payout_id uuid not null,
  asked_at timestamp with time zone not null,
  body_digest bytea not null,
  answered_at timestamp with time zone,
  answer text,
  http_status smallint,
  response text,
  decision text,
  decided_by uuid,
  decided_at timestamp with time zone,
  reason text,
  constraint payout_asks_pkey PRIMARY KEY (workspace_id, payout_id),
  constraint payout_asks_workspace_id_payout_id_fkey FOREIGN KEY (workspace_id, payout_id) REFERENCES payouts(workspace_id, id),
  constraint payout_asks_answer_check CHECK ((answer = ANY (ARRAY['confirm'::text, 'decline'::text, 'unclear'::text, 'silent'::text]))),
  constraint payout_asks_check CHECK (((answer IS NULL) = (answered_at IS NULL))),
  constraint payout_asks_check1 CHECK (((decision IS NULL) = (decided_at IS NULL))),
  constraint payout_asks_decision_check CHECK ((decision = ANY (ARRAY['pay'::text, 'fail'::text])))
);
alter table payout_asks enable row level security;
alter table payout_asks force row level security;
create policy background on payout_asks for all to okno_worker using (true) with check (true);
create policy tenant on payout_asks for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on payout_asks to okno_app;
grant delete, insert, select, update on payout_asks to okno_worker;

create table payout_desk_logins (
  login text not null,
  number bigint not null,
  workspace_id uuid not null,
  desk_id uuid not null,
  constraint payout_desk_logins_pkey PRIMARY KEY (login),
  constraint payout_desk_logins_number_key UNIQUE (number)
);
grant delete, insert, select, update on payout_desk_logins to okno_app;
grant delete, insert, select, update on payout_desk_logins to okno_worker;

create table payout_desks (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  name text not null,
  mode text not null,
  login text not null,
  number bigint not null,
  secret_digest bytea not null,
  salt bytea not null,
  former_salt bytea,
  former_salt_until timestamp with time zone,
  maker_checker boolean not null,
  ask_before_url text,
  default_callback_url text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  disabled_at timestamp with time zone,
  step_up boolean not null default false,
  has_rules boolean not null default false,
  has_limits boolean not null default false,
  watch_same_destination smallint,
  watch_unusual_times smallint,
  ask_secret bytea,
  constraint payout_desks_pkey PRIMARY KEY (workspace_id, id),
  constraint payout_desks_workspace_id_project_id_fkey FOREIGN KEY (workspace_id, project_id) REFERENCES projects(workspace_id, id),
  constraint payout_desks_mode_check CHECK ((mode = ANY (ARRAY['sandbox'::text, 'live'::text]))),
  constraint payout_desks_watch_same_destination_check CHECK ((watch_same_destination > 0)),
  constraint payout_desks_watch_unusual_times_check CHECK ((watch_unusual_times > 1))
);
alter table payout_desks enable row level security;
alter table payout_desks force row level security;
CREATE INDEX payout_desks_by_project ON public.payout_desks USING btree (workspace_id, project_id, id DESC);
CREATE UNIQUE INDEX payout_desks_login ON public.payout_desks USING btree (workspace_id, login);
create policy background on payout_desks for all to okno_worker using (true) with check (true);
create policy tenant on payout_desks for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on payout_desks to okno_app;
grant delete, insert, select, update on payout_desks to okno_worker;

create table payout_destinations (
  workspace_id uuid not null,
  desk_id uuid not null,
  digest bytea not null,
  first_seen_at timestamp with time zone not null,
  constraint payout_destinations_pkey PRIMARY KEY (workspace_id, desk_id, digest),
  constraint payout_destinations_workspace_id_desk_id_fkey FOREIGN KEY (workspace_id, desk_id) REFERENCES payout_desks(workspace_id, id)
);
alter table payout_destinations enable row level security;
alter table payout_destinations force row level security;
create policy background on payout_destinations for all to okno_worker using (true) with check (true);
create policy tenant on payout_destinations for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on payout_destinations to okno_app;
grant delete, insert, select, update on payout_destinations to okno_worker;

create table payout_invoices (
  workspace_id uuid not null,
  id uuid not null,
  desk_id uuid not null,
  reference text not null,
  url text not null,
  made_by text not null,
  type text not null,
  state text not null,
  method text not null,
  required_method text not null default ''::text,
  currency text not null,
  scale smallint not null,
  rub_amount numeric(38,0) not null,
  pay_amount numeric(38,0) not null,
  balance_amount numeric(38,0) not null,
  description text not null default ''::text,
  redirect_url text not null default ''::text,
  callback_url text not null default ''::text,
  extra text not null default ''::text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  final_at timestamp with time zone,
  constraint payout_invoices_pkey PRIMARY KEY (workspace_id, id),
  constraint payout_invoices_workspace_id_desk_id_fkey FOREIGN KEY (workspace_id, desk_id) REFERENCES payout_desks(workspace_id, id),
  constraint payout_invoices_check CHECK (((balance_amount > (0)::numeric) AND (balance_amount <= pay_amount))),
  constraint payout_invoices_check1 CHECK (((state = 'notpayed'::text) = (final_at IS NULL))),
  constraint payout_invoices_made_by_check CHECK ((made_by = ANY (ARRAY['v2'::text, 'v3'::text]))),
  constraint payout_invoices_pay_amount_check CHECK ((pay_amount > (0)::numeric)),
  constraint payout_invoices_rub_amount_check CHECK ((rub_amount > (0)::numeric)),
  constraint payout_invoices_scale_check CHECK (((scale >= 0) AND (scale <= 18))),
  constraint payout_invoices_state_check CHECK ((state = ANY (ARRAY['notpayed'::text, 'payed'::text, 'failed'::text]))),
  constraint payout_invoices_type_check CHECK ((type = ANY (ARRAY['purchase'::text, 'topup'::text])))
);
alter table payout_invoices enable row level security;
alter table payout_invoices force row level security;
CREATE INDEX payout_invoices_by_desk ON public.payout_invoices USING btree (workspace_id, desk_id, id DESC);
CREATE UNIQUE INDEX payout_invoices_reference ON public.payout_invoices USING btree (workspace_id, reference);
create policy background on payout_invoices for all to okno_worker using (true) with check (true);
create policy tenant on payout_invoices for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on payout_invoices to okno_app;
grant delete, insert, select, update on payout_invoices to okno_worker;

create table payout_limits (
  workspace_id uuid not null,
  id uuid not null,
  desk_id uuid not null,
  what text not null,
  method text,
  key_id uuid,
  most numeric(38,0),
  hours smallint,
  place smallint not null,
  constraint payout_limits_pkey PRIMARY KEY (workspace_id, id),
  constraint payout_limits_workspace_id_desk_id_fkey FOREIGN KEY (workspace_id, desk_id) REFERENCES payout_desks(workspace_id, id),
  constraint payout_limits_check CHECK ((((what = 'new_destination'::text) = (hours IS NOT NULL)) AND ((hours IS NULL) = (most IS NOT NULL)))),
  constraint payout_limits_check1 CHECK (((key_id IS NULL) OR (what = 'key_day'::text))),
  constraint payout_limits_hours_check CHECK ((hours > 0)),
  constraint payout_limits_most_check CHECK ((most >= (0)::numeric)),
  constraint payout_limits_what_check CHECK ((what = ANY (ARRAY['payout'::text, 'day'::text, 'key_day'::text, 'new_destination'::text])))
);
alter table payout_limits enable row level security;
alter table payout_limits force row level security;
CREATE INDEX payout_limits_by_desk ON public.payout_limits USING btree (workspace_id, desk_id, id);
create policy background on payout_limits for all to okno_worker using (true) with check (true);
create policy tenant on payout_limits for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on payout_limits to okno_app;
grant delete, insert, select, update on payout_limits to okno_worker;

create table payout_methods (
  workspace_id uuid not null,
  desk_id uuid not null,
  method text not null,
  enabled boolean not null default true,
  percent text not null,
  fixed numeric(38,0) not null,
  smallest numeric(38,0) not null,
  largest numeric(38,0) not null,
  processor text not null,
  version integer not null default 1,
  extra_percent text not null default '0'::text,
  constraint payout_methods_pkey PRIMARY KEY (workspace_id, desk_id, method),
  constraint payout_methods_workspace_id_desk_id_fkey FOREIGN KEY (workspace_id, desk_id) REFERENCES payout_desks(workspace_id, id),
  constraint payout_methods_check CHECK ((largest >= smallest)),
  constraint payout_methods_fixed_check CHECK ((fixed >= (0)::numeric)),
  constraint payout_methods_smallest_check CHECK ((smallest > (0)::numeric))
);
alter table payout_methods enable row level security;
alter table payout_methods force row level security;
create policy background on payout_methods for all to okno_worker using (true) with check (true);
create policy tenant on payout_methods for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on payout_methods to okno_app;
grant delete, insert, select, update on payout_methods to okno_worker;

create table payout_provider_keys (
  key text not null,
  workspace_id uuid not null,
  provider_id uuid not null,
  constraint payout_provider_keys_pkey PRIMARY KEY (key)
);
grant delete, insert, select, update on payout_provider_keys to okno_app;
grant delete, insert, select, update on payout_provider_keys to okno_worker;

create table payout_providers (
  workspace_id uuid not null,
  id uuid not null,
  desk_id uuid not null,
  key text not null,
  url text not null,
  status_url text not null,
  secret bytea not null,
  created_at timestamp with time zone not null,
  disabled_at timestamp with time zone,
  constraint payout_providers_pkey PRIMARY KEY (workspace_id, id),
  constraint payout_providers_workspace_id_desk_id_fkey FOREIGN KEY (workspace_id, desk_id) REFERENCES payout_desks(workspace_id, id)
);
alter table payout_providers enable row level security;
alter table payout_providers force row level security;
CREATE UNIQUE INDEX payout_providers_current ON public.payout_providers USING btree (workspace_id, desk_id) WHERE (disabled_at IS NULL);
create policy background on payout_providers for all to okno_worker using (true) with check (true);
create policy tenant on payout_providers for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on payout_providers to okno_app;
grant delete, insert, select, update on payout_providers to okno_worker;

create table payout_quotes (
  workspace_id uuid not null,
  id uuid not null,
  desk_id uuid not null,
  method text not null,
  currency text not null,
  scale smallint not null,
  subtract_from text not null,
  asked_amount text not null,
  asked_currency text not null,
  amount numeric(38,0) not null,
  receive numeric(38,0) not null,
  commission numeric(38,0) not null,
  deduction numeric(38,0) not null,
  rub_amount numeric(38,0),
  rate_id uuid,
  processor text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint payout_quotes_pkey PRIMARY KEY (workspace_id, id),
  constraint payout_quotes_workspace_id_desk_id_fkey FOREIGN KEY (workspace_id, desk_id) REFERENCES payout_desks(workspace_id, id),
  constraint payout_quotes_amount_check CHECK ((amount > (0)::numeric)),
  constraint payout_quotes_check CHECK (((receive + commission) = deduction)),
  constraint payout_quotes_commission_check CHECK ((commission >= (0)::numeric)),
  constraint payout_quotes_receive_check CHECK ((receive > (0)::numeric)),
  constraint payout_quotes_scale_check CHECK (((scale >= 0) AND (scale <= 18))),
  constraint payout_quotes_subtract_from_check CHECK ((subtract_from = ANY (ARRAY['amount'::text, 'balance'::text])))
);
alter table payout_quotes enable row level security;
alter table payout_quotes force row level security;
CREATE INDEX payout_quotes_age ON public.payout_quotes USING btree (workspace_id, expires_at);
create policy background on payout_quotes for all to okno_worker using (true) with check (true);
create policy tenant on payout_quotes for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on payout_quotes to okno_app;
grant delete, insert, select, update on payout_quotes to okno_worker;

create table payout_rates (
  workspace_id uuid not null,
  id uuid not null,
  currency text not null,
  price numeric(38,18) not null,
  at timestamp with time zone not null,
  entered_by uuid,
  constraint payout_rates_pkey PRIMARY KEY (workspace_id, id),
  constraint payout_rates_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint payout_rates_price_check CHECK ((price > (0)::numeric))
);
alter table payout_rates enable row level security;
alter table payout_rates force row level security;
CREATE INDEX payout_rates_newest ON public.payout_rates USING btree (workspace_id, currency, at DESC);
create policy background on payout_rates for all to okno_worker using (true) with check (true);
create policy tenant on payout_rates for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on payout_rates to okno_app;
grant delete, insert, select, update on payout_rates to okno_worker;

create table payout_sandbox_orders (
  workspace_id uuid not null,
  key uuid not null,
  outcome text not null,
  amount text not null,
  currency text not null,
  sends integer not null,
  pays integer not null,
  taken_at timestamp with time zone not null,
  constraint payout_sandbox_orders_pkey PRIMARY KEY (workspace_id, key),
  constraint payout_sandbox_orders_workspace_id_key_fkey FOREIGN KEY (workspace_id, key) REFERENCES payouts(workspace_id, id),
  constraint payout_sandbox_orders_pays_check CHECK ((pays <= 1))
);
alter table payout_sandbox_orders enable row level security;
alter table payout_sandbox_orders force row level security;
create policy background on payout_sandbox_orders for all to okno_worker using (true) with check (true);
create policy tenant on payout_sandbox_orders for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on payout_sandbox_orders to okno_app;
grant delete, insert, select, update on payout_sandbox_orders to okno_worker;

create table payouts (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  desk_id uuid not null,
  reference text not null,
  status text not null,
  method text not null,
  currency text not null,
  scale smallint not null,
  subtract_from text not null,
  asked_amount text not null,
  asked_currency text not null,
  amount numeric(38,0) not null,
  receive numeric(38,0) not null,
  commission numeric(38,0) not null,
  deduction numeric(38,0) not null,
  rub_amount numeric(38,0),
  rate_id uuid,
  destination bytea not null,
  destination_extra bytea,
  destination_masked text not null,
  destination_digest bytea not null,
  callback_url text not null default ''::text,
  extra text not null default ''::text,
  purpose text,
  message text not null default ''::text,
  quote_expires_at timestamp with time zone,
  processor text not null,
  made_by text not null default 'native'::text,
  sent_at timestamp with time zone,
  provider_reference text,
  attention text,
  version integer not null default 1,
  created_by uuid,
  confirmed_by uuid,
  created_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  final_at timestamp with time zone,
  maker_id uuid,
  provider_id uuid,
  constraint payouts_pkey PRIMARY KEY (workspace_id, id),
  constraint payouts_workspace_id_desk_id_fkey FOREIGN KEY (workspace_id, desk_id) REFERENCES payout_desks(workspace_id, id),
  constraint payouts_workspace_id_id_fkey FOREIGN KEY (workspace_id, id) REFERENCES tickets(workspace_id, id),
  constraint payouts_amount_check CHECK ((amount > (0)::numeric)),
  constraint payouts_balanced CHECK (((receive + commission) = deduction)),
  constraint payouts_check CHECK (((status = ANY (ARRAY['paid'::text, 'failed'::text, 'cancelled'::text])) = (final_at IS NOT NULL))),
  constraint payouts_commission_check CHECK ((commission >= (0)::numeric)),
  constraint payouts_made_by_check CHECK ((made_by = ANY (ARRAY['native'::text, 'v2'::text, 'v3'::text]))),
  constraint payouts_receive_check CHECK ((receive > (0)::numeric)),
  constraint payouts_scale_check CHECK (((scale >= 0) AND (scale <= 18))),
  constraint payouts_status_check CHECK ((status = ANY (ARRAY['created'::text, 'approving'::text, 'processing'::text, 'paid'::text, 'failed'::text, 'cancelled'::text]))),
  constraint payouts_subtract_from_check CHECK ((subtract_from = ANY (ARRAY['amount'::text, 'balance'::text]))),
  constraint payouts_subtracted CHECK (
CASE subtract_from
    WHEN 'amount'::text THEN (deduction = amount)
    ELSE (receive = amount)
END)
) with (fillfactor=80);
alter table payouts enable row level security;
alter table payouts force row level security;
CREATE INDEX payouts_by_desk ON public.payouts USING btree (workspace_id, desk_id, id DESC);
CREATE INDEX payouts_by_destination ON public.payouts USING btree (workspace_id, desk_id, destination_digest, id DESC);
CREATE INDEX payouts_by_method ON public.payouts USING btree (workspace_id, desk_id, method, id DESC);
CREATE INDEX payouts_by_status ON public.payouts USING btree (workspace_id, desk_id, status, id DESC);
CREATE INDEX payouts_expiring ON public.payouts USING btree (workspace_id, quote_expires_at) WHERE ((status = 'created'::text) AND (quote_expires_at IS NOT NULL));
CREATE UNIQUE INDEX payouts_reference ON public.payouts USING btree (workspace_id, reference);
CREATE INDEX payouts_unsettled ON public.payouts USING btree (workspace_id, desk_id, method) WHERE (status = ANY (ARRAY['created'::text, 'approving'::text, 'processing'::text]));
create policy background on payouts for all to okno_worker using (true) with check (true);
create policy tenant on payouts for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on payouts to okno_app;
grant delete, insert, select, update on payouts to okno_worker;

create table projects (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  locale text not null,
  time_zone text not null,
  accent text not null,
  created_at timestamp with time zone not null,
  answer_soon_minutes integer not null default 60,
  answer_late_minutes integer not null default 240,
  constraint projects_pkey PRIMARY KEY (workspace_id, id),
  constraint projects_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint projects_check CHECK (((answer_soon_minutes >= 1) AND (answer_late_minutes > answer_soon_minutes))),
  constraint projects_locale_check CHECK ((locale = ANY (ARRAY['ru'::text, 'en'::text])))
);
alter table projects enable row level security;
alter table projects force row level security;
CREATE UNIQUE INDEX projects_name ON public.projects USING btree (workspace_id, lower(name));
create policy background on projects for all to okno_worker using (true) with check (true);
create policy tenant on projects for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on projects to okno_app;
grant delete, insert, select, update on projects to okno_worker;

create table push_subscriptions (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  session_id uuid not null,
  endpoint text not null,
  endpoint_hash bytea not null,
  p256dh text not null,
  auth text not null,
  created_at timestamp with time zone not null,
  constraint push_subscriptions_pkey PRIMARY KEY (workspace_id, id),
  constraint push_subscriptions_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE,
  constraint push_subscriptions_workspace_id_session_id_fkey FOREIGN KEY (workspace_id, session_id) REFERENCES sessions(workspace_id, id) ON DELETE CASCADE
);
alter table push_subscriptions enable row level security;
alter table push_subscriptions force row level security;
CREATE INDEX push_subscriptions_by_member ON public.push_subscriptions USING btree (workspace_id, member_id);
CREATE INDEX push_subscriptions_by_session ON public.push_subscriptions USING btree (workspace_id, session_id);
CREATE UNIQUE INDEX push_subscriptions_endpoint ON public.push_subscriptions USING btree (workspace_id, endpoint_hash);
create policy background on push_subscriptions for all to okno_worker using (true) with check (true);
create policy tenant on push_subscriptions for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on push_subscriptions to okno_app;
grant delete, insert, select, update on push_subscriptions to okno_worker;

create table ratings (
  workspace_id uuid not null,
  ticket_id uuid not null,
  completed_at timestamp with time zone not null,
  project_id uuid not null,
  channel_id uuid,
  contact_id uuid,
  completed_by uuid,
  scale text not null,
  score smallint not null,
  words text,
  seq integer not null,
  rated_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint ratings_pkey PRIMARY KEY (workspace_id, ticket_id, completed_at),
  constraint ratings_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id),
  constraint ratings_scale_check CHECK ((scale = ANY (ARRAY['five'::text, 'two'::text]))),
  constraint ratings_score_check CHECK (((score >= 1) AND (score <= 5)))
);
alter table ratings enable row level security;
alter table ratings force row level security;
CREATE INDEX ratings_by_project ON public.ratings USING btree (workspace_id, project_id, rated_at);
create policy background on ratings for all to okno_worker using (true) with check (true);
create policy tenant on ratings for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on ratings to okno_app;
grant delete, insert, select, update on ratings to okno_worker;

create table recovery_codes (
  workspace_id uuid not null,
  member_id uuid not null,
  digest bytea not null,
  used_at timestamp with time zone,
  constraint recovery_codes_pkey PRIMARY KEY (workspace_id, member_id, digest),
  constraint recovery_codes_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member_totp(workspace_id, member_id) ON DELETE CASCADE
);
alter table recovery_codes enable row level security;
alter table recovery_codes force row level security;
create policy background on recovery_codes for all to okno_worker using (true) with check (true);
create policy tenant on recovery_codes for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on recovery_codes to okno_app;
grant delete, insert, select, update on recovery_codes to okno_worker;

create table request_nonces (
  workspace_id uuid not null,
  key_id uuid not null,
  nonce_digest bytea not null,
  at timestamp with time zone not null,
  constraint request_nonces_pkey PRIMARY KEY (workspace_id, key_id, nonce_digest)
);
alter table request_nonces enable row level security;
alter table request_nonces force row level security;
CREATE INDEX request_nonces_age ON public.request_nonces USING btree (workspace_id, at);
create policy background on request_nonces for all to okno_worker using (true) with check (true);
create policy tenant on request_nonces for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on request_nonces to okno_app;
grant delete, insert, select, update on request_nonces to okno_worker;

create table search_contacts (
  workspace_id uuid not null,
  contact_id uuid not null,
  project_id uuid not null,
  vector tsvector not null,
  constraint search_contacts_pkey PRIMARY KEY (workspace_id, contact_id)
);
alter table search_contacts enable row level security;
alter table search_contacts force row level security;
CREATE INDEX search_contacts_words ON public.search_contacts USING gin (vector) WITH (gin_pending_list_limit='256');
create policy background on search_contacts for all to okno_worker using (true) with check (true);
create policy tenant on search_contacts for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on search_contacts to okno_app;
grant delete, insert, select, update on search_contacts to okno_worker;

create table search_entries (
  workspace_id uuid not null,
  ticket_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  kind text not null,
  at timestamp with time zone not null,
  vector tsvector not null,
  constraint search_entries_pkey PRIMARY KEY (workspace_id, ticket_id, id),
  constraint search_entries_kind_check CHECK ((kind = ANY (ARRAY['subject'::text, 'message'::text, 'note'::text])))
);
alter table search_entries enable row level security;
alter table search_entries force row level security;
CREATE INDEX search_entries_words ON public.search_entries USING gin (vector) WITH (gin_pending_list_limit='512');
create policy background on search_entries for all to okno_worker using (true) with check (true);
create policy tenant on search_entries for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on search_entries to okno_app;
grant delete, insert, select, update on search_entries to okno_worker;

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
  stepped_up_at timestamp with time zone,
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

create table team_members (
  workspace_id uuid not null,
  team_id uuid not null,
  member_id uuid not null,
  constraint team_members_pkey PRIMARY KEY (workspace_id, team_id, member_id),
  constraint team_members_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE,
  constraint team_members_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES teams(workspace_id, id)
);
alter table team_members enable row level security;
alter table team_members force row level security;
CREATE INDEX team_members_by_member ON public.team_members USING btree (workspace_id, member_id);
create policy background on team_members for all to okno_worker using (true) with check (true);
create policy tenant on team_members for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on team_members to okno_app;
grant delete, insert, select, update on team_members to okno_worker;

create table teams (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  name text not null,
  hue text not null,
  created_at timestamp with time zone not null,
  archived_at timestamp with time zone,
  constraint teams_pkey PRIMARY KEY (workspace_id, id),
  constraint teams_workspace_id_project_id_fkey FOREIGN KEY (workspace_id, project_id) REFERENCES projects(workspace_id, id)
);
alter table teams enable row level security;
alter table teams force row level security;
CREATE UNIQUE INDEX teams_name ON public.teams USING btree (workspace_id, project_id, lower(name)) WHERE (archived_at IS NULL);
create policy background on teams for all to okno_worker using (true) with check (true);
create policy tenant on teams for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on teams to okno_app;
grant delete, insert, select, update on teams to okno_worker;

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

create table ticket_followers (
  workspace_id uuid not null,
  ticket_id uuid not null,
  member_id uuid not null,
  followed_at timestamp with time zone not null,
  constraint ticket_followers_pkey PRIMARY KEY (workspace_id, ticket_id, member_id),
  constraint ticket_followers_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE,
  constraint ticket_followers_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id)
);
alter table ticket_followers enable row level security;
alter table ticket_followers force row level security;
CREATE INDEX ticket_followers_by_member ON public.ticket_followers USING btree (workspace_id, member_id, ticket_id DESC);
create policy background on ticket_followers for all to okno_worker using (true) with check (true);
create policy tenant on ticket_followers for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on ticket_followers to okno_app;
grant delete, insert, select, update on ticket_followers to okno_worker;

create table ticket_labels (
  workspace_id uuid not null,
  project_id uuid not null,
  label text not null,
  phase text not null,
  ticket_id uuid not null,
  constraint ticket_labels_pkey PRIMARY KEY (workspace_id, project_id, label, phase, ticket_id),
  constraint ticket_labels_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id)
);
alter table ticket_labels enable row level security;
alter table ticket_labels force row level security;
create policy background on ticket_labels for all to okno_worker using (true) with check (true);
create policy tenant on ticket_labels for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on ticket_labels to okno_app;
grant delete, insert, select, update on ticket_labels to okno_worker;

create table ticket_links (
  workspace_id uuid not null,
  ticket_id uuid not null,
  other_id uuid not null,
  kind text not null,
  linked_at timestamp with time zone not null,
  constraint ticket_links_pkey PRIMARY KEY (workspace_id, ticket_id, other_id),
  constraint ticket_links_workspace_id_other_id_fkey FOREIGN KEY (workspace_id, other_id) REFERENCES tickets(workspace_id, id),
  constraint ticket_links_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id),
  constraint ticket_links_check CHECK ((ticket_id <> other_id)),
  constraint ticket_links_kind_check CHECK ((kind = ANY (ARRAY['related'::text, 'duplicate_of'::text, 'child_of'::text])))
);
alter table ticket_links enable row level security;
alter table ticket_links force row level security;
CREATE INDEX ticket_links_by_other ON public.ticket_links USING btree (workspace_id, other_id);
CREATE UNIQUE INDEX ticket_links_pair ON public.ticket_links USING btree (workspace_id, LEAST(ticket_id, other_id), GREATEST(ticket_id, other_id));
CREATE UNIQUE INDEX ticket_links_parent ON public.ticket_links USING btree (workspace_id, ticket_id) WHERE (kind = 'child_of'::text);
create policy background on ticket_links for all to okno_worker using (true) with check (true);
create policy tenant on ticket_links for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on ticket_links to okno_app;
grant delete, insert, select, update on ticket_links to okno_worker;

create table ticket_merges (
  workspace_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  survivor_id uuid not null,
  message_ids uuid[] not null,
  message_seqs integer[] not null,
  source jsonb not null,
  survivor jsonb not null,
  labels text[] not null,
  followers uuid[] not null,
  survivor_seq integer not null,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor_id uuid,
  undone_at timestamp with time zone,
  constraint ticket_merges_pkey PRIMARY KEY (workspace_id, id),
  constraint ticket_merges_workspace_id_source_id_fkey FOREIGN KEY (workspace_id, source_id) REFERENCES tickets(workspace_id, id),
  constraint ticket_merges_workspace_id_survivor_id_fkey FOREIGN KEY (workspace_id, survivor_id) REFERENCES tickets(workspace_id, id),
  constraint ticket_merges_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['member'::text, 'key'::text, 'system'::text])))
);
alter table ticket_merges enable row level security;
alter table ticket_merges force row level security;
CREATE INDEX ticket_merges_by_survivor ON public.ticket_merges USING btree (workspace_id, survivor_id, id DESC);
CREATE UNIQUE INDEX ticket_merges_standing ON public.ticket_merges USING btree (workspace_id, source_id) WHERE (undone_at IS NULL);
create policy background on ticket_merges for all to okno_worker using (true) with check (true);
create policy tenant on ticket_merges for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on ticket_merges to okno_app;
grant delete, insert, select, update on ticket_merges to okno_worker;

create table ticket_number_blocks (
  workspace_id uuid not null,
  next_number bigint not null,
  constraint ticket_number_blocks_pkey PRIMARY KEY (workspace_id),
  constraint ticket_number_blocks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
grant delete, insert, select, update on ticket_number_blocks to okno_app;
grant delete, insert, select, update on ticket_number_blocks to okno_worker;

create table ticket_splits (
  workspace_id uuid not null,
  ticket_id uuid not null,
  from_id uuid not null,
  message_ids uuid[] not null,
  message_seqs integer[] not null,
  at timestamp with time zone not null,
  constraint ticket_splits_pkey PRIMARY KEY (workspace_id, ticket_id),
  constraint ticket_splits_workspace_id_from_id_fkey FOREIGN KEY (workspace_id, from_id) REFERENCES tickets(workspace_id, id),
  constraint ticket_splits_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES tickets(workspace_id, id)
);
alter table ticket_splits enable row level security;
alter table ticket_splits force row level security;
create policy background on ticket_splits for all to okno_worker using (true) with check (true);
create policy tenant on ticket_splits for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on ticket_splits to okno_app;
grant delete, insert, select, update on ticket_splits to okno_worker;

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
  team_id uuid,
  merged_into uuid,
  arrived_by uuid,
  conversations uuid[] not null default '{}'::uuid[],
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
CREATE INDEX tickets_by_team ON public.tickets USING btree (workspace_id, team_id, phase, activity_at DESC, id DESC) WHERE (team_id IS NOT NULL);
CREATE INDEX tickets_by_team_newest ON public.tickets USING btree (workspace_id, team_id, phase, id DESC) WHERE (team_id IS NOT NULL);
CREATE INDEX tickets_by_topic ON public.tickets USING btree (workspace_id, topic_id, phase, id DESC) WHERE (topic_id IS NOT NULL);
CREATE INDEX tickets_completed_by ON public.tickets USING btree (workspace_id, completed_by, completed_at) WHERE (completed_by IS NOT NULL);
CREATE INDEX tickets_merged_into ON public.tickets USING btree (workspace_id, merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX tickets_newest ON public.tickets USING btree (workspace_id, project_id, phase, id DESC);
CREATE UNIQUE INDEX tickets_number ON public.tickets USING btree (workspace_id, number);
CREATE UNIQUE INDEX tickets_open_dialogue ON public.tickets USING btree (workspace_id, channel_id, identity_id) WHERE ((identity_id IS NOT NULL) AND (phase <> 'done'::text));
CREATE INDEX tickets_unanswered ON public.tickets USING btree (workspace_id, project_id, waiting_since, id) WHERE ((waiting_since IS NOT NULL) AND (phase = 'open'::text));
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

create table view_arrangements (
  workspace_id uuid not null,
  member_id uuid not null,
  ordered uuid[] not null,
  hidden uuid[] not null,
  constraint view_arrangements_pkey PRIMARY KEY (workspace_id, member_id),
  constraint view_arrangements_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
);
alter table view_arrangements enable row level security;
alter table view_arrangements force row level security;
create policy background on view_arrangements for all to okno_worker using (true) with check (true);
create policy tenant on view_arrangements for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on view_arrangements to okno_app;
grant delete, insert, select, update on view_arrangements to okno_worker;

create table views (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid,
  owner_id uuid,
  name text not null,
  icon text not null,
  hue text not null,
  condition jsonb not null,
  sort text not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  constraint views_pkey PRIMARY KEY (workspace_id, id),
  constraint views_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint views_workspace_id_owner_id_fkey FOREIGN KEY (workspace_id, owner_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE,
  constraint views_workspace_id_project_id_fkey FOREIGN KEY (workspace_id, project_id) REFERENCES projects(workspace_id, id),
  constraint views_check CHECK (((owner_id IS NULL) OR (project_id IS NULL)))
);
alter table views enable row level security;
alter table views force row level security;
CREATE INDEX views_by_owner ON public.views USING btree (workspace_id, owner_id) WHERE (owner_id IS NOT NULL);
CREATE INDEX views_shared ON public.views USING btree (workspace_id, project_id) WHERE (owner_id IS NULL);
create policy background on views for all to okno_worker using (true) with check (true);
create policy tenant on views for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on views to okno_app;
grant delete, insert, select, update on views to okno_worker;

create table webhook_deliveries (
  workspace_id uuid not null,
  id uuid not null,
  webhook_id uuid,
  project_id uuid,
  ticket_id uuid,
  position bigint,
  type text not null,
  url text,
  headers jsonb,
  body text not null,
  state text not null,
  attempts integer not null default 0,
  last_at timestamp with time zone,
  last_status integer,
  last_error text,
  log jsonb not null default '[]'::jsonb,
  created_at timestamp with time zone not null,
  constraint webhook_deliveries_pkey PRIMARY KEY (workspace_id, id),
  constraint webhook_deliveries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'succeeded'::text, 'failed'::text, 'dropped'::text])))
);
alter table webhook_deliveries enable row level security;
alter table webhook_deliveries force row level security;
CREATE INDEX webhook_deliveries_by_ticket ON public.webhook_deliveries USING btree (workspace_id, ticket_id, id) WHERE (ticket_id IS NOT NULL);
CREATE INDEX webhook_deliveries_by_webhook ON public.webhook_deliveries USING btree (workspace_id, webhook_id, id);
CREATE UNIQUE INDEX webhook_deliveries_once ON public.webhook_deliveries USING btree (workspace_id, webhook_id, "position") WHERE ("position" IS NOT NULL);
CREATE INDEX webhook_deliveries_unsent ON public.webhook_deliveries USING btree (workspace_id, id) WHERE (state <> 'succeeded'::text);
create policy background on webhook_deliveries for all to okno_worker using (true) with check (true);
create policy tenant on webhook_deliveries for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on webhook_deliveries to okno_app;
grant delete, insert, select, update on webhook_deliveries to okno_worker;

create table webhook_queue (
  position bigint not null generated always as identity,
  workspace_id uuid not null,
  delivery_id uuid not null,
  target uuid not null,
  lane uuid,
  due_at timestamp with time zone not null,
  leased_until timestamp with time zone,
  attempts integer not null default 0,
  constraint webhook_queue_pkey PRIMARY KEY ("position")
);
CREATE UNIQUE INDEX webhook_queue_delivery ON public.webhook_queue USING btree (workspace_id, delivery_id);
CREATE INDEX webhook_queue_due ON public.webhook_queue USING btree (target, due_at, "position");
CREATE INDEX webhook_queue_lane ON public.webhook_queue USING btree (target, lane, "position") WHERE (lane IS NOT NULL);
grant delete, insert, select, update on webhook_queue to okno_app;
grant delete, insert, select, update on webhook_queue to okno_worker;

create table webhook_secrets (
  workspace_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  sealed bytea not null,
  hint text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  constraint webhook_secrets_pkey PRIMARY KEY (workspace_id, id),
  constraint webhook_secrets_workspace_id_webhook_id_fkey FOREIGN KEY (workspace_id, webhook_id) REFERENCES webhooks(workspace_id, id) ON DELETE CASCADE
);
alter table webhook_secrets enable row level security;
alter table webhook_secrets force row level security;
CREATE INDEX webhook_secrets_by_webhook ON public.webhook_secrets USING btree (workspace_id, webhook_id);
create policy background on webhook_secrets for all to okno_worker using (true) with check (true);
create policy tenant on webhook_secrets for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on webhook_secrets to okno_app;
grant delete, insert, select, update on webhook_secrets to okno_worker;

create table webhooks (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid,
  url text not null,
  description text not null,
  events text[] not null,
  created_kind text not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  disabled_at timestamp with time zone,
  disabled_why text,
  paused_at timestamp with time zone,
  failing_since timestamp with time zone,
  throttled_until timestamp with time zone,
  last_at timestamp with time zone,
  last_status integer,
  last_error text,
  constraint webhooks_pkey PRIMARY KEY (workspace_id, id),
  constraint webhooks_workspace_id_project_id_fkey FOREIGN KEY (workspace_id, project_id) REFERENCES projects(workspace_id, id),
  constraint webhooks_created_kind_check CHECK ((created_kind = ANY (ARRAY['member'::text, 'key'::text]))),
  constraint webhooks_disabled_why_check CHECK ((disabled_why = ANY (ARRAY['hand'::text, 'gone'::text])))
);
alter table webhooks enable row level security;
alter table webhooks force row level security;
create policy background on webhooks for all to okno_worker using (true) with check (true);
create policy tenant on webhooks for all to okno_app using ((workspace_id = (current_setting('okno.workspace'::text))::uuid));
grant delete, insert, select, update on webhooks to okno_app;
grant delete, insert, select, update on webhooks to okno_worker;

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

CREATE OR REPLACE FUNCTION public.search_candidates(uuid, uuid[], tsquery[], tsquery[], boolean[], integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
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
$function$
;

CREATE OR REPLACE FUNCTION public.search_hits(uuid, uuid[], tsquery)
 RETURNS TABLE(ticket_id uuid, id uuid, kind text, at timestamp with time zone, body text)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 60
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select h.ticket_id, h.id, h.kind, h.at, left(m.body, 20000)
  from unnest($2) wanted (id) cross join lateral (
    select e.ticket_id, e.id, e.kind, e.at from search_entries e
    where e.workspace_id = $1 and e.ticket_id = wanted.id and e.vector @@ $3 order by e.at desc limit 3
  ) h
  left join messages m on m.workspace_id = $1 and m.id = h.id and m.ticket_id = h.ticket_id
  where $1 = current_setting('okno.workspace')::uuid
$function$
;

CREATE OR REPLACE FUNCTION public.search_holding(uuid, uuid[], tsquery[], tsquery[])
 RETURNS TABLE(ticket_id uuid, place bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 100
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select t.id, q.place from tickets t cross join unnest($3, $4) with ordinality q (words, people, place)
  where t.workspace_id = $1 and t.id = any($2) and $1 = current_setting('okno.workspace')::uuid and (
    exists (select from search_entries e where e.workspace_id = $1 and e.ticket_id = t.id and e.vector @@ q.words)
    or exists (select from search_contacts p where p.workspace_id = $1 and p.contact_id = t.contact_id and p.vector @@ q.people))
$function$
;

CREATE OR REPLACE FUNCTION public.search_people(uuid, uuid[], tsquery, uuid, integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 50
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with known as materialized (
    select c.workspace_id, c.project_id, c.contact_id from search_contacts c where c.vector @@ $3
  )
  select k.contact_id from known k
  where k.workspace_id = $1 and k.project_id = any($2) and ($4 is null or k.contact_id < $4)
    and $1 = current_setting('okno.workspace')::uuid
  order by k.contact_id desc limit $5
$function$
;
