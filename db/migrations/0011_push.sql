-- Push: where a person's browsers listen when the console is closed. A subscription lives as long as the session that made it.
-- Locks: none that matter, the table is new. Undo: drop it.

create table push_subscriptions (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  session_id uuid not null,
  endpoint text not null,
  -- What makes one browser's address unique, whatever its length.
  endpoint_hash bytea not null,
  p256dh text not null,
  auth text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references members on delete cascade,
  foreign key (workspace_id, session_id) references sessions on delete cascade
);
create unique index push_subscriptions_endpoint on push_subscriptions (workspace_id, endpoint_hash);
create index push_subscriptions_by_member on push_subscriptions (workspace_id, member_id);
create index push_subscriptions_by_session on push_subscriptions (workspace_id, session_id);

alter table push_subscriptions enable row level security;
alter table push_subscriptions force row level security;
create policy tenant on push_subscriptions to okno_app using (workspace_id = current_setting('okno.workspace')::uuid);
create policy background on push_subscriptions to okno_worker using (true) with check (true);
