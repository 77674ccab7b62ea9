/** A setting of a channel as the form shows it. */
export type ConfigField = {
  name: string;
  kind: "text" | "long" | "lines" | "topics" | "boolean" | "number" | "choice";
  /** From the schema, for settings this console has no words for. */
  title: string | undefined;
  description: string | undefined;
  maxLength: number | undefined;
  maxItems: number | undefined;
  options: readonly string[];
  /** What holds while nothing is chosen. */
  standard: unknown;
};

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
const numberOf = (value: unknown) => (typeof value === "number" ? value : undefined);

/** From this length on a text deserves more than one line. */
const longFrom = 200;

/** Follows `$ref: "#/$defs/X"`; what the node says beside it wins. */
function resolve(node: unknown, root: Node): Node {
  if (!isNode(node)) return {};
  const name = textOf(node.$ref)?.match(/^#\/\$defs\/(.+)$/u)?.[1];
  const defs = root.$defs;
  const target = name !== undefined && isNode(defs) ? defs[name] : undefined;
  return target === undefined ? node : { ...resolve(target, root), ...node };
}

function kindOf(node: Node, root: Node): ConfigField["kind"] | undefined {
  if (Array.isArray(node.enum)) return "choice";
  switch (node.type) {
    case "boolean":
      return "boolean";
    case "number":
    case "integer":
      return "number";
    case "string":
      return (numberOf(node.maxLength) ?? 0) >= longFrom ? "long" : "text";
    case "array": {
      const item = resolve(node.items, root);
      if (item.type !== "string") return undefined;
      return textOf(item.pattern)?.startsWith("^top_") ? "topics" : "lines";
    }
    default:
      return undefined;
  }
}

/** The settings that a JSON Schema describes, in its order. Settings of a form this console cannot show are left as they are. */
export function configFields(schema: Readonly<Record<string, unknown>>): ConfigField[] {
  const properties = schema.properties;
  if (!isNode(properties)) return [];
  return Object.entries(properties).flatMap(([name, raw]) => {
    const node = resolve(raw, schema);
    const kind = kindOf(node, schema);
    if (!kind) return [];
    return [
      {
        name,
        kind,
        title: textOf(node.title),
        description: textOf(node.description),
        maxLength: numberOf(node.maxLength),
        maxItems: numberOf(node.maxItems),
        options: Array.isArray(node.enum) ? node.enum.filter((each) => typeof each === "string") : [],
        standard: node.default,
      },
    ];
  });
}

const isBlank = (value: unknown) => typeof value === "string" && value.trim() === "";

/** What is sent: without settings left empty, which then have their defaults, and without empty lines. */
export function filledIn(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isEmpty = (value: unknown) =>
    value === "" || value === undefined || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(
    Object.entries(config)
      .map(([name, value]) => [name, Array.isArray(value) ? value.filter((each) => !isBlank(each)) : value])
      .filter(([, value]) => !isEmpty(value)),
  );
}
