-- Two tickets that are one matter, a message that is a matter of its own, and one action over many tickets; each can be undone.
-- A message keeps the conversation it came by, wherever it is moved: a customer is shown a conversation, never a ticket.
-- Locks: short ones on `messages` and `tickets` (new columns with constant defaults or none); the new index on `messages` is built under
-- a lock that waits for writers, over no rows at all at first: seconds on tens of millions of messages.
-- Undo: undo every standing merge and split, then drop the tables and the columns.

alter table messages
  -- The ticket whose conversation the message came by or was sent to, where that is not the ticket it lies in.
  add column origin_id uuid;
create index messages_by_origin on messages (workspace_id, origin_id, id desc) where origin_id is not null;

alter table tickets
  -- Tickets whose conversations this one carries besides its own: then each answer has to find its way.
  add column conversations uuid[] not null default '{}';

-- What a merge moved and how both tickets stood, so that undoing it gives back exactly that. Names and subjects are personal: here, not
-- in the journal.
create table ticket_merges (
  workspace_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  survivor_id uuid not null,
  message_ids uuid[] not null,
  message_seqs integer[] not null,
  source jsonb not null,
  survivor jsonb not null,
  -- What the survivor gained of them.
  labels text[] not null,
  followers uuid[] not null,
  -- The survivor's `seq` right after: as long as it stands there, nothing has happened to it since.
  survivor_seq integer not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('member', 'key', 'system')),
  actor_id uuid,
  undone_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, source_id) references tickets,
  foreign key (workspace_id, survivor_id) references tickets
);
create unique index ticket_merges_standing on ticket_merges (workspace_id, source_id) where undone_at is null;
create index ticket_merges_by_survivor on ticket_merges (workspace_id, survivor_id, id desc);

-- Where the messages of a split ticket stood before, so that merging it back puts them there again.
create table ticket_splits (
  workspace_id uuid not null,
  ticket_id uuid not null,
  from_id uuid not null,
  message_ids uuid[] not null,
  message_seqs integer[] not null,
  at timestamptz not null,
  primary key (workspace_id, ticket_id),
  foreign key (workspace_id, ticket_id) references tickets,
  foreign key (workspace_id, from_id) references tickets
);

-- One action over many tickets. The list is frozen into items when it begins; a job works them off one by one.
create table bulks (
  workspace_id uuid not null,
  id uuid not null,
  action text not null,
  body jsonb not null,
  state text not null check (state in ('running', 'cancelled', 'finished', 'undoing', 'undone')),
  -- True when more tickets matched than one bulk takes.
  capped boolean not null,
  -- Where all its tickets are of one project: who may read of it in the journal.
  project_id uuid,
  total integer not null,
  actor_kind text not null check (actor_kind in ('member', 'key')),
  actor_id uuid not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  undone_at timestamptz,
  -- When the job at work last gave a sign of life.
  alive_at timestamptz not null,
  primary key (workspace_id, id)
);
create index bulks_by_actor on bulks (workspace_id, actor_id, id desc);
create index bulks_at_work on bulks (workspace_id, alive_at) where state in ('running', 'undoing');
create index bulks_by_age on bulks (workspace_id, created_at);

create table bulk_items (
  workspace_id uuid not null,
  bulk_id uuid not null,
  place integer not null,
  ticket_id uuid not null,
  -- null: still to be done.
  outcome text check (outcome in ('done', 'skipped', 'refused')),
  reason text,
  -- How the ticket stood before, and its `seq` right after: the undo's condition.
  before jsonb,
  seq_after integer,
  undo text check (undo in ('done', 'touched', 'refused')),
  primary key (workspace_id, bulk_id, place),
  foreign key (workspace_id, bulk_id) references bulks on delete cascade,
  foreign key (workspace_id, ticket_id) references tickets
);
create index bulk_items_to_do on bulk_items (workspace_id, bulk_id, place) where outcome is null;
create index bulk_items_to_undo on bulk_items (workspace_id, bulk_id, place) where outcome = 'done' and undo is null;

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['ticket_merges', 'ticket_splits', 'bulks', 'bulk_items'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I to okno_app using (workspace_id = current_setting(''okno.workspace'')::uuid)', tenant_table);
    execute format('create policy background on %I to okno_worker using (true) with check (true)', tenant_table);
  end loop;
end $$;
