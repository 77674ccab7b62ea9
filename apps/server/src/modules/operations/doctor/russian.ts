import type pg from "pg";

/** Is a Russian word found in another form, in capitals and in quotation marks? */
export async function isWordFound(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `select to_tsvector('russian', 'Подписаны «ДОГОВОРЫ» — вчера') @@ to_tsquery('russian', 'договор')
       and to_tsvector('russian', 'Договоры')::text = '''договор'':1' as found`,
  );
  return rows[0]?.found ?? false;
}
