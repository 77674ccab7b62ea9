-- Payouts: desks, methods, rates, the ledger, and the payouts themselves.
-- Locks: none that matter, every table is new. Undo: drop the tables; tickets of the kind stay and are unreadable to an older version.

-- Local: which desk a login stands for, before the workspace is known.
create table payout_desk_logins (
  login text primary key,
  number bigint not null unique,
  workspace_id uuid not null,
  desk_id uuid not null
);

create table payout_desks (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  name text not null,
  mode text not null check (mode in ('sandbox', 'live')),
  login text not null,
  number bigint not null,
  -- The secret is only ever compared; the salt signs, so it is sealed. After a change the former is honoured for a while.
  secret_digest bytea not null,
  salt bytea not null,
  former_salt bytea,
  former_salt_until timestamptz,
  -- The key that created a payout may not confirm it.
  maker_checker boolean not null,
  -- Where the merchant is asked before money leaves; none if null.
  ask_before_url text,
  default_callback_url text,
  version integer not null default 1,
  created_at timestamptz not null,
  disabled_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, project_id) references projects
);
create unique index payout_desks_login on payout_desks (workspace_id, login);
create index payout_desks_by_project on payout_desks (workspace_id, project_id, id desc);

-- What one desk may pay by, and for how much: amounts in the method's minor units, percentages as text of an exact decimal.
create table payout_methods (
  workspace_id uuid not null,
  desk_id uuid not null,
  method text not null,
  enabled boolean not null default true,
  percent text not null,
  fixed numeric(38,0) not null check (fixed >= 0),
  smallest numeric(38,0) not null check (smallest > 0),
  largest numeric(38,0) not null check (largest >= smallest),
  processor text not null,
  version integer not null default 1,
  primary key (workspace_id, desk_id, method),
  foreign key (workspace_id, desk_id) references payout_desks
);

-- Roubles for one unit of a currency, as entered: the newest one counts, older ones stay for what was made with them.
create table payout_rates (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  currency text not null,
  price numeric(38,18) not null check (price > 0),
  at timestamptz not null,
  entered_by uuid,
  primary key (workspace_id, id)
);
create index payout_rates_newest on payout_rates (workspace_id, currency, at desc);

-- One account per desk, method and role. Only what is available has a stored balance: it must never fall below nothing.
create table ledger_accounts (
  workspace_id uuid not null,
  id uuid not null,
  desk_id uuid not null,
  method text not null,
  role text not null check (role in ('funding', 'available', 'reserved', 'in_flight', 'paid_out', 'commission')),
  balance numeric(38,0),
  primary key (workspace_id, id),
  foreign key (workspace_id, desk_id) references payout_desks,
  check ((role = 'available') = (balance is not null)),
  constraint ledger_accounts_never_negative check (balance >= 0)
) with (fillfactor = 50);
create unique index ledger_accounts_role on ledger_accounts (workspace_id, desk_id, method, role);

create table payouts (
  workspace_id uuid not null,
  -- The ticket's own.
  id uuid not null,
  project_id uuid not null,
  desk_id uuid not null,
  -- The identifier of the compatible interface: the desk's number and twenty letters.
  reference text not null,
  status text not null check (status in ('created', 'approving', 'processing', 'paid', 'failed', 'cancelled')),
  method text not null,
  currency text not null,
  -- How many decimals a minor unit stands for.
  scale smallint not null check (scale between 0 and 18),
  subtract_from text not null check (subtract_from in ('amount', 'balance')),
  -- What was asked for, in the client's own words and currency, and in minor units of the method.
  asked_amount text not null,
  asked_currency text not null,
  amount numeric(38,0) not null check (amount > 0),
  receive numeric(38,0) not null check (receive > 0),
  commission numeric(38,0) not null check (commission >= 0),
  deduction numeric(38,0) not null,
  rub_amount numeric(38,0),
  rate_id uuid,
  destination bytea not null,
  destination_extra bytea,
  destination_masked text not null,
  destination_digest bytea not null,
  callback_url text not null default '',
  extra text not null default '',
  purpose text,
  message text not null default '',
  quote_expires_at timestamptz,
  processor text not null,
  -- By which interface it was created: its call-backs speak that interface's words.
  made_by text not null default 'native' check (made_by in ('native', 'v2', 'v3')),
  -- Written and committed before the provider is asked: a crash after it is resolved by asking what became of it.
  sent_at timestamptz,
  provider_reference text,
  -- Why a person must look; null while none must.
  attention text,
  version integer not null default 1,
  created_by uuid,
  confirmed_by uuid,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  final_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, id) references tickets,
  foreign key (workspace_id, desk_id) references payout_desks,
  constraint payouts_balanced check (receive + commission = deduction),
  constraint payouts_subtracted check (case subtract_from when 'amount' then deduction = amount else receive = amount end),
  check ((status in ('paid', 'failed', 'cancelled')) = (final_at is not null))
) with (fillfactor = 80);
create unique index payouts_reference on payouts (workspace_id, reference);
create index payouts_by_desk on payouts (workspace_id, desk_id, id desc);
create index payouts_by_status on payouts (workspace_id, desk_id, status, id desc);
create index payouts_unsettled on payouts (workspace_id, desk_id, method) where status in ('created', 'approving', 'processing');
create index payouts_by_destination on payouts (workspace_id, desk_id, destination_digest, id desc);
create index payouts_expiring on payouts (workspace_id, quote_expires_at) where status = 'created' and quote_expires_at is not null;

-- Double entry by construction: a row is a debit and a credit of the same amount.
create table ledger_postings (
  workspace_id uuid not null,
  id uuid not null,
  desk_id uuid not null,
  method text not null,
  payout_id uuid,
  what text not null check (what in ('fund', 'withdraw', 'reserve', 'dispatch', 'settle', 'commission', 'release')),
  debit_id uuid not null,
  credit_id uuid not null,
  amount numeric(38,0) not null check (amount > 0),
  at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, debit_id) references ledger_accounts,
  foreign key (workspace_id, credit_id) references ledger_accounts,
  check (debit_id <> credit_id),
  check ((payout_id is null) = (what in ('fund', 'withdraw')))
);
-- Each step of a payout is posted once; and it ends once: settled or released.
create unique index ledger_postings_once on ledger_postings (workspace_id, payout_id, what) where payout_id is not null;
create unique index ledger_postings_end on ledger_postings (workspace_id, payout_id) where what in ('settle', 'release');
create index ledger_postings_by_desk on ledger_postings (workspace_id, desk_id, method, id desc);

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array[
    'payout_desks', 'payout_methods', 'payout_rates', 'ledger_accounts', 'payouts', 'ledger_postings'
  ] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I to okno_app using (workspace_id = current_setting(''okno.workspace'')::uuid)', tenant_table);
    execute format('create policy background on %I to okno_worker using (true) with check (true)', tenant_table);
  end loop;
end $$;
