import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const IGNORED_DIRECTORIES = new Set(["node_modules", "dist", "server", "fixtures"]);
const IGNORED_FILES = /\.test\.tsx?$|\.md$/;

/** Every file below the folders (or the files themselves) that a browser build may read, sorted. */
export function listSources(root, folders) {
  const found = [];
  const visit = (name) => {
    const stat = statSync(path.join(root, name), { throwIfNoEntry: false });
    if (!stat) return;
    if (!stat.isDirectory()) {
      found.push({ name, size: stat.size, mtimeMs: stat.mtimeMs });
      return;
    }
    for (const entry of readdirSync(path.join(root, name), { withFileTypes: true })) {
      const ignored = entry.isDirectory()
        ? IGNORED_DIRECTORIES.has(entry.name)
        : IGNORED_FILES.test(entry.name);
      if (!ignored) visit(`${name}/${entry.name}`);
    }
  };
  for (const folder of folders) visit(folder);
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Quick and a little too careful: a touched file counts as changed. */
export function quickFingerprint(sources) {
  return digest(sources.map(({ name, size, mtimeMs }) => `${name}\0${size}\0${mtimeMs}\n`));
}

/** Slow and exact. Asked only when the quick one differs: a checkout there and back costs no build. */
export function contentFingerprint(root, sources) {
  return digest(sources.flatMap(({ name }) => [`${name}\0`, readFileSync(path.join(root, name)), "\n"]));
}

function digest(parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}
