import type { Client } from "pg";

// Until a table has been analysed, the planner takes `workspace_id = $1` to be as choosy as a whole primary key, ties the two, and may
// read a workspace through by any index that begins with it: each lock, each foreign key would cost as much as there are tickets. Such
// a plan stays with its prepared statement until statistics are taken, so on a new installation under its first load for a minute or
// more. What Okno knows of its own columns is therefore said beforehand: one workspace, few projects, and keys and instants that hardly
// repeat. The first real statistics take its place. PostgreSQL before 18 cannot be told and waits for autovacuum.
const say = `
do $$
declare fact record;
begin
  if current_setting('server_version_num')::int < 180000 then
    return;
  end if;
  for fact in
    select c.relname, a.attname, case
        when a.attname = 'workspace_id' then 1
        when a.attname = 'project_id' then 2
        when a.attname = 'id' or a.atttypid = 'timestamptz'::regtype then -1
        else -0.3
      end::real as n_distinct
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not a.attisdropped
      and (a.attname in ('workspace_id', 'project_id', 'id', 'ticket_id') or a.atttypid = 'timestamptz'::regtype)
      and exists (select from pg_attribute w where w.attrelid = c.oid and w.attname = 'workspace_id')
      -- Below zero: neither analysed nor vacuumed yet.
      and pg_has_role(c.relowner, 'usage') and c.reltuples < 0
  loop
    perform pg_restore_attribute_stats('schemaname', 'public', 'relname', fact.relname::text, 'attname', fact.attname::text,
      'inherited', false, 'null_frac', 0::real, 'avg_width', 16, 'n_distinct', fact.n_distinct);
  end loop;
end $$`;

/** Tells the planner of new tables what it would learn of them in a day. Harmless to repeat; real statistics are left alone. */
export async function sayFirstStatistics(client: Client): Promise<void> {
  await client.query(say);
}
