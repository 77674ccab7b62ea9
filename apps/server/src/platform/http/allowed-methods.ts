import type { FastifyInstance } from "fastify";

const literal = (part: string) => part.replace(/[.+?^${}()|[\]\\]/gu, "\\$&");

function patternOf(url: string): RegExp {
  const parts = url.split("/").map((part) => {
    if (part === "*") return ".*";
    return part.startsWith(":") ? "[^/]+" : literal(part);
  });
  return new RegExp(`^${parts.join("/")}$`, "u");
}

/** Listens to the routes as they are added; answers which methods an address takes, none for an address that is none of ours. */
export function watchMethods(app: FastifyInstance): (url: string) => string[] {
  const patterns = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  app.addHook("onRoute", ({ url, method }) => {
    const known = patterns.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    for (const each of [method].flat()) known.methods.add(each);
    patterns.set(url, known);
  });
  return (url) => {
    const path = url.split("?", 1)[0] ?? "";
    const found = [...patterns.values()].filter(({ pattern }) => pattern.test(path));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  };
}
