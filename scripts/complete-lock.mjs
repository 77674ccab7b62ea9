// Adds to package-lock.json what npm leaves out when the registry at hand (a mirror) carries the packages of one
// platform only: the optional packages of the others. Without them `npm ci` calls the lock file out of date.
// With --check it only says whether something is missing. Part of `npm run fix` and `npm run check`.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const SYSTEMS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const PROCESSORS = [
  "arm",
  "arm64",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "wasm32",
  "x64",
];
const LIBRARIES = { gnu: "glibc", gnueabihf: "glibc", musl: "musl", musleabihf: "musl" };

/** Entries for every optional dependency that the lock file names and does not hold: { "node_modules/…": entry }. */
export function missingEntries(packages) {
  const missing = {};
  for (const [where, item] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(item.optionalDependencies ?? {})) {
      if (isHeld(packages, where, name) || !/^\d/.test(version)) continue;
      missing[`node_modules/${name}`] = describe(name, version, item.dev === true);
    }
  }
  return missing;
}

const isHeld = (packages, where, name) =>
  packages[`${where}/node_modules/${name}`] !== undefined || packages[`node_modules/${name}`] !== undefined;

/** The platform stands in the name, as in `@scope/tool-linux-arm64-musl`. */
function describe(name, version, dev) {
  const words = name.replace(/^@[^/]+\//, "").split("-");
  const system = words.find((word) => SYSTEMS.includes(word));
  const processor = words.find((word) => PROCESSORS.includes(word));
  const library = words.map((word) => LIBRARIES[word]).find(Boolean);
  return {
    version,
    ...(processor && { cpu: [processor] }),
    ...(dev && { dev: true }),
    ...(library && { libc: [library] }),
    optional: true,
    ...(system && { os: [system] }),
  };
}

function main() {
  const file = path.join(path.dirname(fileURLToPath(import.meta.url)), "../package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8"));
  const missing = missingEntries(lock.packages);
  const names = Object.keys(missing);
  if (names.length === 0) return;
  if (process.argv.includes("--check")) {
    console.log(
      `package-lock.json lacks ${names.length} packages of other platforms; "npm run fix" adds them:`,
    );
    console.log(names.join("\n"));
    process.exitCode = 1;
    return;
  }
  const entries = Object.entries({ ...lock.packages, ...missing });
  lock.packages = Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b, "en")));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`Added ${names.length} packages of other platforms to package-lock.json.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
