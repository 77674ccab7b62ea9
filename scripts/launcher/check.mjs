import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { buildStale } from "./build.mjs";
import { childEnvironment } from "./child.mjs";

const SOURCES = ["apps", "packages", "channels", "kinds", "connectors"];

/** Everything a tool can say about the tree. All steps run; every failure is shown, not only the first. */
export async function check(context) {
  await buildStale(context);
  let failed = 0;
  for (const step of steps(context.root)) {
    const started = Date.now();
    const { code, output } = await runQuietly(context, step.args);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`${code === 0 ? "ok  " : "FAIL"} ${step.name} (${seconds} s)`);
    if (code === 0) continue;
    failed += 1;
    console.log(`${output.trimEnd()}\n`);
  }
  if (failed > 0) console.log(`${failed} of the checks failed.`);
  return failed === 0 ? 0 : 1;
}

function steps(root) {
  const tool = (file) => path.join(root, "node_modules", file);
  const has = (file) => existsSync(path.join(root, file));
  const sources = SOURCES.filter(has);
  const all = [
    { name: "types", args: [tool("typescript7/bin/tsc"), "-p", "tsconfig.json", "--noEmit"] },
    has("apps/widget/tsconfig.json") && {
      name: "types of the widget",
      args: [tool("typescript7/bin/tsc"), "-p", "apps/widget/tsconfig.json", "--noEmit"],
    },
    has("apps/console/service-worker/tsconfig.json") && {
      name: "types of the service worker",
      args: [tool("typescript7/bin/tsc"), "-p", "apps/console/service-worker/tsconfig.json", "--noEmit"],
    },
    { name: "lint and format", args: [tool("@biomejs/biome/bin/biome"), "check", "--error-on-warnings"] },
    {
      name: "boundaries",
      args: [
        tool("dependency-cruiser/bin/dependency-cruiser.mjs"),
        "--config",
        ".dependency-cruiser.cjs",
        ...sources,
      ],
    },
    { name: "nothing unused", args: [tool("knip/bin/knip.js"), "--no-progress", "--no-config-hints"] },
    { name: "lock file", args: [path.join(root, "scripts/complete-lock.mjs"), "--check"] },
    has("apps/server/src/cli/gen.ts") && {
      name: "generated files",
      args: [path.join(root, "apps/server/src/cli/gen.ts"), "--check"],
    },
    has("scripts/check-sizes.mjs") && {
      name: "bundle sizes",
      args: [path.join(root, "scripts/check-sizes.mjs")],
    },
  ];
  return all.filter(Boolean);
}

function runQuietly({ node, root }, args) {
  return new Promise((resolve) => {
    const child = spawn(node, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: childEnvironment(),
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    child.on("error", (error) => resolve({ code: 1, output: error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
