import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Every workspace of the tree: name → { folder, dependencies on other workspaces }. */
export function readWorkspaces(root) {
  const workspaces = new Map();
  for (const pattern of readJson(path.join(root, "package.json")).workspaces) {
    for (const folder of expand(root, pattern)) {
      const manifest = tryReadJson(path.join(root, folder, "package.json"));
      if (manifest)
        workspaces.set(manifest.name, { folder, dependencies: Object.keys(manifest.dependencies ?? {}) });
    }
  }
  return workspaces;
}

/** The folders of a workspace and of every workspace it uses, directly or not. */
export function foldersUsedBy(name, workspaces) {
  const seen = new Set();
  const visit = (current) => {
    const workspace = workspaces.get(current);
    if (!workspace || seen.has(current)) return;
    seen.add(current);
    for (const dependency of workspace.dependencies) visit(dependency);
  };
  visit(name);
  return [...seen].map((used) => workspaces.get(used).folder).sort();
}

function expand(root, pattern) {
  if (!pattern.endsWith("/*")) return [pattern];
  const parent = pattern.slice(0, -2);
  try {
    return readdirSync(path.join(root, parent)).map((entry) => `${parent}/${entry}`);
  } catch {
    return [];
  }
}

const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

function tryReadJson(file) {
  try {
    return readJson(file);
  } catch {
    return undefined;
  }
}
