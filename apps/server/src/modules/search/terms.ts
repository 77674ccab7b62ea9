import { foldSearchText, type SearchPart } from "@okno/contract/search-query";
import { minSuffixDigits, rawLexeme, wholePhone, wordsOf } from "./words.ts";

/** Something to be found: queries in the language of tsquery, against the texts of a ticket and against its contact. Empty finds nothing. */
export type Term = { words: string; people: string; negated: boolean };

/** What PostgreSQL makes of a text: its lexemes with their places; none for words that are too common. */
export type Stemmed = readonly { lexeme: string; at: number }[];

/** A lexeme as a tsquery writes it. */
export function quote(lexeme: string): string {
  return `'${lexeme.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

export function either(...queries: string[]): string {
  const real = [...new Set(queries.filter(Boolean))];
  return real.length > 1 ? `(${real.join(" | ")})` : (real[0] ?? "");
}

export function all(queries: readonly string[]): string {
  return queries.length > 1 ? `(${queries.join(" & ")})` : (queries[0] ?? "");
}

const starting = (lexeme: string) => `${quote(lexeme)}:*`;

/** A beginning shorter than this would name half the dictionary. */
const minPrefixLength = 2;

function phraseOf(stemmed: Stemmed, last: (lexeme: string) => string): string {
  return stemmed
    .map(({ lexeme, at }, index) => {
      const query = index === stemmed.length - 1 ? last(lexeme) : quote(lexeme);
      const before = stemmed[index - 1];
      return before ? ` <${at - before.at}> ${query}` : query;
    })
    .join("");
}

/** Words next to each other. `open`: the last of them may be still being written. */
export function phraseQuery(text: string, stemmed: Stemmed, open: boolean): string {
  const written = wordsOf(text).at(-1) ?? "";
  const last = (lexeme: string) =>
    open && written.length >= minPrefixLength ? either(quote(lexeme), starting(written)) : quote(lexeme);
  const phrase = phraseOf(stemmed, last);
  return stemmed.length > 1 ? `(${phrase})` : phrase;
}

/** Parts of a name or address, each from its beginning. */
export function nameQuery(text: string): string {
  const words = wordsOf(text);
  return all(
    words.map((word) =>
      word.length >= minPrefixLength ? starting(rawLexeme(word)) : quote(rawLexeme(word)),
    ),
  );
}

/** An address from its beginning, letter by letter. */
function addressQuery(text: string): string {
  return starting(rawLexeme(foldSearchText(text)));
}

/** Telephones by whatever of their digits is given: all of them, the first or the last. */
export function phoneQuery(text: string): string {
  const digits = text.replace(/\D/gu, "");
  if (digits.length < minSuffixDigits) return "";
  if (text.startsWith("+")) return starting(`p${digits}`);
  if (digits.length >= 11) return quote(`p${wholePhone(digits)}`);
  const last = quote(`s${digits}`);
  if (digits.length === 10) return last;
  if (/^[78]9/u.test(digits)) return either(last, starting(`p7${digits.slice(1)}`));
  return digits.startsWith("9") ? either(last, starting(`p7${digits}`)) : last;
}

const ticketNumber = (digits: string) => quote(`#${digits.replace(/^0+(?=\d)/u, "")}`);

function numberTerm(digits: string, exact: boolean, open: boolean): Omit<Term, "negated"> {
  if (exact) return { words: ticketNumber(digits), people: "" };
  const phone = phoneQuery(digits);
  // A long number is recognised by its beginning; a short one would begin everything.
  const word = open && digits.length >= minSuffixDigits ? starting(digits) : quote(digits);
  return {
    words: either(ticketNumber(digits), word, phone),
    people: either(phone, quote(rawLexeme(digits))),
  };
}

type TextPart = Exclude<SearchPart, { as: "operator" }>;

/** The term of a part; undefined when every word of it is too common to be looked for. */
export function termOf(part: TextPart, stemmed: Stemmed): Term | undefined {
  const { negated, text, open } = part;
  if (part.as === "number") return { ...numberTerm(text, part.exact, open), negated };
  const phrase = phraseQuery(text, stemmed, part.as !== "phrase" && open);
  if (part.as === "phone") {
    const phone = phoneQuery(text);
    return { words: either(phone, phrase), people: phone, negated };
  }
  if (part.as === "email") return { words: phrase, people: either(addressQuery(text), phrase), negated };
  if (stemmed.length === 0) return undefined;
  // A phrase means these very words; a word also names that begin with it.
  return { words: phrase, people: part.as === "phrase" ? phrase : either(phrase, nameQuery(text)), negated };
}

/** A customer by name, e-mail or telephone: what stands after `from:`. */
export function customerTerm(value: string, stemmed: Stemmed, negated: boolean): Term {
  const phone = /^[\d\s()+.‐‑–—-]+$/u.test(value) ? phoneQuery(value.replace(/[^\d+]/gu, "")) : "";
  const address = value.includes("@") ? addressQuery(value) : "";
  const stems = stemmed.length > 0 ? all(stemmed.map(({ lexeme }) => quote(lexeme))) : "";
  const people = phone || address ? either(phone, address) : either(nameQuery(value), stems);
  return { words: "", people, negated };
}
