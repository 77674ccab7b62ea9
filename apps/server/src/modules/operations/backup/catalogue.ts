import type pg from "pg";
import { OperationError } from "../operation-error.ts";
import { quoted } from "../sql-client.ts";

export type Table = {
  name: string;
  /** Columns that hold data; generated ones are computed again. */
  columns: readonly string[];
  /** An order that depends on the rows alone, not on the database's collation: equal rows give equal bytes. */
  orderBy: string;
  /** Rows are hidden even from the owner. */
  forcedSecurity: boolean;
  /** Tables that must be there before this one. */
  needs: readonly string[];
};

const tablesSql = `
  select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as "forcedSecurity",
    array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = '' order by a.attnum) as columns,
    array(select a.attname::text from pg_index i cross join lateral unnest(i.indkey) with ordinality k (attnum, place)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
      where i.indrelid = c.oid and i.indisprimary order by k.place) as key,
    array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and a.attcollation <> 0) as texts,
    array(select distinct t.relname::text from pg_constraint f join pg_class t on t.oid = f.confrelid
      where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migrations'
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
  order by c.relname collate "C"`;

type TableRow = Omit<Table, "orderBy"> & { key: string[]; texts: string[] };

function orderOf({ key, columns, texts }: TableRow): string {
  if (key.length === 0) return columns.map((column) => `${quoted(column)}::text collate "C"`).join(", ");
  return key.map((column) => quoted(column) + (texts.includes(column) ? ' collate "C"' : "")).join(", ");
}

/** All tables with data, those that others refer to first. */
export async function readTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<TableRow>(tablesSql);
  const waiting = new Map(rows.map((row) => [row.name, { ...row, orderBy: orderOf(row) }]));
  const ordered: Table[] = [];
  while (waiting.size > 0) {
    const next = [...waiting.values()].find(({ needs }) => needs.every((name) => !waiting.has(name)));
    if (!next)
      throw new OperationError(
        `these tables refer to each other in a circle: ${[...waiting.keys()].join(", ")}`,
      );
    waiting.delete(next.name);
    ordered.push(next);
  }
  return ordered;
}

/** The last value each sequence gave out; null for one that was never used. */
export async function readSequences(client: pg.Client): Promise<Record<string, number | null>> {
  const { rows } = await client.query<{ name: string; last: string | number | null }>(
    "select sequencename as name, last_value as last from pg_sequences where schemaname = 'public' order by 1",
  );
  return Object.fromEntries(rows.map(({ name, last }) => [name, last === null ? null : Number(last)]));
}

/** Has the database nothing in it, neither Okno's nor another program's? The list of migrations alone is what a failed first start leaves. */
export async function isEmptyDatabase(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    `select 1 from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
       and c.relname <> 'migrations'
       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e') limit 1`,
  );
  return rows.length === 0;
}
