import { existsSync } from "node:fs";
import path from "node:path";

/** The bootstrap's own minimum, and what the server needs (it runs TypeScript directly). */
export const BOOTSTRAP_MAJOR = 18;
export const SERVER_MAJOR = 24;

/** Something the person at the terminal can mend; shown without a stack. */
export class LauncherError extends Error {}

export const majorOf = (version) => Number.parseInt(version.replace(/^v/, ""), 10);

export function requireBootstrapNode(version = process.version) {
  if (majorOf(version) >= BOOTSTRAP_MAJOR) return;
  throw new LauncherError(`Okno needs Node ${BOOTSTRAP_MAJOR} or newer to begin with; this is ${version}.`);
}

/** The Node that runs the server: the machine's own if it is new enough, else the one npm brought. */
export function findNode(root, machine = process) {
  if (majorOf(machine.version) >= SERVER_MAJOR) return machine.execPath;
  const packageName = `node-${machine.platform}-${machine.arch}`;
  const brought = path.join(root, "node_modules", packageName, "bin/node");
  if (existsSync(brought)) return brought;
  throw new LauncherError(
    `Okno runs on Node ${SERVER_MAJOR} or newer. This machine has ${machine.version}, and npm brought no package ` +
      `${packageName}. Install Node ${SERVER_MAJOR} from https://nodejs.org and start again.`,
  );
}
