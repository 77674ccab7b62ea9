#!/usr/bin/env node
// The one entrance of every npm command. Runs on Node 18 without dependencies: it installs what is missing, then
// runs the real program on Node 24.
import { commands } from "./launcher/commands.mjs";
import { ensureInstalled } from "./launcher/install.mjs";
import { findNode, LauncherError, requireBootstrapNode } from "./launcher/node-choice.mjs";
import { root } from "./launcher/root.mjs";

async function main([name = "", ...args]) {
  const command = commands[name];
  if (!command) throw new LauncherError(`Usage: npm run <${Object.keys(commands).join("|")}> [-- arguments]`);
  requireBootstrapNode();
  await ensureInstalled(root);
  return command({ args, node: findNode(root), root });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof LauncherError ? `\n${error.message}` : error);
  process.exitCode = 1;
}
