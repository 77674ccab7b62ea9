import { exampleId, type IdKind, idPrefixes } from "@okno/contract";
import type { OpenApi, Operation } from "./openapi.ts";
import { type JsonSchema, resolve } from "./schemas.ts";

const texts: Record<string, string> = {
  subject: "Where is my order?",
  body: "It was to come on Tuesday.",
  name: "Anna Petrova",
  email: "anna@example.com",
  phone: "+7 912 345-67-89",
  note: "Called back, asks for Friday",
  outcome: "answered",
  timeZone: "Europe/Moscow",
  accent: "#0f766e",
  type: "webchat",
  password: "a long pass phrase",
  current: "a long pass phrase",
  next: "another long pass phrase",
  token: "01h455vb4pex5vsknk084sn02q_…",
  userAgent: "Mozilla/5.0",
  address: "203.0.113.7",
  url: "/v1/attachments/att_01h455vb4pex5vsknk084sn02q",
  state: "new",
  kind: "inquiry",
  channelType: "api",
};
const formats: Record<string, string> = {
  "date-time": "2026-03-02T09:30:00Z",
  email: "anna@example.com",
  uuid: "01890a5d-ac96-774b-bcce-b302099a8057",
};
type Schemas = Record<string, JsonSchema>;
const maxDepth = 6;

function textOf(schema: JsonSchema, name: string): string {
  const prefix = /^\^([a-z]{3})_\[/u.exec(schema.pattern ?? "")?.[1];
  const kind = (Object.keys(idPrefixes) as IdKind[]).find((each) => idPrefixes[each] === prefix);
  if (kind) return exampleId(kind);
  return texts[name] ?? formats[schema.format ?? ""] ?? "…";
}

function typeOf({ type }: JsonSchema): string | undefined {
  return Array.isArray(type) ? type.find((each) => each !== "null") : type;
}

/** A believable value of a schema. `whole`: also what need not be sent. */
export function exampleOf(
  schema: JsonSchema,
  schemas: Schemas,
  options: { whole: boolean; name?: string; depth?: number },
): unknown {
  const { whole, name = "", depth = 0 } = options;
  const it = resolve(schema, schemas);
  if (it.const !== undefined) return it.const;
  if (it.enum?.length) return it.default ?? it.enum[0];
  const variants = it.anyOf ?? it.oneOf;
  if (variants?.[0]) return exampleOf(variants[0], schemas, { whole, name, depth });
  switch (typeOf(it)) {
    case "object":
      return depth >= maxDepth ? {} : objectOf(it, schemas, { whole, depth });
    case "array":
      return whole && it.items && depth < maxDepth
        ? [exampleOf(it.items, schemas, { whole, name, depth: depth + 1 })]
        : [];
    case "integer":
    case "number":
      return it.default ?? it.minimum ?? 1;
    case "boolean":
      return it.default ?? false;
    case "string":
      return textOf(it, name);
    default:
      return null;
  }
}

function objectOf(
  schema: JsonSchema,
  schemas: Schemas,
  { whole, depth }: { whole: boolean; depth: number },
): Record<string, unknown> {
  const required = new Set(schema.required);
  const entries = Object.entries(schema.properties ?? {});
  // A body in which nothing is required says nothing: show its first field.
  const shown = entries.filter(
    ([name], index) => whole || required.has(name) || (required.size === 0 && index === 0),
  );
  return Object.fromEntries(
    shown.map(([name, value]) => [name, exampleOf(value, schemas, { whole, name, depth: depth + 1 })]),
  );
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** A call to be pasted into a shell. */
export function curlOf(
  origin: string,
  path: string,
  method: string,
  operation: Operation,
  document: OpenApi,
): string {
  const { schemas } = document.components;
  const filled = path.replace(/\{(\w+)\}/gu, (_, name: string) => {
    const parameter = operation.parameters?.find((each) => each.in === "path" && each.name === name);
    return parameter
      ? String(exampleOf(parameter.schema, schemas, { whole: false, name })).replaceAll("…", "KEY")
      : name;
  });
  const lines = [`curl ${method === "get" ? "" : `-X ${method.toUpperCase()} `}${quoted(origin + filled)}`];
  if (operation.security.some((scheme) => "bearerKey" in scheme))
    lines.push(`-H ${quoted("authorization: Bearer okno_…")}`);
  else if (operation.security.length > 0) lines.push(`-b ${quoted("okno_session=…")}`);
  const content = Object.entries(operation.requestBody?.content ?? {})[0];
  if (content?.[0] === "multipart/form-data") lines.push(`-F ${quoted("file=@photo.png")}`);
  else if (content) {
    const body = JSON.stringify(exampleOf(content[1].schema, schemas, { whole: false }));
    lines.push(`-H ${quoted(`content-type: ${content[0]}`)}`, `-d ${quoted(body)}`);
  }
  return lines.join(" \\\n  ");
}
