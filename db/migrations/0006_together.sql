-- Working together: who follows a ticket, how tickets belong together, and how members want to be seen. Presence itself is never stored.
-- Locks: a short one on `members` (new columns with constant defaults); everything else is new. Undo: drop both tables and the columns.

alter table members
  add column availability text not null default 'available' check (availability in ('available', 'busy', 'away')),
  add column availability_until timestamptz;

create table ticket_followers (
  workspace_id uuid not null,
  ticket_id uuid not null,
  member_id uuid not null,
  followed_at timestamptz not null,
  primary key (workspace_id, ticket_id, member_id),
  foreign key (workspace_id, ticket_id) references tickets,
  foreign key (workspace_id, member_id) references members on delete cascade
);
-- What somebody follows, newest ticket first.
create index ticket_followers_by_member on ticket_followers (workspace_id, member_id, ticket_id desc);

-- One link a pair of tickets: what `ticket_id` is to `other_id`. `related` goes both ways; the smaller id stands first there.
create table ticket_links (
  workspace_id uuid not null,
  ticket_id uuid not null,
  other_id uuid not null,
  kind text not null check (kind in ('related', 'duplicate_of', 'child_of')),
  linked_at timestamptz not null,
  primary key (workspace_id, ticket_id, other_id),
  foreign key (workspace_id, ticket_id) references tickets,
  foreign key (workspace_id, other_id) references tickets,
  check (ticket_id <> other_id)
);
create index ticket_links_by_other on ticket_links (workspace_id, other_id);
create unique index ticket_links_pair on ticket_links (workspace_id, least(ticket_id, other_id), greatest(ticket_id, other_id));
create unique index ticket_links_parent on ticket_links (workspace_id, ticket_id) where kind = 'child_of';

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['ticket_followers', 'ticket_links'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I to okno_app using (workspace_id = current_setting(''okno.workspace'')::uuid)', tenant_table);
    execute format('create policy background on %I to okno_worker using (true) with check (true)', tenant_table);
  end loop;
end $$;
