const refused = (what: string) => new TypeError(`${what} has no canonical JSON`);

function canonicalText(text: string): string {
  if (!text.isWellFormed()) throw refused("a lone surrogate");
  return JSON.stringify(text);
}

function canonicalObject(value: object): string {
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    // By UTF-16 code units, which is how JavaScript compares.
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${canonicalText(name)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

/**
 * The one spelling of a JSON value by RFC 8785: members sorted by UTF-16 code units, no spaces, numbers as ECMAScript writes them.
 * Members that are undefined are left out, as in `JSON.stringify`. @throws TypeError for what JSON cannot say.
 */
export function canonicalJson(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return canonicalText(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw refused(String(value));
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && [Object.prototype, null].includes(Object.getPrototypeOf(value)))
    return canonicalObject(value);
  throw refused(typeof value);
}
