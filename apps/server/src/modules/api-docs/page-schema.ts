import { type Html, html } from "@okno/kit";
import { type JsonSchema, refName, resolve } from "./schemas.ts";
import type { Words } from "./words.ts";

type Schemas = Record<string, JsonSchema>;
/** `sent`: the schema of what a caller sends, where it matters what must be there. */
export type SchemaContext = { schemas: Schemas; words: Words; sent: boolean };

/** Deeper than any answer of ours: stops a schema that contains itself. */
const maxDepth = 7;

const isNull = (schema: JsonSchema) => schema.type === "null";

/** A short name of a schema's type, such as `Ticket`, `string · null`, `array of string`. */
export function typeName(schema: JsonSchema, context: SchemaContext): string {
  const name = refName(schema);
  if (name) return name;
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants)
    return [...new Set(variants.map((each) => typeName(each, context)))].join(` ${context.words.or} `);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.items && schema.type === "array") return `array of ${typeName(schema.items, context)}`;
  const type = Array.isArray(schema.type)
    ? schema.type.join(` ${context.words.or} `)
    : (schema.type ?? "any");
  return schema.format ? `${type} · ${schema.format}` : type;
}

function limitsOf(schema: JsonSchema, { words, schemas }: SchemaContext): string[] {
  const it = resolve(schema, schemas);
  const { minLength, maxLength, minimum, maximum, maxItems, minItems } = it as Record<
    string,
    number | undefined
  >;
  const range = (low: number | undefined, high: number | undefined) => {
    if (low === undefined) return high === undefined ? [] : [`≤ ${high}`];
    return [high === undefined ? `≥ ${low}` : `${low}…${high}`];
  };
  return [
    ...range(minLength, maxLength),
    ...range(minimum, maximum),
    ...range(minItems, maxItems),
    ...(it.default === undefined ? [] : [`${words.default} ${JSON.stringify(it.default)}`]),
  ];
}

/** Allowed values, description and limits of one field. */
export function fieldNotes(schema: JsonSchema, context: SchemaContext): Html {
  const it = resolve(schema, context.schemas);
  const values = it.enum?.map(
    (value, index) => html`${index > 0 ? " " : ""}<code>${JSON.stringify(value)}</code>`,
  );
  const limits = limitsOf(schema, context);
  return html`${it.description && html`<p class="note" lang="en">${it.description}</p>`}${
    values && html`<p class="values">${values}</p>`
  }${limits.length > 0 && html`<p class="limits">${limits.join(" · ")}</p>`}`;
}

/** What of a schema can be opened: its own properties, or those of what it holds. */
function inner(schema: JsonSchema, schemas: Schemas): JsonSchema[] {
  const it = resolve(schema, schemas);
  if (it.properties) return [it];
  if (it.items) return inner(it.items, schemas);
  return [...(it.anyOf ?? it.oneOf ?? [])]
    .filter((each) => !isNull(each))
    .flatMap((each) => inner(each, schemas));
}

function field(
  name: string,
  schema: JsonSchema,
  required: boolean,
  context: SchemaContext,
  depth: number,
): Html {
  const { words, schemas } = context;
  const personal = resolve(schema, schemas)["x-personal"];
  const children = depth < maxDepth ? inner(schema, schemas) : [];
  const type = typeName(schema, context);
  return html`<li><div class="field"><code class="name">${name}</code> <span class="type" lang="en">${type}</span>${
    required && context.sent && html` <span class="mark">${words.required}</span>`
  }${personal && html` <span class="mark personal">${words.personal}</span>`}</div>${fieldNotes(schema, context)}${
    children.length > 0 &&
    html`<details><summary>${type}</summary>${children.map((child) => fields(child, context, depth + 1))}</details>`
  }</li>`;
}

function fields(schema: JsonSchema, context: SchemaContext, depth: number): Html {
  const required = new Set(schema.required);
  const entries = Object.entries(schema.properties ?? {});
  if (entries.length === 0) return html`<p class="limits"><code>{}</code></p>`;
  return html`<ul class="tree">${entries.map(([name, value]) => field(name, value, required.has(name), context, depth))}</ul>`;
}

/** The tree of a body or answer: fields that hold others open on demand, without a script. */
export function schemaTree(schema: JsonSchema, context: SchemaContext): Html {
  const opened = inner(schema, context.schemas);
  if (opened.length === 0)
    return html`<p><span class="type" lang="en">${typeName(schema, context)}</span></p>${fieldNotes(schema, context)}`;
  const { or } = context.words;
  return html`${opened.map((each, index) => html`${index > 0 && html`<p class="or">${or}</p>`}${fields(each, context, 0)}`)}`;
}
