-- The compatible interface: invoices that fund a sandbox desk, and what a desk adds to the price of an invoice by a method.
-- Locks: a short exclusive one on payout_methods, for a column with a constant default. Undo: drop the table and the column.

alter table payout_methods add column extra_percent text not null default '0';

-- Money is in minor units of the method; what was asked for is in kopecks.
create table payout_invoices (
  workspace_id uuid not null,
  id uuid not null,
  desk_id uuid not null,
  reference text not null,
  -- Where its payer is sent, as its creator was told.
  url text not null,
  made_by text not null check (made_by in ('v2', 'v3')),
  type text not null check (type in ('purchase', 'topup')),
  state text not null check (state in ('notpayed', 'payed', 'failed')),
  method text not null,
  required_method text not null default '',
  currency text not null,
  scale smallint not null check (scale between 0 and 18),
  rub_amount numeric(38,0) not null check (rub_amount > 0),
  -- What the payer pays, and what of it reaches the desk.
  pay_amount numeric(38,0) not null check (pay_amount > 0),
  balance_amount numeric(38,0) not null check (balance_amount > 0 and balance_amount <= pay_amount),
  description text not null default '',
  redirect_url text not null default '',
  callback_url text not null default '',
  extra text not null default '',
  created_at timestamptz not null,
  expires_at timestamptz not null,
  final_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, desk_id) references payout_desks,
  check ((state = 'notpayed') = (final_at is null))
);
create unique index payout_invoices_reference on payout_invoices (workspace_id, reference);
create index payout_invoices_by_desk on payout_invoices (workspace_id, desk_id, id desc);

alter table payout_invoices enable row level security;
alter table payout_invoices force row level security;
create policy tenant on payout_invoices to okno_app using (workspace_id = current_setting('okno.workspace')::uuid);
create policy background on payout_invoices to okno_worker using (true) with check (true);
