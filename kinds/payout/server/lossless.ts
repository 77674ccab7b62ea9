// JSON whose numbers keep their text. `JSON.parse` itself reads it, and tells each number's source; before that, one pass over the
// text refuses what it would let through: a key given twice, of which it keeps the last, and nesting without end.

/** A JSON number as it was written: `100.0`, `1e-07`. */
export class JsonNumber {
  readonly lexeme: string;

  constructor(lexeme: string) {
    this.lexeme = lexeme;
  }

  toString(): string {
    return this.lexeme;
  }

  /** As text: no reader of logs or of a stored body turns it into a float. */
  toJSON(): string {
    return this.lexeme;
  }
}

export type LosslessJson =
  | string
  | boolean
  | null
  | JsonNumber
  | LosslessJson[]
  | { [key: string]: LosslessJson };

export type LosslessResult =
  | { ok: true; value: LosslessJson }
  | { ok: false; why: "too_large" | "too_deep" | "duplicate_key" | "malformed"; key?: string };

type Refusal = Extract<LosslessResult, { ok: false }>;

const tokenPattern = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gsu;

const malformed: Refusal = { ok: false, why: "malformed" };

/** The text of a JSON string: two spellings of one key (`id`, `\u0069d`) are the same key. */
function keyOf(token: string): string | undefined {
  try {
    return JSON.parse(token) as string;
  } catch {
    return undefined;
  }
}

/** The keys of each object that is open; null for an array. */
type Nesting = (Set<string> | null)[];

/** What a colon says of the key before it. Text that is no JSON may come here too. */
function keyRefusal(token: string, keys: Set<string> | null | undefined): Refusal | undefined {
  const key = keyOf(token);
  if (key === undefined || !keys) return malformed;
  if (keys.has(key)) return { ok: false, why: "duplicate_key", key: key.slice(0, 64) };
  keys.add(key);
  return undefined;
}

function findRefusal(text: string, maxDepth: number): Refusal | undefined {
  const open: Nesting = [];
  let previous = "";
  for (const [token] of text.matchAll(tokenPattern)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(null);
    else if (token === "}" || token === "]") open.pop();
    const refusal = token === ":" ? keyRefusal(previous, open.at(-1)) : undefined;
    if (refusal) return refusal;
    if (open.length > maxDepth) return { ok: false, why: "too_deep" };
    previous = token;
  }
  return undefined;
}

// The third argument of a reviver came with ES2026; its type has not arrived yet.
type Reviver = (key: string, value: unknown, context: { source: string }) => unknown;

const keepLexeme: Reviver = (_, value, { source }) =>
  typeof value === "number" ? new JsonNumber(source) : value;

/**
 * A body's JSON with each number as a `JsonNumber`. Refuses duplicate keys at any depth, more than `maxDepth` levels, and more than
 * `maxCharacters`. `__proto__` is a key like any other.
 */
export function parseLossless(
  text: string,
  { maxDepth = 16, maxCharacters = 65_536 }: { maxDepth?: number; maxCharacters?: number } = {},
): LosslessResult {
  if (text.length > maxCharacters) return { ok: false, why: "too_large" };
  const refusal = findRefusal(text, maxDepth);
  if (refusal) return refusal;
  try {
    const value = JSON.parse(text, keepLexeme as (key: string, value: unknown) => unknown) as LosslessJson;
    return { ok: true, value };
  } catch {
    return malformed;
  }
}
