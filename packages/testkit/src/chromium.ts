import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";
import { unpackShippedChromium } from "./chromium-files.ts";

interface ChromiumProgram {
  readonly executablePath: string;
  readonly env: NodeJS.ProcessEnv;
}

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** A value of OKNO_CHROMIUM: pass over the machine's own browser. */
const SHIPPED = "shipped";

/** Tests run as root in containers, and must not phone home. */
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts a headless Chromium for tests: the one named by OKNO_CHROMIUM, else the machine's own, else the one shipped
 * in an npm package. The caller closes it.
 */
export async function launchChromium(): Promise<Browser> {
  const { executablePath, env } = await findChromium();
  return chromium.launch({ executablePath, env: env as Record<string, string>, args: ARGS, headless: true });
}

/** Where Chromium is, with the environment it needs. Throws when a browser named by OKNO_CHROMIUM does not run. */
export async function findChromium(): Promise<ChromiumProgram> {
  const named = process.env.OKNO_CHROMIUM;
  if (named === SHIPPED) return findShipped();
  if (named) {
    if (!runs(named, process.env)) throw new Error(`OKNO_CHROMIUM=${named} does not run`);
    return { executablePath: named, env: process.env };
  }
  const installed = INSTALLED.find((file) => existsSync(file) && runs(file, process.env));
  return installed ? { executablePath: installed, env: process.env } : findShipped();
}

async function findShipped(): Promise<ChromiumProgram> {
  const dir = await unpackShippedChromium();
  const executablePath = path.join(dir, "chromium");
  const env = hasFonts() ? process.env : { ...process.env, FONTCONFIG_FILE: path.join(dir, "fonts.conf") };
  if (runs(executablePath, env)) return { executablePath, env };
  const own = path.join(dir, "lib");
  const libraries = [own, ...readdirSync(own).map((name) => path.join(own, name))].join(":");
  const complete = { ...env, LD_LIBRARY_PATH: libraries };
  if (runs(executablePath, complete)) return { executablePath, env: complete };
  throw new Error(
    "No Chromium runs here. Install one (on Debian: apt-get install chromium) or name it in OKNO_CHROMIUM.",
  );
}

const hasFonts = () => existsSync("/etc/fonts/fonts.conf") || process.platform !== "linux";

function runs(file: string, env: NodeJS.ProcessEnv): boolean {
  return spawnSync(file, ["--version", "--no-sandbox"], { env, timeout: 20_000 }).status === 0;
}
