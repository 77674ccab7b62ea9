-- What stands between a merchant's confirmation and the money: approvals by people, limits, the question to the merchant, and what a desk
-- finds suspicious. All of it is data of a desk; a desk without any pays nothing for it.
-- Locks: `payout_desks` for a moment, for columns with constant defaults. Undo: drop the tables and the columns.

alter table payout_desks
  -- An approval needs a one-time code of the member's app.
  add column step_up boolean not null default false,
  -- Whether it has any rules of approval, any limits: read with the desk, so that those without are asked nothing more.
  add column has_rules boolean not null default false,
  add column has_limits boolean not null default false,
  -- Suspicious are more payouts than this to one destination in a day, and this many times the desk's usual amount; null: not looked at.
  add column watch_same_destination smallint check (watch_same_destination > 0),
  add column watch_unusual_times smallint check (watch_unusual_times > 1),
  -- Signs the question to the merchant, by the rules of Standard Webhooks; sealed.
  add column ask_secret bytea;

-- Whose word a payout needs, by what it is.
create table payout_approval_rules (
  workspace_id uuid not null,
  id uuid not null,
  desk_id uuid not null,
  method text,
  -- In minor units of the method; without a method in kopecks.
  amount_from numeric(38,0) check (amount_from > 0),
  new_destination boolean not null,
  needed smallint not null check (needed between 1 and 20),
  role text not null check (role in ('operator', 'supervisor', 'admin', 'owner')),
  -- Only these people; null: all who have the role.
  members uuid[],
  hours smallint not null check (hours > 0),
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, desk_id) references payout_desks
);
create index payout_approval_rules_by_desk on payout_approval_rules (workspace_id, desk_id, id desc);

-- What one payout needs: as the rule said when it was confirmed, whatever becomes of the rule.
create table payout_approvals (
  workspace_id uuid not null,
  payout_id uuid not null,
  rule_id uuid,
  -- Why a person is asked: `rule`, or what is suspicious.
  why text[] not null,
  needed smallint not null,
  role text not null,
  members uuid[],
  step_up boolean not null,
  asked_at timestamptz not null,
  primary key (workspace_id, payout_id),
  foreign key (workspace_id, payout_id) references payouts
);

create table payout_limits (
  workspace_id uuid not null,
  id uuid not null,
  desk_id uuid not null,
  what text not null check (what in ('payout', 'day', 'key_day', 'new_destination')),
  method text,
  -- For `key_day`: of this key alone; null: of each key by itself.
  key_id uuid,
  -- In minor units of the method; without a method in kopecks.
  most numeric(38,0) check (most >= 0),
  hours smallint check (hours > 0),
  -- Where it stands in the list it was sent in.
  place smallint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, desk_id) references payout_desks,
  check ((what = 'new_destination') = (hours is not null) and (hours is null) = (most is not null)),
  check (key_id is null or what = 'key_day')
);
create index payout_limits_by_desk on payout_limits (workspace_id, desk_id, id);

-- When a destination was first asked for: its waiting time runs from then, though the payout itself was refused.
create table payout_destinations (
  workspace_id uuid not null,
  desk_id uuid not null,
  digest bytea not null,
  first_seen_at timestamptz not null,
  primary key (workspace_id, desk_id, digest),
  foreign key (workspace_id, desk_id) references payout_desks
);

-- The question to the merchant before a payout is processed. The row is committed before the question goes out: it is asked once.
create table payout_asks (
  workspace_id uuid not null,
  payout_id uuid not null,
  asked_at timestamptz not null,
  body_digest bytea not null,
  answered_at timestamptz,
  -- `unclear`: an answer that is neither; `silent`: none.
  answer text check (answer in ('confirm', 'decline', 'unclear', 'silent')),
  http_status smallint,
  response text,
  -- Where the merchant's word was missing: what a person decided, and why.
  decision text check (decision in ('pay', 'fail')),
  decided_by uuid,
  decided_at timestamptz,
  reason text,
  primary key (workspace_id, payout_id),
  foreign key (workspace_id, payout_id) references payouts,
  check ((answer is null) = (answered_at is null)),
  check ((decision is null) = (decided_at is null))
);

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array[
    'payout_approval_rules', 'payout_approvals', 'payout_limits', 'payout_destinations', 'payout_asks'
  ] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I to okno_app using (workspace_id = current_setting(''okno.workspace'')::uuid)', tenant_table);
    execute format('create policy background on %I to okno_worker using (true) with check (true)', tenant_table);
  end loop;
end $$;
