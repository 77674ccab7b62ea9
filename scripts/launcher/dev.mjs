import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { BROWSER_APPS, buildStale, STAMP, viteArgs, viteConfigs } from "./build.mjs";
import { childEnvironment, runChild } from "./child.mjs";

/** The server restarts and the browser apps are built anew as their sources change. */
export async function dev(context) {
  const { args, node, root } = context;
  await buildStale(context);
  const watchers = BROWSER_APPS.flatMap((app) => watch(context, `apps/${app}`));
  try {
    const server = path.join(root, "apps/server/src/main.ts");
    return await runChild(node, [
      "--watch",
      "--watch-preserve-output",
      "--enable-source-maps",
      server,
      "serve",
      ...args,
    ]);
  } finally {
    for (const watcher of watchers) watcher.kill("SIGTERM");
  }
}

function watch({ node, root }, folder) {
  // What the watcher builds is not what the last build's stamp speaks of.
  rmSync(path.join(root, folder, "dist", STAMP), { force: true });
  return viteConfigs(path.join(root, folder)).map((config) =>
    spawn(node, [...viteArgs(root, folder, config), "--watch", "--emptyOutDir=false"], {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: childEnvironment(),
    }),
  );
}
