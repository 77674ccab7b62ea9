import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readWorkspaces } from "./launcher/workspaces.mjs";

const root = path.resolve(import.meta.dirname, "..");
type Manifest = Partial<Record<"dependencies" | "devDependencies" | "optionalDependencies", object>>;

const readJson = <T>(file: string) => JSON.parse(readFileSync(path.join(root, file), "utf8")) as T;

/** Packages from outside that some package.json of the tree names. */
function namedPackages(): string[] {
  const folders = [".", ...[...readWorkspaces(root).values()].map(({ folder }) => folder as string)];
  const names = folders.flatMap((folder) => {
    const manifest = readJson<Manifest>(`${folder}/package.json`);
    const groups = [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies];
    return groups.flatMap((group) => Object.keys(group ?? {}));
  });
  return [...new Set(names)].filter((name) => !name.startsWith("@okno/")).sort();
}

/** Lines of the tables: name, licence, what for, why. */
function describedPackages(): { name: string; licence: string; cells: string[] }[] {
  const lines = readFileSync(path.join(root, "docs/dependencies.md"), "utf8").split("\n");
  return lines
    .filter((line) => line.startsWith("| `"))
    .map((line) => {
      const cells = line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim());
      return { name: cells[0]?.replaceAll("`", "") ?? "", licence: cells[1] ?? "", cells };
    });
}

test("every dependency has one line in docs/dependencies.md, and every line names a dependency", () => {
  expect(
    describedPackages()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(namedPackages());
});

test("each line says what the package is for, why this one, and under which licence", () => {
  const described = describedPackages();
  expect(described.filter(({ cells }) => cells.length !== 4 || cells.includes(""))).toEqual([]);
  // Packages for other platforms are not installed here.
  const installed = described.filter(({ name }) => existsSync(path.join(root, "node_modules", name)));
  expect(installed.length).toBeGreaterThan(0);
  const actual = installed.map(({ name }) => {
    const { license } = readJson<{ license?: string }>(`node_modules/${name}/package.json`);
    return { name, licence: license };
  });
  expect(installed.map(({ name, licence }) => ({ name, licence }))).toEqual(actual);
});
