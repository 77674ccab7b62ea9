import { foldSearchText } from "@okno/contract/search-query";

// What of a text is searchable, beside the words that PostgreSQL's Russian configuration stems (Latin ones as English). Lexemes that no
// stemming touches wear a sign: `#` a ticket's number, `p` a whole telephone, `s` a telephone's last digits, `=` a word of a name or address.

/** Words alone, divided by single spaces: what stands between them must not make the parser see hosts, paths or signed numbers. */
export function searchableText(text: string): string {
  return foldSearchText(text)
    .replace(/[\u0300-\u036f\u00ad\u200b-\u200d]+/gu, "")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trim();
}

/** The words of a text, as they are compared. */
export function wordsOf(text: string): string[] {
  return searchableText(text).split(" ").filter(Boolean);
}

const minPhoneDigits = 7;
const usualPhoneDigits = 10;
const maxPhoneDigits = 15;
/** The fewest last digits by which a telephone is found. */
export const minSuffixDigits = 4;

/** Digits as they are stored: Russian numbers with their country. */
export function wholePhone(digits: string): string {
  if (digits.length === 11 && digits.startsWith("8")) return `7${digits.slice(1)}`;
  return digits.length === usualPhoneDigits && digits.startsWith("9") ? `7${digits}` : digits;
}

export function phoneLexemes(digits: string): string[] {
  const whole = wholePhone(digits);
  const suffixes = [];
  for (let length = minSuffixDigits; length <= Math.min(usualPhoneDigits, whole.length); length++)
    suffixes.push(`s${whole.slice(-length)}`);
  return [`p${whole}`, ...suffixes];
}

/** Where a text has telephones: runs of digits with the signs that people put between them. */
export type PhoneSpan = { start: number; end: number; digits: string };

const phoneRun = /\+?\d[\d \t\u00a0().‐‑–—-]{5,60}/gu;
const digitsOf = (text: string) => text.replace(/\D/gu, "");

// Two telephones may stand side by side: groups are taken together until they make one.
function phonesIn(run: string, at: number): PhoneSpan[] {
  const groups = [...run.matchAll(/[^ \t\u00a0]+/gu)];
  const found: PhoneSpan[] = [];
  let digits = "";
  let start = 0;
  let end = 0;
  const keep = () => {
    if (digits.length >= minPhoneDigits && digits.length <= maxPhoneDigits)
      found.push({ start: at + start, end: at + end, digits });
    digits = "";
  };
  for (const group of groups) {
    const more = digitsOf(group[0]);
    if (digits.length >= usualPhoneDigits || digits.length + more.length > maxPhoneDigits) keep();
    if (digits === "") start = group.index;
    digits += more;
    end = group.index + group[0].replace(/[().‐‑–—-]+$/u, "").length;
  }
  keep();
  return found;
}

export function phoneSpans(text: string): PhoneSpan[] {
  return [...text.matchAll(phoneRun)].flatMap((run) => phonesIn(run[0], run.index));
}

/** A text cannot make its row grow without limit by listing numbers. */
const maxPhonesPerText = 200;

/** What of a text is looked for letter by letter. */
export function signsOf(text: string): string[] {
  return [
    ...new Set(
      phoneSpans(text)
        .slice(0, maxPhonesPerText)
        .flatMap(({ digits }) => phoneLexemes(digits)),
    ),
  ];
}

/** The longest piece of a name that is kept: an index entry has its limits. */
const maxRawLength = 100;

/** A word of a name or address, to be found by its beginning. */
export function rawLexeme(word: string): string {
  return `=${[...word].slice(0, maxRawLength).join("")}`;
}

export type SearchableContact = {
  name: string | null;
  identities: readonly { kind: string; value: string }[];
};

/** A contact's searchable text, and its signs. Identities that only a channel can read are not looked for. */
export function contactVector({ name, identities }: SearchableContact): { text: string; signs: string[] } {
  const emails = identities.filter(({ kind }) => kind === "email").map(({ value }) => value);
  const phones = identities.filter(({ kind }) => kind === "phone").map(({ value }) => digitsOf(value));
  const texts = [name ?? "", ...emails];
  const signs = [
    ...texts.flatMap(wordsOf).map(rawLexeme),
    ...emails.map((email) => rawLexeme(foldSearchText(email))),
    ...phones.filter(Boolean).flatMap(phoneLexemes),
  ];
  // Words of different addresses are kept apart, so that no phrase is found across them.
  return { text: texts.map(searchableText).filter(Boolean).join(" "), signs: [...new Set(signs)] };
}
