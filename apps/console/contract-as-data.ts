import { pathToFileURL } from "node:url";
import * as contract from "@okno/contract";
import type { Plugin } from "vite";

type AnyRoute = { method: string; path: string };

const isRoute = (value: unknown): value is AnyRoute =>
  typeof value === "object" && value !== null && "method" in value && "path" in value;

/** What a client needs of routes: where to call. Tables, and tables of tables; undefined for anything else. */
function addresses(value: unknown): unknown {
  if (isRoute(value)) return { method: value.method, path: value.path };
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return undefined;
  const entries = Object.entries(value).map(([name, each]) => [name, addresses(each)]);
  return entries.length > 0 && entries.every(([, each]) => each !== undefined)
    ? Object.fromEntries(entries)
    : undefined;
}

/** Constants such as limits and lists of names. Schemas and functions have no place in a browser. */
function isData(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isData);
  return ["string", "number", "boolean"].includes(typeof value);
}

/** A module's data: constants, and the addresses of its routes. */
function dataOf(module: object): string {
  const lines = Object.entries(module).flatMap(([name, value]) => {
    const data = isData(value) ? value : addresses(value);
    return data === undefined ? [] : [`export const ${name} = ${JSON.stringify(data)};`];
  });
  return lines.join("\n");
}

/** The contract of a channel, kind or connector. */
const ofIsland = /\/(?:channels|kinds|connectors)\/[^/]+\/(?:[^/]*contract[^/]*|contract\/.+)\.ts$/u;

/**
 * Builds the console with the contract as plain data. Types are checked against the real contract; at run time the
 * console only needs addresses and constants, and every schema with its library would be a tenth of the first load.
 * Using a schema in the console is a build error ("not exported"), never a surprise in the browser.
 */
export function contractAsData(): Plugin {
  const id = "\0okno-contract";
  return {
    name: "okno-contract-as-data",
    enforce: "pre",
    apply: "build",
    resolveId: (source) => (source === "@okno/contract" ? id : undefined),
    async load(source) {
      if (source === id) return dataOf(contract);
      if (!ofIsland.test(source)) return undefined;
      return dataOf((await import(pathToFileURL(source).href)) as object);
    },
  };
}
