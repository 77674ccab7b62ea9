import { type Queryable, statement } from "../../platform/database.ts";
import type { Stemmed } from "./terms.ts";
import { searchableText } from "./words.ts";

const stem = statement(
  "search.stem",
  `select w.place::int, l.lexeme, p.at::int from unnest($1::text[]) with ordinality w (text, place)
   cross join lateral unnest(to_tsvector('russian', w.text)) l cross join lateral unnest(l.positions) p (at) order by 1, 3`,
);

/** What PostgreSQL makes of each text, exactly as it did when the texts to be searched were written down. */
export async function stemTexts(db: Queryable, texts: readonly string[]): Promise<Stemmed[]> {
  if (texts.length === 0) return [];
  const rows = await db.query<{ place: number; lexeme: string; at: number }>(stem, [
    texts.map(searchableText),
  ]);
  const byPlace = Map.groupBy(rows, ({ place }) => place);
  return texts.map((_, index) => byPlace.get(index + 1) ?? []);
}
