-- Step-up: one-time codes by which a member proves anew who they are, before money leaves. The secret must be used again, so it is sealed;
-- recovery codes are kept as keyed digests.
-- Locks: `sessions` for a moment, for a column without a default. Undo: drop the two tables and the column.

create table member_totp (
  workspace_id uuid not null,
  member_id uuid not null,
  secret bytea not null,
  created_at timestamptz not null,
  -- Null until the first code was right: so long nothing asks for it.
  enrolled_at timestamptz,
  -- The step of the last code that was taken: it, and earlier ones, are never taken again.
  last_step bigint not null default 0,
  -- Wrong codes since the last right one.
  failures smallint not null default 0,
  failed_at timestamptz,
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references members on delete cascade
);

create table recovery_codes (
  workspace_id uuid not null,
  member_id uuid not null,
  digest bytea not null,
  used_at timestamptz,
  primary key (workspace_id, member_id, digest),
  foreign key (workspace_id, member_id) references member_totp on delete cascade
);

-- When the person behind a session last proved by a code who they are.
alter table sessions add column stepped_up_at timestamptz;

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['member_totp', 'recovery_codes'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I to okno_app using (workspace_id = current_setting(''okno.workspace'')::uuid)', tenant_table);
    execute format('create policy background on %I to okno_worker using (true) with check (true)', tenant_table);
  end loop;
end $$;
