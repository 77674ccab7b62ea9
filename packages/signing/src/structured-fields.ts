// What RFC 9421 and RFC 9530 need of structured fields (RFC 9651): dictionaries of inner lists and of byte sequences, read
// strictly. Where the standard lets the last of two equal keys win, this reader refuses: two readers could disagree.
import { fromBase64, toBase64 } from "./base64.ts";

export type BareItem = string | number | boolean | Uint8Array | Token;
export type ItemParameters = readonly (readonly [key: string, value: BareItem])[];
export type Item = { value: BareItem; parameters: ItemParameters };
export type InnerList = { items: readonly Item[]; parameters: ItemParameters };
export type Member = Item | InnerList;

/** A structured field's token, which is not the same as the string of its letters. */
export class Token {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

class Malformed extends Error {}

const mostCharacters = 8192;

const patterns = {
  key: /[a-z*][a-z0-9_.*-]*/uy,
  string: /"((?:[ !#-[\]-~]|\\["\\])*)"/uy,
  integer: /-?\d{1,15}(?![\d.])/uy,
  bytes: /:([A-Za-z0-9+/=]*):/uy,
  boolean: /\?([01])/uy,
  token: /[A-Za-z*][!#$%&'*+.^_`|~\w:/-]*/uy,
  spaces: / */uy,
  blanks: /[ \t]*/uy,
};

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get ended(): boolean {
    return this.#at === this.#text.length;
  }

  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) return undefined;
    this.#at = pattern.lastIndex;
    return found[1] ?? found[0];
  }

  skip(character: string): boolean {
    const there = this.#text[this.#at] === character;
    if (there) this.#at += 1;
    return there;
  }

  need(pattern: RegExp): string {
    const taken = this.take(pattern);
    if (taken === undefined) throw new Malformed();
    return taken;
  }

  peek(): string {
    return this.#text[this.#at] ?? "";
  }
}

function readBytes(reader: Reader): Uint8Array {
  const bytes = fromBase64(reader.need(patterns.bytes));
  if (!bytes) throw new Malformed();
  return bytes;
}

function readBareItem(reader: Reader): BareItem {
  const first = reader.peek();
  if (first === '"') return reader.need(patterns.string).replace(/\\(.)/gu, "$1");
  if (first === ":") return readBytes(reader);
  if (first === "?") return reader.need(patterns.boolean) === "1";
  if (/[-\d]/u.test(first)) return Number(reader.need(patterns.integer));
  return new Token(reader.need(patterns.token));
}

function readParameters(reader: Reader): ItemParameters {
  const parameters: [string, BareItem][] = [];
  while (reader.skip(";")) {
    reader.take(patterns.spaces);
    const key = reader.need(patterns.key);
    if (parameters.some(([other]) => other === key)) throw new Malformed();
    parameters.push([key, reader.skip("=") ? readBareItem(reader) : true]);
  }
  return parameters;
}

const readItem = (reader: Reader): Item => ({
  value: readBareItem(reader),
  parameters: readParameters(reader),
});

function readInnerList(reader: Reader): InnerList {
  const items: Item[] = [];
  for (;;) {
    const spaces = reader.need(patterns.spaces);
    if (reader.skip(")")) return { items, parameters: readParameters(reader) };
    if (items.length > 0 && spaces === "") throw new Malformed();
    items.push(readItem(reader));
  }
}

function readMember(reader: Reader): Member {
  if (!reader.skip("=")) return { value: true, parameters: readParameters(reader) };
  return reader.skip("(") ? readInnerList(reader) : readItem(reader);
}

function readDictionary(reader: Reader): Map<string, Member> {
  const members = new Map<string, Member>();
  reader.take(patterns.spaces);
  for (;;) {
    const key = reader.need(patterns.key);
    if (members.has(key)) throw new Malformed();
    members.set(key, readMember(reader));
    reader.take(patterns.blanks);
    if (reader.ended) return members;
    if (!reader.skip(",")) throw new Malformed();
    reader.take(patterns.blanks);
  }
}

function reading<T>(text: string, read: (reader: Reader) => T): T | undefined {
  if (text.length > mostCharacters) return undefined;
  try {
    return read(new Reader(text));
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** The members of a dictionary in their order; undefined if it is empty, malformed, longer than 8192 characters, or names a key twice. */
export const parseDictionary = (text: string): Map<string, Member> | undefined =>
  reading(text, readDictionary);

/** The string of a field such as `Idempotency-Key: "…"`; undefined if it is none, or has parameters. */
export const parseString = (text: string): string | undefined =>
  reading(text, (reader) => {
    const value = reader.need(patterns.string).replace(/\\(.)/gu, "$1");
    return reader.ended ? value : undefined;
  });

/** @throws RangeError for text outside printable ASCII, a number that is not whole or has more than 15 digits */
export function serializeBareItem(value: BareItem): string {
  if (value instanceof Uint8Array) return `:${toBase64(value)}:`;
  if (value instanceof Token) return value.text;
  if (typeof value === "boolean") return value ? "?1" : "?0";
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || Math.abs(value) >= 1e15)
      throw new RangeError("A whole number, 15 digits");
    return String(value);
  }
  if (!/^[ -~]*$/u.test(value)) throw new RangeError("Printable ASCII only");
  return `"${value.replace(/["\\]/gu, "\\$&")}"`;
}

const serializeParameters = (parameters: ItemParameters) =>
  parameters
    .map(([key, value]) => (value === true ? `;${key}` : `;${key}=${serializeBareItem(value)}`))
    .join("");

export const serializeItem = ({ value, parameters }: Item): string =>
  serializeBareItem(value) + serializeParameters(parameters);

export const serializeInnerList = ({ items, parameters }: InnerList): string =>
  `(${items.map(serializeItem).join(" ")})${serializeParameters(parameters)}`;
