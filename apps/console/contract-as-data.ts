import * as contract from "@okno/contract";
import { routes } from "@okno/contract";
import type { Plugin } from "vite";

type AnyRoute = { method: string; path: string };

/** What a client needs of a route: where to call. */
function addresses(): Record<string, Record<string, AnyRoute>> {
  const groups = Object.entries(routes).map(([group, table]) => [
    group,
    Object.fromEntries(
      Object.entries(table as Record<string, AnyRoute>).map(([name, { method, path }]) => [
        name,
        { method, path },
      ]),
    ),
  ]);
  return Object.fromEntries(groups);
}

/** Constants such as limits and lists of names. Schemas and functions have no place in a browser. */
function isData(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isData);
  return ["string", "number", "boolean"].includes(typeof value);
}

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
    load: (source) => {
      if (source !== id) return undefined;
      const constants = Object.entries(contract).filter(([, value]) => isData(value));
      const lines = constants.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`);
      return [...lines, `export const routes = ${JSON.stringify(addresses())};`].join("\n");
    },
  };
}
