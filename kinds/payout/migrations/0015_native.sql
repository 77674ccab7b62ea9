-- The native interface: quotes that hold a fee and a rate, who stands behind a payout, why a desk was funded.
-- Locks: payouts and ledger_postings for a moment each (columns without defaults). Undo: drop the table, the index and the columns.

create table payout_quotes (
  workspace_id uuid not null,
  id uuid not null,
  desk_id uuid not null,
  method text not null,
  currency text not null,
  scale smallint not null check (scale between 0 and 18),
  subtract_from text not null check (subtract_from in ('amount', 'balance')),
  asked_amount text not null,
  asked_currency text not null,
  amount numeric(38,0) not null check (amount > 0),
  receive numeric(38,0) not null check (receive > 0),
  commission numeric(38,0) not null check (commission >= 0),
  deduction numeric(38,0) not null,
  rub_amount numeric(38,0),
  rate_id uuid,
  processor text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- One payout is created from a quote.
  used_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, desk_id) references payout_desks,
  check (receive + commission = deduction)
);
create index payout_quotes_age on payout_quotes (workspace_id, expires_at);

alter table payouts
  -- The person or key that stands behind whoever created it: two keys of one person are one party.
  add column maker_id uuid;
create index payouts_by_method on payouts (workspace_id, desk_id, method, id desc);

-- Why funds came or went, in the words of whoever entered it.
alter table ledger_postings add column note text;

alter table payout_quotes enable row level security;
alter table payout_quotes force row level security;
create policy tenant on payout_quotes to okno_app using (workspace_id = current_setting('okno.workspace')::uuid);
create policy background on payout_quotes to okno_worker using (true) with check (true);
