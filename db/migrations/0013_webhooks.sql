-- Webhooks: where the journal is told outside, what was told, and what is still to be sent. Deliveries hold the body as it is sent, byte
-- for byte, so that every attempt says the same; they are kept for thirty days.
-- Notifications learn to tell of an endpoint that was paused, which is about no ticket.
-- Locks: a short exclusive one on `notifications`, to drop a constraint and add a column without a default. Undo: drop the tables, delete
-- the notifications of kind `webhook`, put the two constraints back, and delete the consumer `webhooks` in journal_consumers.

create table webhooks (
  workspace_id uuid not null,
  id uuid not null,
  -- null: everything that happens in the workspace.
  project_id uuid,
  url text not null,
  description text not null,
  -- Names and patterns such as `payout.*`; empty: all.
  events text[] not null,
  created_kind text not null check (created_kind in ('member', 'key')),
  created_by uuid not null,
  created_at timestamptz not null,
  disabled_at timestamptz,
  disabled_why text check (disabled_why in ('hand', 'gone')),
  -- By itself, after days of nothing but failures: goes on collecting, sends nothing.
  paused_at timestamptz,
  -- Since when every attempt has failed.
  failing_since timestamptz,
  -- The receiver asked for patience until then.
  throttled_until timestamptz,
  last_at timestamptz,
  last_status integer,
  last_error text,
  primary key (workspace_id, id),
  foreign key (workspace_id, project_id) references projects
);

-- Sealed with the installation's key: each attempt is signed with all that have not expired.
create table webhook_secrets (
  workspace_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  sealed bytea not null,
  hint text not null,
  created_at timestamptz not null,
  -- null: the one in force; an instant: the one before, until then.
  expires_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, webhook_id) references webhooks on delete cascade
);
create index webhook_secrets_by_webhook on webhook_secrets (workspace_id, webhook_id);

create table webhook_deliveries (
  workspace_id uuid not null,
  id uuid not null,
  -- null: a call-back to an address given for one ticket.
  webhook_id uuid,
  -- The endpoint's project, or the ticket's of a call-back: who may see it.
  project_id uuid,
  ticket_id uuid,
  -- The entry of the journal that it tells of.
  position bigint,
  type text not null,
  -- Of a call-back: an endpoint's is asked for at each attempt.
  url text,
  headers jsonb,
  body text not null,
  state text not null check (state in ('waiting', 'succeeded', 'failed', 'dropped')),
  attempts integer not null default 0,
  last_at timestamptz,
  last_status integer,
  last_error text,
  -- The latest attempts, oldest first: when, how long, what came back.
  log jsonb not null default '[]',
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
-- One entry of the journal is told to one endpoint once, also when a batch is repeated.
create unique index webhook_deliveries_once on webhook_deliveries (workspace_id, webhook_id, position) where position is not null;
create index webhook_deliveries_by_webhook on webhook_deliveries (workspace_id, webhook_id, id);
create index webhook_deliveries_by_ticket on webhook_deliveries (workspace_id, ticket_id, id) where ticket_id is not null;
create index webhook_deliveries_unsent on webhook_deliveries (workspace_id, id) where state <> 'succeeded';

-- Local: what is to be sent, over all workspaces; ids alone. A row is gone when its delivery has succeeded or been given up.
create table webhook_queue (
  position bigint generated always as identity primary key,
  workspace_id uuid not null,
  delivery_id uuid not null,
  -- The endpoint, or what stands for the host of call-backs: what is limited and kept apart from the others.
  target uuid not null,
  -- What must stay in order: the ticket. null: in no order.
  lane uuid,
  due_at timestamptz not null,
  leased_until timestamptz,
  -- Of this run of the schedule.
  attempts integer not null default 0
);
create unique index webhook_queue_delivery on webhook_queue (workspace_id, delivery_id);
create index webhook_queue_due on webhook_queue (target, due_at, position);
create index webhook_queue_lane on webhook_queue (target, lane, position) where lane is not null;

alter table notifications alter column ticket_id drop not null;
alter table notifications drop constraint notifications_kind_check;
alter table notifications add constraint notifications_kind_check check (kind in
  ('mention', 'assigned', 'team', 'reply', 'note', 'returned', 'rated', 'unassigned', 'webhook')) not valid;
alter table notifications validate constraint notifications_kind_check;
alter table notifications add column webhook_id uuid;
create unique index notifications_webhook_once on notifications (workspace_id, member_id, webhook_id, created_at) where webhook_id is not null;

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['webhooks', 'webhook_secrets', 'webhook_deliveries'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I to okno_app using (workspace_id = current_setting(''okno.workspace'')::uuid)', tenant_table);
    execute format('create policy background on %I to okno_worker using (true) with check (true)', tenant_table);
  end loop;
end $$;
