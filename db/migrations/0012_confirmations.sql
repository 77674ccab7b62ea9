-- Confirmations: demands that a party says "yes, this is right", bound to a snapshot of what was shown, with evidence that cannot be
-- changed unseen. The database itself holds that of all demands about one version of a matter at most one is confirmed.
-- Locks: none that matter, both tables are new. Undo: drop them.

create table confirmations (
  workspace_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  project_id uuid not null,
  method text not null check (method in ('api', 'approval', 'link', 'code')),
  purpose text not null,
  status text not null check (status in ('pending', 'confirmed', 'refused', 'expired', 'revoked', 'superseded')),
  -- What is confirmed: the version of the matter, what is shown of it, and the SHA-256 of the snapshot's canonical JSON.
  subject_version integer not null,
  snapshot jsonb not null,
  snapshot_hash bytea not null,
  -- How many different people must say yes, and how many have.
  needed smallint not null check (needed between 1 and 20),
  answers smallint not null default 0,
  asked_kind text not null check (asked_kind in ('contact', 'member', 'key', 'system')),
  asked_id uuid,
  -- Whom a link or code is for: the contact, and the address it is bound to, where that is one of theirs.
  contact_id uuid,
  identity_id uuid,
  locale text check (locale in ('ru', 'en')),
  -- How it reached the customer: said in the conversation, or handed over by whoever asked.
  delivery text check (delivery in ('conversation', 'handed')),
  -- The message that carries the link or code, with the secret masked; the link's token, sealed, since the message shows it to the
  -- customer.
  message_id uuid,
  sealed bytea,
  -- Digest of the link's token.
  token_hash bytea,
  -- Of a code: its keyed digest, the message that carries it, how often it was tried, until when it is good.
  code_required boolean not null default false,
  code_hash bytea,
  code_message_id uuid,
  code_sealed bytea,
  code_expires_at timestamptz,
  codes_sent smallint not null default 0,
  attempts smallint not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz,
  opened_at timestamptz,
  settled_at timestamptz,
  settled_kind text check (settled_kind in ('contact', 'member', 'key', 'system')),
  settled_id uuid,
  -- Why it was refused: the answerer's own words, not for the journal.
  reason text,
  -- The end of the chain of evidence.
  links integer not null,
  head bytea not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets,
  check ((status = 'pending') = (settled_at is null)),
  check (status <> 'confirmed' or answers >= needed)
) with (fillfactor = 85);
-- Exactly one wins.
create unique index confirmations_won on confirmations (workspace_id, ticket_id, purpose, subject_version) where status = 'confirmed';
create unique index confirmations_pending on confirmations (workspace_id, ticket_id, purpose, method) where status = 'pending';
create index confirmations_by_ticket on confirmations (workspace_id, ticket_id, id desc);
create unique index confirmations_token on confirmations (workspace_id, token_hash) where token_hash is not null;
create index confirmations_by_message on confirmations (workspace_id, message_id) where message_id is not null;
create index confirmations_by_code_message on confirmations (workspace_id, code_message_id) where code_message_id is not null;

-- What happened to a demand, link by link: hash = SHA-256(previous hash, confirmation, place, body). What is personal (an address, a
-- browser) stands beside, under a salted digest in the body, so that erasing it leaves the chain whole.
create table confirmation_evidence (
  workspace_id uuid not null,
  confirmation_id uuid not null,
  seq integer not null check (seq > 0),
  kind text not null check (kind in
    ('issued', 'delivered', 'opened', 'code_sent', 'answered', 'question', 'expired', 'revoked', 'superseded')),
  actor_kind text not null check (actor_kind in ('contact', 'member', 'key', 'system')),
  actor_id uuid,
  at timestamptz not null,
  -- Canonical JSON, letter by letter.
  body text not null,
  personal jsonb,
  -- What makes a form's sending count once.
  nonce bytea,
  prev_hash bytea not null,
  hash bytea not null,
  primary key (workspace_id, confirmation_id, seq),
  foreign key (workspace_id, confirmation_id) references confirmations
);
-- One voice each.
create unique index confirmation_evidence_voices on confirmation_evidence (workspace_id, confirmation_id, actor_kind, actor_id)
  where kind = 'answered';
create unique index confirmation_evidence_nonces on confirmation_evidence (workspace_id, confirmation_id, kind, nonce)
  where nonce is not null;

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['confirmations', 'confirmation_evidence'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I to okno_app using (workspace_id = current_setting(''okno.workspace'')::uuid)', tenant_table);
    execute format('create policy background on %I to okno_worker using (true) with check (true)', tenant_table);
  end loop;
end $$;
