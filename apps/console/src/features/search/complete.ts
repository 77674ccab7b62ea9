import {
  foldSearchText,
  parseSearch,
  type SearchCompletion,
  type SearchOperator,
  searchAssignees,
  searchCompletionAt,
  searchDays,
  searchOperators,
  searchPhases,
  searchValue,
} from "@okno/contract/search-query";
import type { Locale } from "../../shared/i18n/i18n.ts";

/** What may stand after the operators, by the names that people know. */
export type Values = {
  topics: readonly string[];
  labels: readonly string[];
  people: readonly string[];
  projects: readonly string[];
  channels: readonly string[];
  /** Customers whose name or address begins with what is being typed. */
  contacts: readonly { name: string; hint: string | null }[];
};

/** One line under the field: what it is, and what is written into the query for it. */
export type Offer = {
  id: string;
  label: string;
  hint: string | undefined;
  operator: SearchOperator;
  /** Of an operator's name the caret stays behind it; after a value one goes on with the next part. */
  write: string;
};

export const operators = Object.keys(searchOperators) as SearchOperator[];
const mostOffers = 8;

const other = (locale: Locale): Locale => (locale === "ru" ? "en" : "ru");

function starts(text: string, typed: string): boolean {
  const folded = foldSearchText(text);
  const want = foldSearchText(typed);
  return folded.startsWith(want) || folded.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(want));
}

/** Operators that begin so in either language; those of the reader's own are what is offered. */
function operatorOffers(typed: string, locale: Locale): Offer[] {
  const begins = (name: string) => foldSearchText(name).startsWith(foldSearchText(typed));
  return operators.flatMap((operator): Offer[] => {
    const names = searchOperators[operator];
    const own = names[locale].some(begins);
    if (!own && !names[other(locale)].some(begins)) return [];
    const [label] = own ? names[locale] : names[other(locale)];
    return [
      { id: `operator ${operator}`, label: `${label}:`, hint: undefined, operator, write: `${label}:` },
    ];
  });
}

const isoDay = (date: Date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, "0")).join("-");

/** Named days, then the beginnings that people count from. */
function dayOffers(locale: Locale, now: Date): { name: string; hint?: string }[] {
  const days = Object.values(searchDays).map(({ days: away, ...names }) => {
    const [name] = names[locale].length > 0 ? names[locale] : names[other(locale)];
    const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() + away);
    return { name: name ?? isoDay(date), date };
  });
  const monday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - ((now.getDay() + 6) % 7));
  const month = new Date(now.getFullYear(), now.getMonth(), 1);
  const year = new Date(now.getFullYear(), 0, 1);
  const format = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" });
  const named = days.map(({ name, date }) => ({ name, hint: format.format(date) }));
  const counted = [monday, month, year].map((date) => ({ name: isoDay(date), hint: format.format(date) }));
  return [...new Map([...named, ...counted].map((day) => [day.name, day])).values()];
}

type Meaning = { ru: readonly string[]; en: readonly string[] };
const firstNames = (meanings: Readonly<Record<string, Meaning>>, locale: Locale) =>
  Object.values(meanings).flatMap((names) => names[locale].slice(0, 1));

function valuesOf(
  operator: SearchOperator,
  { values, locale, now }: { values: Values; locale: Locale; now: Date },
): { name: string; hint?: string | null }[] {
  const named = (names: readonly string[]) => [...new Set(names)].map((name) => ({ name }));
  const sorted = (names: readonly string[]) => named(names.toSorted((a, b) => a.localeCompare(b, locale)));
  switch (operator) {
    case "topic":
      return sorted(values.topics);
    case "label":
      return sorted(values.labels);
    case "assignee":
      return named([
        ...firstNames(searchAssignees, locale),
        ...values.people.toSorted((a, b) => a.localeCompare(b, locale)),
      ]);
    case "project":
      return sorted(values.projects);
    case "channel":
      return sorted(values.channels);
    case "phase":
      return named(firstNames(searchPhases, locale));
    case "after":
    case "before":
      return dayOffers(locale, now);
    case "from":
      return [...values.contacts];
  }
}

/** What may be completed at the caret, and with what. Customers are matched by the server: any part of them may fit. */
export function offersAt(
  query: string,
  caret: number,
  input: { values: Values; locale: Locale; now: Date },
): { at: SearchCompletion; offers: Offer[] } | undefined {
  const at = searchCompletionAt(query, caret);
  if (!at) return undefined;
  if (at.of === "operator") return { at, offers: operatorOffers(at.text, input.locale) };
  const { operator } = at;
  const fits = ({ name }: { name: string }) => operator === "from" || starts(name, at.text);
  const offers = valuesOf(operator, input)
    .filter(fits)
    .slice(0, mostOffers)
    .map(
      ({ name, hint }): Offer => ({
        id: `${operator} ${name} ${hint ?? ""}`,
        label: name,
        hint: hint ?? undefined,
        operator,
        write: searchValue(name),
      }),
    );
  const done = offers.length === 1 && foldSearchText(offers[0]?.label ?? "") === foldSearchText(at.text);
  return { at, offers: done ? [] : offers };
}

/** Writes an offer into the query. @returns the query and where the caret then stands */
export function accept(query: string, at: SearchCompletion, offer: Offer): { query: string; caret: number } {
  const before = query.slice(0, at.start) + offer.write + (at.of === "value" ? " " : "");
  const after = query.slice(at.end);
  return { query: before + (at.of === "value" ? after.trimStart() : after), caret: before.length };
}

/** What to look for so far: an operator that still waits for its value asks for nothing yet. */
export function askable(query: string): string {
  const last = parseSearch(query).at(-1);
  const waits = last?.as === "operator" && last.open && last.text === "";
  return (waits ? without(query, last) : query).trim();
}

/** The query without one of its parts. */
export function without(query: string, part: { start: number; end: number }): string {
  return `${query.slice(0, part.start).trimEnd()} ${query.slice(part.end).trimStart()}`.trim();
}
