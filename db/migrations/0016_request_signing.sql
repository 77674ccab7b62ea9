-- Signed requests (RFC 9421): what a key's signatures are verified with, whether they are required, and the nonces that were seen.
-- Locks: none that matter, both tables are new. Undo: drop the tables; keys then work unsigned.

create table key_signing (
  workspace_id uuid not null,
  key_id uuid not null,
  algorithm text not null check (algorithm in ('hmac-sha256', 'ed25519')),
  -- The HMAC secret, sealed with the installation's key; or the 32 bytes of an Ed25519 public key.
  material bytea not null,
  required boolean not null,
  created_at timestamptz not null,
  primary key (workspace_id, key_id),
  foreign key (workspace_id, key_id) references api_keys
);

-- A nonce is good once. Kept until no signature that could carry it is young enough any more.
create table request_nonces (
  workspace_id uuid not null,
  key_id uuid not null,
  nonce_digest bytea not null,
  at timestamptz not null,
  primary key (workspace_id, key_id, nonce_digest)
);
create index request_nonces_age on request_nonces (workspace_id, at);

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['key_signing', 'request_nonces'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I to okno_app using (workspace_id = current_setting(''okno.workspace'')::uuid)', tenant_table);
    execute format('create policy background on %I to okno_worker using (true) with check (true)', tenant_table);
  end loop;
end $$;
