import { z } from "zod";

/** A JSON Schema as it stands in the document. */
export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  additionalProperties?: boolean | JsonSchema;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  format?: string;
  pattern?: string;
  description?: string;
  "x-personal"?: true;
  [keyword: string]: unknown;
};

const pointer = "#/components/schemas/";

// JSON has no integers of its own: these two bounds only say "exact in a double".
const safeBounds = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };

function clean(schema: JsonSchema, io: "input" | "output"): void {
  delete schema.id;
  if (schema.personal === true) schema["x-personal"] = true;
  delete schema.personal;
  for (const [keyword, bound] of Object.entries(safeBounds))
    if (schema[keyword] === bound) delete schema[keyword];
  // An answer may gain fields; what is not documented in a body is ignored.
  if (schema.additionalProperties === false) delete schema.additionalProperties;
  if (io === "output") delete schema.default;
}

const bare = (schema: unknown) => JSON.stringify(schema).replaceAll("#/$defs/", pointer);

/** Collects named schemas while routes are described, so that each is written once. */
export type Components = {
  /** The schema as a reference to its component, or in place where it has no name. */
  refer(schema: z.ZodType, io: "input" | "output"): JsonSchema;
  all(): Record<string, JsonSchema>;
};

/** @throws when two schemas of different forms claim one name. */
export function createComponents(): Components {
  const texts = new Map<string, string>();

  function keep(name: string, text: string): void {
    const known = texts.get(name);
    if (known !== undefined && known !== text) throw new Error(`two schemas are called ${name}`);
    texts.set(name, text);
  }

  function refer(schema: z.ZodType, io: "input" | "output"): JsonSchema {
    // Inside an object the schema itself becomes a reference, too.
    const { $defs = {}, properties } = z.toJSONSchema(z.object({ value: schema }), {
      io,
      unrepresentable: "any",
      override: ({ jsonSchema }) => clean(jsonSchema as JsonSchema, io),
    });
    for (const [name, definition] of Object.entries($defs)) keep(name, bare(definition));
    return JSON.parse(bare(properties?.value ?? {})) as JsonSchema;
  }

  return {
    refer,
    all: () =>
      Object.fromEntries(
        [...texts]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, text]) => [name, JSON.parse(text) as JsonSchema]),
      ),
  };
}

/** Follows a reference. */
export function resolve(schema: JsonSchema, components: Record<string, JsonSchema>): JsonSchema {
  if (!schema.$ref) return schema;
  const { $ref, ...beside } = schema;
  return { ...resolve(components[$ref.slice(pointer.length)] ?? {}, components), ...beside };
}

/** The name a reference points at. */
export function refName({ $ref }: JsonSchema): string | undefined {
  return $ref?.slice(pointer.length);
}
