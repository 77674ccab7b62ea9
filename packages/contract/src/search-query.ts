// The language of the search box: what an operator may write, as plain data and functions. The server reads queries by it, the
// console completes and highlights by it; so nothing here may import a schema.

/** What may stand before a colon, by what it means. The first name of each language is the one that is offered. */
export const searchOperators = {
  from: { ru: ["от"], en: ["from"] },
  topic: { ru: ["тема"], en: ["topic"] },
  label: { ru: ["метка"], en: ["label"] },
  assignee: { ru: ["исполнитель"], en: ["assignee"] },
  project: { ru: ["проект"], en: ["project"] },
  channel: { ru: ["канал"], en: ["channel"] },
  phase: { ru: ["фаза"], en: ["is", "phase"] },
  after: { ru: ["после"], en: ["after"] },
  before: { ru: ["до"], en: ["before"] },
} as const;
export type SearchOperator = keyof typeof searchOperators;

/** How a phase may be called after `фаза:` and `is:`. The first of each language is the one that is offered. */
export const searchPhases = {
  open: { ru: ["открыта", "открыто", "открытые", "открыт"], en: ["open"] },
  waiting: { ru: ["ждёт", "ждут", "ожидает"], en: ["waiting"] },
  done: { ru: ["завершена", "завершено", "завершённые", "готово"], en: ["done", "completed"] },
} as const;

/** Values with a meaning of their own after `исполнитель:` and `assignee:`. */
export const searchAssignees = {
  me: { ru: ["я", "мне"], en: ["me"] },
  none: { ru: ["никто", "нет"], en: ["none", "nobody"] },
} as const;

/** Days that have a name, by how many days they are from today. */
export const searchDays = {
  today: { ru: ["сегодня"], en: ["today"], days: 0 },
  yesterday: { ru: ["вчера"], en: ["yesterday"], days: -1 },
  beforeYesterday: { ru: ["позавчера"], en: [], days: -2 },
} as const;

/** The longest query, in UTF-16 units. */
export const maxSearchLength = 500;
/** Parts beyond these are not looked for, and the answer says so. */
export const maxSearchParts = 20;

/** Where a part stands in the query: UTF-16 offsets, `end` exclusive. */
export type SearchSpan = { start: number; end: number };

/**
 * One part of a query. `text` is what is looked for: of an operator its value, of a phrase what stands inside the quotes, of a number
 * and a phone the digits. `exact`: a ticket's number was meant, not just any number. `open`: it may be still being written.
 */
export type SearchPart = SearchSpan & {
  negated: boolean;
  text: string;
  open: boolean;
} & (
    | { as: "word" | "phrase" | "phone" | "email" }
    | { as: "number"; exact: boolean }
    | { as: "operator"; operator: SearchOperator; value: SearchSpan }
  );

/** Letters as they are compared: lower case, ё as е, one spelling of each character, nothing that cannot be seen. */
export function foldSearchText(text: string): string {
  return text.normalize("NFC").toLowerCase().replaceAll("ё", "е");
}

const operatorNames: ReadonlyMap<string, SearchOperator> = new Map(
  Object.entries(searchOperators).flatMap(([operator, { ru, en }]) =>
    [...ru, ...en].map((name) => [name, operator as SearchOperator] as const),
  ),
);

/** The operator that a word before a colon names. */
export function searchOperatorNamed(name: string): SearchOperator | undefined {
  return operatorNames.get(foldSearchText(name));
}

type Meaning = { ru: readonly string[]; en: readonly string[] };

/** Finds which of several meanings a word has: `searchMeaning(searchPhases, "ждет")` is `waiting`. */
export function searchMeaning<K extends string>(
  meanings: Readonly<Record<K, Meaning>>,
  word: string,
): K | undefined {
  const folded = foldSearchText(word);
  const names = Object.entries<Meaning>(meanings);
  return names.find(([, { ru, en }]) =>
    [...ru, ...en].some((name) => foldSearchText(name) === folded),
  )?.[0] as K | undefined;
}

