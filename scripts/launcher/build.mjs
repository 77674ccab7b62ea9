import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runChild } from "./child.mjs";
import { contentFingerprint, listSources, quickFingerprint } from "./fingerprint.mjs";
import { LauncherError } from "./node-choice.mjs";
import { foldersUsedBy, readWorkspaces } from "./workspaces.mjs";

export const BROWSER_APPS = ["console", "widget"];
export const STAMP = ".okno-build.json";

/** Builds the browser apps whose sources have changed since their last build. */
export async function buildStale({ root, node }) {
  const workspaces = readWorkspaces(root);
  for (const app of BROWSER_APPS) {
    const folder = `apps/${app}`;
    const configs = viteConfigs(path.join(root, folder));
    if (configs.length === 0) continue;
    const sources = listSources(root, [...foldersUsedBy(`@okno/${app}`, workspaces), "package-lock.json"]);
    const stamp = freshStamp(root, folder, sources);
    if (stamp === undefined) continue;
    const started = Date.now();
    console.log(`Building ${folder}…`);
    for (const config of configs) await build({ root, node }, folder, config);
    writeStamp(root, folder, stamp);
    console.log(`Built ${folder} in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  }
}

/** `vite.config.ts` first (it empties dist), then further ones such as `vite.loader.config.ts`. */
export function viteConfigs(folder) {
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).filter((name) => /^vite(\..+)?\.config\.ts$/.test(name));
  return found.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

export const viteArgs = (root, folder, config) => [
  path.join(root, "node_modules/vite/bin/vite.js"),
  "build",
  folder,
  "--config",
  `${folder}/${config}`,
  "--logLevel",
  "warn",
];

/** What to write after a build; undefined when the last build still stands. */
export function freshStamp(root, folder, sources) {
  const quick = quickFingerprint(sources);
  const last = readStamp(root, folder);
  if (last?.quick === quick) return undefined;
  const content = contentFingerprint(root, sources);
  if (last?.content !== content) return { quick, content };
  writeStamp(root, folder, { quick, content });
  return undefined;
}

async function build({ root, node }, folder, config) {
  const code = await runChild(node, viteArgs(root, folder, config), { cwd: root });
  if (code !== 0) throw new LauncherError(`Building ${folder} (${config}) failed; the lines above say why.`);
}

function readStamp(root, folder) {
  try {
    return JSON.parse(readFileSync(path.join(root, folder, "dist", STAMP), "utf8"));
  } catch {
    return undefined;
  }
}

export function writeStamp(root, folder, stamp) {
  mkdirSync(path.join(root, folder, "dist"), { recursive: true });
  writeFileSync(path.join(root, folder, "dist", STAMP), `${JSON.stringify(stamp)}\n`);
}
