import { type SearchUnderstood, toPublicId } from "@okno/contract";
import { maxSearchParts, parseSearch, type SearchPart } from "@okno/contract/search-query";
import type { Queryable } from "../../platform/database.ts";
import type { Condition } from "./conditions.ts";
import { type Marks, marksOf, noMarks } from "./marks.ts";
import { findFaces } from "./people.ts";
import { stemTexts } from "./stem.ts";
import { customerTerm, type Stemmed, type Term, termOf } from "./terms.ts";
import { type Asker, type Meaning, meaningOf, type OperatorPart } from "./values.ts";

export type Understanding = {
  terms: Term[];
  conditions: Condition[];
  marks: Marks;
  understood: SearchUnderstood[];
  /** The number alone that was asked for: its ticket comes first. */
  number: number | undefined;
};

/** Does the caller see customers' addresses? If not, they are not searched either: finding would be telling. */
export type Reader = Asker & { seesContacts: boolean };

type Read = { term?: Term | undefined; condition?: Condition | undefined; marks: Marks } & Pick<
  Meaning,
  "values" | "problem"
>;

/** As many customers are told of after `from:`. */
const toldPeople = 5;

async function readCustomer(
  db: Queryable,
  reader: Reader,
  part: OperatorPart,
  stemmed: Stemmed,
): Promise<Read> {
  const term = customerTerm(part.text, stemmed, part.negated);
  const found = reader.seesContacts ? await findFaces(db, reader.scope, term.people, toldPeople) : [];
  const values = found.map(({ id, name, address }) => ({
    id: toPublicId("contact", id),
    name: name ?? address ?? "",
  }));
  const problem = found.length === 0 ? "unknown_value" : found.length > 1 ? "ambiguous_value" : null;
  return {
    term: reader.seesContacts ? term : { ...term, people: "" },
    marks: part.negated ? noMarks : marksOf(part, stemmed),
    values,
    problem,
  };
}

async function readPart(db: Queryable, reader: Reader, part: SearchPart, stemmed: Stemmed): Promise<Read> {
  if (part.as === "operator") {
    if (part.operator === "from" && part.text.trim() !== "") return readCustomer(db, reader, part, stemmed);
    return { ...(await meaningOf(db, reader, part)), marks: noMarks };
  }
  const term = termOf(part, stemmed);
  if (!term) return { marks: noMarks, values: [], problem: "stop_word" };
  return {
    term: reader.seesContacts ? term : { ...term, people: "" },
    marks: part.negated ? noMarks : marksOf(part, stemmed),
    values: [],
    problem: null,
  };
}

function told(
  q: string,
  part: SearchPart,
  { values, problem }: Pick<Meaning, "values" | "problem">,
): SearchUnderstood {
  const { start, end, as, negated } = part;
  const operator = part.as === "operator" ? part.operator : null;
  return { start, end, text: q.slice(start, end), as, operator, negated, values, problem };
}

function numberAlone(parts: readonly SearchPart[]): number | undefined {
  const [only] = parts;
  if (parts.length !== 1 || only?.as !== "number" || only.negated) return undefined;
  return Number(only.text);
}

/** Reads a query: what has to be found, what has to hold, and how each part was understood. */
export async function understand(db: Queryable, reader: Reader, q: string): Promise<Understanding> {
  const parts = parseSearch(q);
  const looked = parts.slice(0, maxSearchParts);
  const stemmed = await stemTexts(
    db,
    looked.map(({ text }) => text),
  );
  const read = await Promise.all(
    looked.map((part, index) => readPart(db, reader, part, stemmed[index] ?? [])),
  );
  const passedOver = { values: [], problem: "too_many_parts" as const };
  return {
    terms: read.flatMap(({ term }) => term ?? []),
    conditions: read.flatMap(({ condition }) => condition ?? []),
    marks: {
      lexemes: new Set(read.flatMap(({ marks }) => [...marks.lexemes])),
      beginnings: read.flatMap(({ marks }) => marks.beginnings),
      names: read.flatMap(({ marks }) => marks.names),
      phones: read.flatMap(({ marks }) => marks.phones),
      numbers: read.flatMap(({ marks }) => marks.numbers),
    },
    understood: parts.map((part, index) => told(q, part, read[index] ?? passedOver)),
    number: numberAlone(parts),
  };
}
