-- The customer at hand: fields that a project defines for its contacts, and two contacts that turn out to be one person.
-- Locks: short ones on `contacts` and `tickets` (new columns without a computed default); the partial indexes begin empty.
-- Undo: drop the two tables and the new columns.

-- What a project wants to know of its customers. One taken out of use keeps its row: values given under it stay readable.
create table contact_fields (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  kind text not null check (kind in ('text', 'number', 'date', 'choice', 'boolean', 'link')),
  name text not null,
  -- What may be chosen; empty for every other kind.
  choices text[] not null default '{}',
  place integer not null,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, project_id) references projects
);
create unique index contact_fields_name on contact_fields (workspace_id, project_id, lower(name)) where archived_at is null;
create index contact_fields_by_project on contact_fields (workspace_id, project_id, place, id);

-- Values by the field's id. They are changed and versioned together with the contact.
alter table contacts add column fields jsonb not null default '{}';
-- The contact that took this one in; itself a contact that stands, or one that was taken in later.
alter table contacts add column merged_into uuid;
create index contacts_merged_into on contacts (workspace_id, merged_into) where merged_into is not null;
create index contacts_newest on contacts (workspace_id, project_id, id desc) where merged_into is null;

-- What a merge moved, so that undoing it gives back exactly that. `survivor` holds what was said of the survivor before and after: personal
-- values, and therefore here and not in the journal.
create table contact_merges (
  workspace_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  from_id uuid not null,
  into_id uuid not null,
  identities uuid[] not null,
  tickets uuid[] not null,
  survivor jsonb not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('member', 'key', 'system')),
  actor_id uuid,
  undone_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, from_id) references contacts,
  foreign key (workspace_id, into_id) references contacts
);
create unique index contact_merges_standing on contact_merges (workspace_id, from_id) where undone_at is null;
create index contact_merges_by_survivor on contact_merges (workspace_id, into_id) where undone_at is null;

-- By which identity a ticket came, also where the channel is no dialogue: when that identity goes to another contact, the ticket goes along.
alter table tickets add column arrived_by uuid;

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['contact_fields', 'contact_merges'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy tenant on %I to okno_app using (workspace_id = current_setting(''okno.workspace'')::uuid)', tenant_table);
    execute format('create policy background on %I to okno_worker using (true) with check (true)', tenant_table);
  end loop;
end $$;
