import { foldSearchText } from "@okno/contract/search-query";
import { otherLayout } from "../../shared/text/other-layout.ts";

export type Ranked<T> = { item: T; score: number };

const wordsOf = (query: string) => foldSearchText(query).split(/\s+/u).filter(Boolean);

const isLetter = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);

/**
 * How well one word sits in a text: at its start 0, at the start of a word 1, inside one 2; half a point more where it is
 * only the beginning of a longer word. Undefined if it is nowhere.
 */
function place(text: string, word: string): number | undefined {
  const at = text.indexOf(word);
  if (at === -1) return undefined;
  for (let from = at; from !== -1; from = text.indexOf(word, from + 1))
    if (!isLetter(text[from - 1]))
      return (from === 0 ? 0 : 1) + (isLetter(text[from + word.length]) ? 0.5 : 0);
  return 2;
}

const keywordCost = 3;
const layoutCost = 8;

function scoreOf(text: string, keywords: string, words: readonly string[]): number | undefined {
  let total = text === words.join(" ") ? -1 : 0;
  for (const word of words) {
    const inText = place(text, word);
    const inKeywords = inText === undefined ? place(keywords, word) : undefined;
    if (inText === undefined && inKeywords === undefined) return undefined;
    total += inText ?? keywordCost + (inKeywords ?? 0);
  }
  return total;
}

/**
 * Items that hold every word of the query, the best first and otherwise in the given order. A query typed in the wrong
 * layout is understood too, after everything that was found as typed.
 */
export function rank<T>(
  items: readonly T[],
  query: string,
  words: (item: T) => { text: string; keywords?: string | undefined },
): Ranked<T>[] {
  const asTyped = wordsOf(query);
  const swapped = wordsOf(otherLayout(query));
  if (asTyped.length === 0) return [];
  return items
    .flatMap((item): Ranked<T>[] => {
      const said = words(item);
      const text = foldSearchText(said.text);
      const keywords = foldSearchText(said.keywords ?? "");
      const plain = scoreOf(text, keywords, asTyped);
      if (plain !== undefined) return [{ item, score: plain }];
      const other = scoreOf(text, keywords, swapped);
      return other === undefined ? [] : [{ item, score: other + layoutCost }];
    })
    .sort((a, b) => a.score - b.score);
}