// Each pattern is anchored where reading stands, and none can backtrack over more than it has read once.
const blank = /[\s\p{C}]+/uy;
const operatorHead = /(\p{L}{1,20}):/uy;
const opening = /["«“„]/u;
const closing = /["»”“]/u;
const numbered = /[#№]\s{0,3}(\d{1,15})(?![\d\p{L}])/uy;
const phoneLike = /\+?\d[\d\s().‐‑–—-]{3,30}/uy;
const emailLike = /[^\s"«»“”@:]{1,64}@[^\s"«»“”@]{0,190}/uy;
const bare = /[^\s\p{C}"«»“”„]+/uy;

function match(pattern: RegExp, query: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(query) ?? undefined;
}

/** What stands in quotes at `at`; without a closing quote all the rest is meant. */
function quoted(query: string, at: number): { text: string; end: number; closed: boolean } | undefined {
  if (!opening.test(query[at] ?? "")) return undefined;
  let end = at + 1;
  while (end < query.length && !closing.test(query[end] ?? "")) end++;
  return { text: query.slice(at + 1, end), end: Math.min(end + 1, query.length), closed: end < query.length };
}

function digitsOf(text: string): string {
  return text.replace(/\D/gu, "");
}

/** A telephone: enough digits, with the signs that people put between them. A lone number or a date is none. */
function phoneAt(query: string, at: number): { text: string; end: number } | undefined {
  const found = match(phoneLike, query, at);
  if (!found) return undefined;
  const text = found[0].replace(/[\s(.‐‑–—-]+$/u, "");
  const after = query[at + text.length] ?? " ";
  if (!/[\s,;"»”)]/u.test(after) || /^(\d{4}-\d{1,2}(-\d{1,2})?|\d{1,2}\.\d{1,2}(\.\d{2,4})?)$/u.test(text))
    return undefined;
  const digits = digitsOf(text).length;
  const dashed = /^\d{2,3}[‐‑–—-]\d\d[‐‑–—-]?\d\d$/u.test(text);
  const international = text.startsWith("+") && digits >= 4;
  if (digits > 15 || (digits < 10 && !dashed && !international)) return undefined;
  return { text: (text.startsWith("+") ? "+" : "") + digitsOf(text), end: at + text.length };
}

function operatorAt(query: string, at: number, negated: boolean, start: number): SearchPart | undefined {
  const head = match(operatorHead, query, at);
  const operator = head && searchOperatorNamed(head[1] ?? "");
  if (!head || !operator) return undefined;
  const from = at + head[0].length;
  const inQuotes = quoted(query, from);
  const plain = match(bare, query, from)?.[0] ?? "";
  const phone = operator === "from" ? phoneAt(query, from) : undefined;
  const { text, end } = inQuotes ?? phone ?? { text: plain, end: from + plain.length };
  const open = end === query.length && inQuotes?.closed !== true;
  return { as: "operator", operator, text, value: { start: from, end }, start, end, negated, open };
}

function valueAt(query: string, at: number, negated: boolean, start: number): SearchPart {
  const part = (end: number) => ({ start, end, negated, open: end === query.length });
  const phrase = quoted(query, at);
  if (phrase) return { as: "phrase", text: phrase.text, ...part(phrase.end), open: !phrase.closed };
  const number = match(numbered, query, at);
  if (number) return { as: "number", text: number[1] ?? "", exact: true, ...part(at + number[0].length) };
  const phone = phoneAt(query, at);
  if (phone) return { as: "phone", text: phone.text, ...part(phone.end) };
  const email = match(emailLike, query, at);
  if (email) return { as: "email", text: email[0], ...part(at + email[0].length) };
  const word = match(bare, query, at)?.[0] ?? query.slice(at, at + 1);
  if (/^\d{1,15}$/u.test(word)) return { as: "number", text: word, exact: false, ...part(at + word.length) };
  return { as: "word", text: word, ...part(at + word.length) };
}

/** Reads a query into its parts. Never throws; what has no meaning (a lone minus, quotes with nothing in them) is no part. */
export function parseSearch(query: string): SearchPart[] {
  const parts: SearchPart[] = [];
  let at = 0;
  while (at < query.length) {
    const space = match(blank, query, at);
    if (space) {
      at += space[0].length;
      continue;
    }
    const negated = /^[-−–][^\s-]/u.test(query.slice(at, at + 2));
    const from = negated ? at + 1 : at;
    const part = operatorAt(query, from, negated, at) ?? valueAt(query, from, negated, at);
    if (part.as === "operator" || /[\p{L}\p{N}]/u.test(part.text)) parts.push(part);
    at = Math.max(part.end, at + 1);
  }
  return parts;
}

/** What may be completed where the caret stands: the name of an operator, or the value after one. `text` is what is written of it. */
export type SearchCompletion = SearchSpan & { text: string } & (
    | { of: "operator" }
    | { of: "value"; operator: SearchOperator }
  );

/** What may be completed at the caret; undefined inside quotes of a phrase, in numbers and so on. */
export function searchCompletionAt(query: string, caret: number): SearchCompletion | undefined {
  const part = parseSearch(query.slice(0, caret)).at(-1);
  if (!part || part.end < caret) return undefined;
  if (part.as === "operator") {
    if (!part.open) return undefined;
    return { of: "value", operator: part.operator, text: part.text, ...part.value };
  }
  if (part.as !== "word" || !/^\p{L}+$/u.test(part.text)) return undefined;
  return { of: "operator", text: part.text, start: part.start + (part.negated ? 1 : 0), end: part.end };
}

/** A value as it is written after an operator: in quotes where it needs them. */
export function searchValue(value: string): string {
  const plain = value.replace(/["«»“”„]/gu, " ").trim();
  return /[\s\p{C}]/u.test(plain) ? `"${plain}"` : plain;
}
