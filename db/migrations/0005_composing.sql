-- Composing: drafts kept by the server, replies held for some seconds so that they can be taken back, people named in notes.
-- Locks: short ones on `members` and `messages` for new columns with constant defaults or none; the new index on `messages` is built
-- under a lock that waits for writers, over no rows at all at first: seconds on tens of millions of messages.
-- Undo: release what is held (update messages set held_until = null), then drop the table and the columns.

create table drafts (
  workspace_id uuid not null,
  member_id uuid not null,
  ticket_id uuid not null,
  mode text not null check (mode in ('reply', 'note')),
  reply text not null,
  note text not null,
  -- Files of the author that no message names yet.
  attachments uuid[] not null,
  -- Whom the note names: kind, public id, the name as it stands in the text.
  mentions jsonb not null,
  -- Milliseconds of the clock, and always greater than before: a draft that was deleted and begun again never looks like the old one.
  version bigint not null,
  updated_at timestamptz not null,
  primary key (workspace_id, member_id, ticket_id),
  foreign key (workspace_id, member_id) references members on delete cascade,
  foreign key (workspace_id, ticket_id) references tickets
);
create index drafts_newest on drafts (workspace_id, member_id, updated_at desc, ticket_id desc);

alter table messages
  -- Not null: stored, shown to colleagues, and not yet the customer's to see. Released by a job at this instant.
  add column held_until timestamptz,
  -- While it is held: how the ticket stood before it and after it, for taking it back.
  add column undo jsonb,
  -- Whose conversation it was written in, where the channel is a dialogue: nobody else is ever shown it.
  add column recipient_id uuid,
  add column mentions jsonb;
create index messages_held on messages (workspace_id, ticket_id, seq) where held_until is not null;

alter table members
  add column undo_send_seconds smallint not null default 10 check (undo_send_seconds in (0, 5, 10, 30)),
  add column signature text not null default '';

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['drafts'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I to okno_app using (workspace_id = current_setting(''okno.workspace'')::uuid)', tenant_table);
    execute format('create policy background on %I to okno_worker using (true) with check (true)', tenant_table);
  end loop;
end $$;
