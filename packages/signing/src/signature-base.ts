// RFC 9421, sections 2 and 2.5: which parts of a request are signed, and the text they make together.
import { type InnerList, serializeInnerList, serializeItem } from "./structured-fields.ts";

/** A request as its client sent it. `url` is absolute: behind a proxy the server builds it from its public address. */
export type SignedRequest = {
  method: string;
  url: string;
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  body: string | Uint8Array;
};

export type BaseResult =
  | { ok: true; base: string }
  | { ok: false; reason: "unsupported_component" | "component_absent" | "unsafe_value"; component: string };

type Target = { method: string; scheme: string; authority: string; path: string; query: string };

// The path and the query stay as they were written: `URL` would tidy what the client has signed.
const absolute = /^(?<scheme>https?):\/\/(?<host>[^/?#]*)(?<path>[^?#]*)(?<query>\?[^#]*)?$/iu;

function targetOf({ method, url }: SignedRequest): Target {
  const { scheme = "", path = "", query = "" } = absolute.exec(url)?.groups ?? {};
  if (scheme === "") throw new TypeError("A signed request's url is an absolute http(s) address");
  // `host` is in lower case and without a default port: so the standard wants it.
  return { method, scheme: scheme.toLowerCase(), authority: new URL(url).host, path: path || "/", query };
}

const derived: Record<string, (target: Target) => string> = {
  "@method": ({ method }) => method,
  "@target-uri": ({ scheme, authority, path, query }) => `${scheme}://${authority}${path}${query}`,
  "@authority": ({ authority }) => authority,
  "@scheme": ({ scheme }) => scheme,
  "@request-target": ({ path, query }) => path + query,
  "@path": ({ path }) => path,
  "@query": ({ query }) => query || "?",
};

const fieldName = /^[a-z0-9!#$%&'*+.^_`|~-]+$/u;

/** A field's values in one line, each without blanks around it. */
function fieldValue(headers: SignedRequest["headers"], name: string): string | undefined {
  const own = Object.keys(headers).filter((key) => key.toLowerCase() === name);
  const values = own.flatMap((key) => headers[key] ?? []);
  if (values.length === 0) return undefined;
  return values.map((value) => value.replace(/[ \t]*\r\n[ \t]+/gu, " ").trim()).join(", ");
}

function componentValue(request: SignedRequest, target: Target, name: string): string | undefined {
  return name.startsWith("@") ? derived[name]?.(target) : fieldValue(request.headers, name);
}

const isSupported = (name: string) => Object.hasOwn(derived, name) || fieldName.test(name);

/**
 * The text to sign for the covered components and parameters. Pure: sign it by whatever means.
 * Components with parameters of their own (`;sf`, `;key`, `;req` …) and those of answers are not supported.
 * @throws TypeError if the request's url is no absolute address
 */
export function signatureBase(request: SignedRequest, covered: InnerList): BaseResult {
  const target = targetOf(request);
  const lines: string[] = [];
  for (const item of covered.items) {
    const component = typeof item.value === "string" ? item.value : "";
    if (item.parameters.length > 0 || !isSupported(component))
      return { ok: false, reason: "unsupported_component", component };
    const value = componentValue(request, target, component);
    if (value === undefined) return { ok: false, reason: "component_absent", component };
    // A line break would let a value pretend to be the next component.
    if (!/^[\t -~]*$/u.test(value)) return { ok: false, reason: "unsafe_value", component };
    lines.push(`${serializeItem(item)}: ${value}`);
  }
  lines.push(`"@signature-params": ${serializeInnerList(covered)}`);
  return { ok: true, base: lines.join("\n") };
}
