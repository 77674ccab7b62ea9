import { existsSync } from "node:fs";
import path from "node:path";
import { buildStale } from "./build.mjs";
import { check } from "./check.mjs";
import { runChild } from "./child.mjs";
import { dev } from "./dev.mjs";
import { LauncherError } from "./node-choice.mjs";
import { test } from "./test.mjs";

const SERVER = "apps/server/src/main.ts";
const COMMAND_LINE = "apps/server/src/cli/main.ts";
const GENERATOR = "apps/server/src/cli/gen.ts";
const BENCH = "bench/run.ts";
const SCREENS = "e2e/screens.ts";

async function start(context) {
  await buildStale(context);
  return runScript(context, SERVER, ["serve", ...context.args]);
}

async function bench(context) {
  await buildStale(context);
  return runScript(context, BENCH, context.args);
}

async function screens(context) {
  await buildStale(context);
  return runScript(context, SCREENS, context.args);
}

async function fix({ args, node, root }) {
  const biome = path.join(root, "node_modules/@biomejs/biome/bin/biome");
  const formatted = await runChild(node, [biome, "check", "--write", ...args]);
  const completed = await runChild(node, [path.join(root, "scripts/complete-lock.mjs")]);
  return formatted || completed;
}

function runScript({ node, root }, script, args) {
  if (!existsSync(path.join(root, script))) throw new LauncherError(`${script} does not exist.`);
  return runChild(node, ["--enable-source-maps", path.join(root, script), ...args]);
}

/** npm command → what it does, given { args, node, root }; each returns an exit code. */
export const commands = {
  start,
  test,
  dev,
  check,
  fix,
  gen: (context) => runScript(context, GENERATOR, context.args),
  bench,
  screens,
  okno: (context) => runScript(context, COMMAND_LINE, context.args),
};
