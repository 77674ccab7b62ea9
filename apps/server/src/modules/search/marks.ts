import { foldSearchText, type SearchPart } from "@okno/contract/search-query";
import type { Stemmed } from "./terms.ts";
import { phoneSpans, searchableText, wholePhone, wordsOf } from "./words.ts";

/** What is to be marked in a text that was found. */
export type Marks = {
  lexemes: ReadonlySet<string>;
  /** Beginnings of words, in every text. */
  beginnings: readonly string[];
  /** Beginnings of words, in names and addresses alone. */
  names: readonly string[];
  phones: readonly string[];
  numbers: readonly string[];
};

export const noMarks: Marks = { lexemes: new Set(), beginnings: [], names: [], phones: [], numbers: [] };

/** A beginning shorter than this is not marked. */
const minBeginning = 2;
const minPhone = 4;

export function marksOf(part: SearchPart, stemmed: Stemmed): Marks {
  const words = wordsOf(part.text);
  const last = words.at(-1) ?? "";
  const customer = part.as === "operator";
  const digits = part.text.replace(/[^\d+]/gu, "");
  const isPhone = /^[\d\s()+.‐‑–—-]+$/u.test(part.text) && digits.length >= minPhone;
  return {
    lexemes: customer ? new Set() : new Set(stemmed.map(({ lexeme }) => lexeme)),
    beginnings: part.open && !customer && part.as !== "phrase" && last.length >= minBeginning ? [last] : [],
    names: part.as === "phrase" ? [] : words.filter((word) => word.length >= minBeginning),
    phones: isPhone ? [digits] : [],
    numbers: part.as === "number" ? [part.text.replace(/^0+(?=\d)/u, "")] : [],
  };
}

type Span = { start: number; end: number };
const word = /[\p{L}\p{N}\p{M}]+/gu;

/** Words of a text that may be what is looked for: only these are worth asking PostgreSQL about. */
export function doubtfulWords(text: string, { lexemes }: Marks): string[] {
  const heads = new Set([...lexemes].map((lexeme) => lexeme.slice(0, 2)));
  return [...new Set([...text.matchAll(word)].map(([each]) => searchableText(each)))].filter((each) =>
    heads.has(each.slice(0, 2)),
  );
}

function phoneIsMarked(digits: string, wanted: string): boolean {
  const whole = wholePhone(digits);
  const bare = wanted.replace(/\D/gu, "");
  if (wanted.startsWith("+")) return whole.startsWith(bare);
  const beginnings = [bare, wholePhone(bare), `7${bare}`, bare.replace(/^8/u, "7")];
  return whole.endsWith(bare) || beginnings.some((each) => whole.startsWith(each));
}

/** Where in a text stands what was looked for. `stems`: what PostgreSQL makes of the doubtful words. */
export function spansOf(
  text: string,
  marks: Marks,
  stems: ReadonlyMap<string, readonly string[]>,
  inName = false,
): Span[] {
  const beginnings = inName ? [...marks.beginnings, ...marks.names] : marks.beginnings;
  const words = [...text.matchAll(word)]
    .filter(([each]) => {
      const folded = searchableText(foldSearchText(each));
      return (
        beginnings.some((beginning) => folded.startsWith(beginning)) ||
        (stems.get(folded) ?? []).some((lexeme) => marks.lexemes.has(lexeme))
      );
    })
    .map((found) => ({ start: found.index, end: found.index + found[0].length }));
  const phones = phoneSpans(text).filter(({ digits }) =>
    marks.phones.some((wanted) => phoneIsMarked(digits, wanted)),
  );
  return merged([...words, ...phones]);
}

function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

export type Snippet = { text: string; hit: boolean }[];

const snippetLength = 160;
const leadLength = 40;

/** A cut that splits neither a word, where there is a space at hand, nor a character. */
function cutBefore(text: string, at: number): number {
  if (at <= 0) return 0;
  const space = text.slice(at, at + 20).search(/\s/u);
  const place = space >= 0 ? at + space + 1 : at;
  return /[\udc00-\udfff]/u.test(text[place] ?? "") ? place + 1 : place;
}

function cutAfter(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.slice(Math.max(0, at - 20), at).search(/\s\S*$/u);
  const place = space >= 0 ? Math.max(0, at - 20) + space : at;
  return /[\udc00-\udfff]/u.test(text[place] ?? "") ? place - 1 : place;
}

/** A piece of a text round the first of the spans, in one line, in parts that are hits or not. */
export function snippetOf(text: string, spans: readonly Span[]): Snippet {
  const first = spans[0];
  const start = first ? Math.min(cutBefore(text, first.start - leadLength), first.start) : 0;
  const end = Math.max(
    cutAfter(text, start + snippetLength),
    Math.min(first?.end ?? 0, start + 2 * snippetLength),
  );
  const parts: Snippet = [];
  const put = (piece: string, hit: boolean) => {
    const line = piece.replace(/\s+/gu, " ");
    if (line) parts.push({ text: line, hit });
  };
  let at = start;
  if (start > 0) put("…", false);
  for (const span of spans) {
    if (span.start >= end) break;
    put(text.slice(at, span.start), false);
    put(text.slice(span.start, Math.min(span.end, end)), true);
    at = Math.min(span.end, end);
  }
  put(text.slice(at, end), false);
  if (end < text.length) put("…", false);
  return parts;
}
