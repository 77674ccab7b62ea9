-- Processors: the outside providers of desks, and the sandbox's own book.
-- Locks: payouts for a moment (a column without a default). Undo: drop the tables and the column.

-- Where a live desk's payouts are carried out. An address is never changed in place: a payout is asked for where it was sent, so another
-- address is another row, and the former one goes on answering for its own.
create table payout_providers (
  workspace_id uuid not null,
  id uuid not null,
  desk_id uuid not null,
  key text not null,
  url text not null,
  status_url text not null,
  secret bytea not null,
  created_at timestamptz not null,
  disabled_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, desk_id) references payout_desks
);
create unique index payout_providers_current on payout_providers (workspace_id, desk_id) where disabled_at is null;

-- Local: whose call-back it is, before the workspace is known.
create table payout_provider_keys (
  key text primary key,
  workspace_id uuid not null,
  provider_id uuid not null
);

-- Which provider a payout was sent to, written before it is: it is asked there, and only its word counts.
alter table payouts add column provider_id uuid;

-- The sandbox's book, by the key of the order: so that it can say what became of one, and that nothing was paid twice.
create table payout_sandbox_orders (
  workspace_id uuid not null,
  key uuid not null,
  outcome text not null,
  amount text not null,
  currency text not null,
  -- How often it was sent, and how often it was paid.
  sends integer not null,
  pays integer not null check (pays <= 1),
  taken_at timestamptz not null,
  primary key (workspace_id, key),
  foreign key (workspace_id, key) references payouts
);

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['payout_providers', 'payout_sandbox_orders'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I to okno_app using (workspace_id = current_setting(''okno.workspace'')::uuid)', tenant_table);
    execute format('create policy background on %I to okno_worker using (true) with check (true)', tenant_table);
  end loop;
end $$;
