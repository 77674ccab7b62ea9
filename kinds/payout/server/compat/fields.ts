import { JsonNumber, type LosslessJson, parseLossless } from "../lossless.ts";
import { parseDate } from "./dates.ts";
import { no } from "./refusal.ts";

const mostCharacters = 16_384;

/** How much of the sender's own text is kept with a payout and given back letter by letter. */
export const mostExtra = 4096;

/** The body's text as fields. @throws CompatRefusal */
export function readFields(body: string): Fields {
  const parsed = parseLossless(body, { maxCharacters: 65_536 });
  if (!parsed.ok) {
    if (parsed.why === "duplicate_key") throw no(`\`${printable(parsed.key ?? "")}\` field is given twice`);
    if (parsed.why === "too_large") throw no("The body is too large");
    throw no("The body is not valid JSON");
  }
  const { value } = parsed;
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof JsonNumber)
    throw no("The body must be a JSON object");
  return new Fields(new Map(Object.entries(value)));
}

/** A name that somebody else made up, fit to be repeated. */
const printable = (name: string) => name.replace(/[^\w.-]/gu, "?").slice(0, 64);

const wholePattern = /^\d{1,9}$/u;

/** The fields of one call. What is absent, `null` or empty is not given; what is not asked for is ignored. */
export class Fields {
  readonly #values: ReadonlyMap<string, LosslessJson>;

  constructor(values: ReadonlyMap<string, LosslessJson>) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#given(name) !== undefined;
  }

  #given(name: string): Exclude<LosslessJson, null> | undefined {
    const value = this.#values.get(name);
    return value === null || value === "" ? undefined : value;
  }

  #required<T>(name: string, value: T | undefined): T {
    if (value === undefined) throw no(`\`${name}\` field is required`);
    return value;
  }

  text(name: string, most = 512): string | undefined {
    const value = this.#given(name);
    if (value === undefined) return undefined;
    if (typeof value !== "string") throw no(`\`${name}\` field must be a string`);
    if (value.length > mostCharacters || Buffer.byteLength(value) > most)
      throw no(`\`${name}\` field is longer than ${most} bytes`);
    // The database holds neither, and half a character would not come back as it went in.
    if (value.includes("\0") || !value.isWellFormed()) throw no(`\`${name}\` field is not well-formed text`);
    return value;
  }

  /** Whatever text stands there, or none: for what is looked at before anything is asked for. */
  textOrNothing(name: string): string {
    const value = this.#given(name);
    return typeof value === "string" ? value.slice(0, 512) : "";
  }

  requiredText(name: string, most?: number): string {
    return this.#required(name, this.text(name, most));
  }

  oneOf<T extends string>(name: string, options: readonly T[]): T {
    const value = this.requiredText(name);
    const found = options.find((option) => option === value);
    if (found === undefined)
      throw no(`\`${name}\` field must be ${options.map((option) => `\`${option}\``).join(" or ")}`);
    return found;
  }

  /** A number with its own spelling, or the text of one. */
  decimal(name: string): JsonNumber | string | undefined {
    const value = this.#given(name);
    if (value === undefined || value instanceof JsonNumber) return value;
    if (typeof value !== "string") throw no(`\`${name}\` field must be a number`);
    return value;
  }

  requiredDecimal(name: string): JsonNumber | string {
    return this.#required(name, this.decimal(name));
  }

  /** A whole number; forms of shops send it as text. */
  whole(name: string, { least, most }: { least: number; most: number }): number | undefined {
    const value = this.#given(name);
    if (value === undefined) return undefined;
    const text = value instanceof JsonNumber ? value.lexeme : value;
    const number = typeof text === "string" && wholePattern.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most))
      throw no(`\`${name}\` field must be a whole number from ${least} to ${most}`);
    return number;
  }

  requiredWhole(name: string, bounds: { least: number; most: number }): number {
    return this.#required(name, this.whole(name, bounds));
  }

  flag(name: string): boolean | undefined {
    const value = this.#given(name);
    if (value !== undefined && typeof value !== "boolean")
      throw no(`\`${name}\` field must be true or false`);
    return value;
  }

  /** A choice of what is shown; one known client sends it as text. */
  lenientFlag(name: string): boolean {
    const value = this.#given(name);
    if (value === "true" || value === "false") return value === "true";
    return this.flag(name) ?? false;
  }

  texts(name: string, most: number): string[] {
    const value = this.#required(name, this.#given(name));
    if (!Array.isArray(value) || value.length > most || !value.every((each) => typeof each === "string"))
      throw no(`\`${name}\` field must be a list of at most ${most} strings`);
    return value as string[];
  }

  instant(name: string): Date | undefined {
    const text = this.text(name);
    const at = text === undefined ? undefined : parseDate(text);
    if (text !== undefined && !at)
      throw no(`\`${name}\` field must be a time such as \`2023-01-31 23:59:59\``);
    return at;
  }
}
