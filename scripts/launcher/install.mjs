import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LauncherError } from "./node-choice.mjs";

const STAMP = "node_modules/.okno-installed";
const LAST_LINES = 20;

/** Runs `npm ci` unless node_modules already is what package-lock.json says. */
export async function ensureInstalled(root) {
  const wanted = wantedStamp(root);
  if (readStamp(root) === wanted) return;
  if (!isInstalled(root)) {
    const started = Date.now();
    console.log("Installing packages (the first time takes a minute or so)…");
    await installPackages(root);
    console.log(`Packages installed in ${Math.round((Date.now() - started) / 1000)} s.`);
  }
  // A read-only installation, made by somebody else, only costs the longer comparison each time.
  if (existsSync(path.join(root, "node_modules"))) tryWrite(path.join(root, STAMP), wanted);
}

/** node_modules of another machine (a copied folder) is not ours either. */
export function wantedStamp(root, { platform, arch } = process) {
  const lock = readFileSync(path.join(root, "package-lock.json"));
  return `${createHash("sha256").update(lock).digest("hex")} ${platform}-${arch}\n`;
}

function readStamp(root) {
  try {
    return readFileSync(path.join(root, STAMP), "utf8");
  } catch {
    return undefined;
  }
}

/** Compares the lock file with the list that npm itself keeps in node_modules: somebody may have run npm by hand. */
export function isInstalled(root, { platform, arch } = process) {
  const wanted = readPackages(path.join(root, "package-lock.json"));
  const present = readPackages(path.join(root, "node_modules/.package-lock.json"));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([name, item]) => {
    if (name === "" || !name.includes("node_modules/")) return true; // the workspaces themselves
    if (!fits(item.os, platform) || !fits(item.cpu, arch)) return true;
    const found = present[name];
    if (!found) return item.optional === true || item.peer === true || item.devOptional === true;
    return found.version === item.version && existsSync(path.join(root, name));
  });
}

/** npm's `os` and `cpu` fields: a name or a list of names, or of names ruled out. */
export function fits(allowed, value) {
  if (allowed === undefined) return true;
  const list = [allowed].flat();
  const isRuledOut = list.includes(`!${value}`);
  return (
    !isRuledOut &&
    (list.includes(value) || list.includes("any") || list.every((entry) => entry.startsWith("!")))
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

function tryWrite(file, text) {
  try {
    writeFileSync(file, text);
  } catch (error) {
    if (!["EACCES", "EROFS", "EPERM"].includes(error.code)) throw error;
  }
}

/** Nothing we use needs an install script, so none runs. Old Nodes draw engine warnings that mean nothing here. */
const NPM_FLAGS = [
  "--no-audit",
  "--no-fund",
  "--ignore-scripts",
  "--include=dev",
  "--include=optional",
  "--loglevel=error",
];

async function installPackages(root) {
  const exact = await npm(root, ["ci", ...NPM_FLAGS]);
  if (exact.code === 0) return;
  // `npm ci` also refuses a lock file that merely lacks optional packages of other platforms. `npm install` takes the
  // same versions from the lock file and, told not to save, leaves it alone.
  if (!/code EUSAGE/.test(exact.output)) throw failure("npm ci", exact);
  console.log("package-lock.json is incomplete; installing what it has with npm install…");
  const tolerant = await npm(root, ["install", "--no-save", ...NPM_FLAGS]);
  if (tolerant.code !== 0) throw failure("npm install", tolerant);
}

function failure(command, { code, output }) {
  const last = output.trim().split("\n").slice(-LAST_LINES).join("\n");
  return new LauncherError(`"${command}" failed (exit code ${code}). Its last lines:\n\n${last}`);
}

function npm(root, npmArgs) {
  // npm_execpath is npm's own JavaScript file when npm started us.
  const own = process.env.npm_execpath?.endsWith(".js") ? process.env.npm_execpath : undefined;
  const [program, args] = own ? [process.execPath, [own, ...npmArgs]] : ["npm", npmArgs];
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    child.on("error", (error) => reject(new LauncherError(`npm could not be started: ${error.message}`)));
    child.on("close", (code, signal) => resolve({ code: code ?? signal, output }));
  });
}
