import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "..");
const PARTS = ["apps", "packages", "channels", "kinds", "connectors"];

/** A miniature of the tree in which every import is allowed. */
const CLEAN: Record<string, string[]> = {
  "packages/contract/src/index.ts": ["zod", "typeid-js"],
  "packages/signing/src/index.ts": [],
  "packages/kit/src/index.ts": ["packages/contract/src/index.ts"],
  "packages/sdk/src/index.ts": ["packages/contract/src/index.ts", "packages/signing/src/index.ts"],
  "packages/ui/src/index.ts": ["react"],
  "packages/testkit/src/index.ts": ["packages/kit/src/index.ts"],
  "channels/email/server/index.ts": [
    "packages/kit/src/index.ts",
    "packages/contract/src/index.ts",
    "node:crypto",
  ],
  "channels/email/console/index.ts": ["packages/ui/src/index.ts", "packages/sdk/src/index.ts"],
  "channels/vk/server/index.ts": [],
  "kinds/order/flow.ts": ["packages/kit/src/index.ts"],
  "kinds/order/server/index.ts": ["kinds/order/flow.ts", "packages/signing/src/index.ts"],
  "kinds/order/flow.test.ts": ["kinds/order/flow.ts", "packages/testkit/src/index.ts"],
  "connectors/shop/server/index.ts": ["packages/kit/src/index.ts"],
  "apps/server/src/platform/clock.ts": [],
  "apps/server/src/modules/a/index.ts": ["apps/server/src/modules/a/inner.ts"],
  "apps/server/src/modules/a/inner.ts": [
    "apps/server/src/platform/clock.ts",
    "apps/server/src/modules/b/index.ts",
  ],
  "apps/server/src/modules/b/index.ts": ["apps/server/src/modules/b/inner.ts"],
  "apps/server/src/modules/b/inner.ts": [],
  "apps/server/src/modules/b/routes.ts": [],
  "apps/server/src/registry.ts": ["channels/email/server/index.ts", "kinds/order/server/index.ts"],
  "apps/server/src/main.ts": ["apps/server/src/registry.ts", "apps/server/src/modules/a/index.ts"],
  "apps/console/src/shared/api.ts": ["packages/sdk/src/index.ts"],
  "apps/console/src/features/inbox/list.ts": ["apps/console/src/shared/api.ts", "packages/ui/src/index.ts"],
  "apps/console/src/features/ticket/view.ts": [],
  "apps/console/src/app/registry.ts": ["channels/email/console/index.ts"],
  "apps/console/src/app/main.ts": [
    "apps/console/src/features/inbox/list.ts",
    "apps/console/src/app/registry.ts",
  ],
  "apps/widget/src/main.ts": ["preact"],
  "bench/run.ts": ["apps/server/src/modules/a/inner.ts"],
};

/** [rule that must speak, importing file, imported thing] */
const VIOLATIONS: [rule: string, from: string, to: string][] = [
  ["no-circular", "apps/server/src/platform/one.ts", "apps/server/src/platform/two.ts"],
  ["modules-without-cycles", "apps/server/src/modules/b/routes.ts", "apps/server/src/modules/a/index.ts"],
  ["nothing-imports-apps", "packages/kit/src/bad-app.ts", "apps/server/src/platform/clock.ts"],
  ["nothing-imports-apps", "connectors/shop/server/bad-app.ts", "apps/server/src/platform/clock.ts"],
  ["apps-are-islands", "apps/console/src/app/bad.ts", "apps/server/src/platform/clock.ts"],
  ["widget-stands-alone", "apps/widget/src/bad.ts", "packages/contract/src/index.ts"],
  ["only-registries-see-islands", "apps/server/src/modules/b/bad-kind.ts", "kinds/order/flow.ts"],
  ["only-registries-see-islands", "apps/server/src/bad-connector.ts", "connectors/shop/server/index.ts"],
  [
    "only-registries-see-islands",
    "apps/console/src/features/inbox/bad.ts",
    "channels/email/console/index.ts",
  ],
  ["server-sees-no-browser-half", "apps/server/src/registry.ts", "channels/email/console/index.ts"],
  ["server-sees-no-browser-half", "kinds/order/server/bad-ui.ts", "packages/ui/src/index.ts"],
  ["browser-sees-no-server-half", "apps/console/src/app/registry.ts", "channels/email/server/index.ts"],
  ["browser-sees-no-server-half", "channels/email/console/bad.ts", "channels/email/server/index.ts"],
  ["islands-see-no-islands", "channels/email/server/bad.ts", "channels/vk/server/index.ts"],
  ["islands-see-no-islands", "connectors/shop/server/bad-kind.ts", "kinds/order/flow.ts"],
  ["islands-see-kit-and-contract", "kinds/order/bad-sdk.ts", "packages/sdk/src/index.ts"],
  [
    "console-halves-also-see-ui-and-sdk",
    "channels/email/console/bad-signing.ts",
    "packages/signing/src/index.ts",
  ],
  ["bottom-packages-see-no-package", "packages/ui/src/bad.ts", "packages/contract/src/index.ts"],
  ["bottom-packages-see-no-package", "packages/contract/src/bad-kit.ts", "packages/kit/src/index.ts"],
  ["bottom-packages-see-no-package", "packages/contract/src/bad-kind.ts", "kinds/order/flow.ts"],
  ["kit-sees-only-contract", "packages/kit/src/bad.ts", "packages/ui/src/index.ts"],
  ["sdk-sees-contract-and-signing", "packages/sdk/src/bad.ts", "packages/kit/src/index.ts"],
  ["contract-needs-zod-and-typeid-only", "packages/contract/src/bad-npm.ts", "fastify"],
  ["contract-runs-everywhere", "packages/contract/src/bad-core.ts", "node:crypto"],
  ["contract-runs-everywhere", "packages/sdk/src/bad-core.ts", "node:fs"],
  ["signing-needs-nothing", "packages/signing/src/bad.ts", "zod"],
  ["platform-is-bottom", "apps/server/src/platform/bad.ts", "apps/server/src/modules/a/index.ts"],
  ["platform-is-bottom", "apps/server/src/platform/bad-registry.ts", "apps/server/src/registry.ts"],
  [
    "modules-are-wired-from-above",
    "apps/server/src/modules/b/bad-registry.ts",
    "apps/server/src/registry.ts",
  ],
  ["modules-through-index", "apps/server/src/modules/a/bad.ts", "apps/server/src/modules/b/inner.ts"],
  ["entries-through-index", "apps/server/src/bad.ts", "apps/server/src/modules/b/inner.ts"],
  [
    "features-are-islands",
    "apps/console/src/features/inbox/bad-feature.ts",
    "apps/console/src/features/ticket/view.ts",
  ],
  ["console-flows-down", "apps/console/src/features/inbox/bad-app.ts", "apps/console/src/app/main.ts"],
  ["console-flows-down", "apps/console/src/shared/bad-app.ts", "apps/console/src/app/main.ts"],
  ["console-shared-is-bottom", "apps/console/src/shared/bad.ts", "apps/console/src/features/inbox/list.ts"],
  ["products-see-no-tests", "apps/server/src/bad-test.ts", "packages/testkit/src/index.ts"],
  ["products-see-no-tests", "kinds/order/bad-test.ts", "kinds/order/flow.test.ts"],
];

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
}

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), "okno-boundaries-"));
  for (const name of [".dependency-cruiser.cjs", "tsconfig.json"])
    cpSync(path.join(ROOT, name), path.join(scratch, name));
  for (const name of ["zod", "typeid-js", "react", "preact", "fastify"]) {
    write(`node_modules/${name}/index.js`, "export {};");
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
  }
  const dependencies = Object.fromEntries(
    ["zod", "typeid-js", "react", "preact", "fastify"].map((name) => [name, "1"]),
  );
  write("package.json", JSON.stringify({ name: "miniature", type: "module", dependencies }));
  writeTree(CLEAN);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(scratch, name)), { recursive: true });
  writeFileSync(path.join(scratch, name), text);
}

function writeTree(tree: Record<string, string[]>): void {
  for (const [from, targets] of Object.entries(tree)) {
    const lines = targets.map(
      (to, index) => `import * as i${index} from "${specifier(from, to)}"; export { i${index} };`,
    );
    write(from, ["export const here = 1;", ...lines].join("\n"));
  }
}

function specifier(from: string, to: string): string {
  if (!to.endsWith(".ts")) return to;
  const relative = path.relative(path.dirname(from), to);
  return relative.startsWith(".") ? relative : `./${relative}`;
}

function cruise(): Violation[] {
  const cruiser = path.join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const args = [cruiser, "--config", ".dependency-cruiser.cjs", "--output-type", "json", ...PARTS];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: scratch,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (!stdout.startsWith("{")) throw new Error(stderr);
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

test("a tree that keeps the rules passes, and each rule catches its violations", () => {
  expect(cruise()).toEqual([]);

  const dirty: Record<string, string[]> = {
    "apps/server/src/platform/two.ts": ["apps/server/src/platform/one.ts"],
  };
  for (const [, from, to] of VIOLATIONS) dirty[from] = [...(dirty[from] ?? CLEAN[from] ?? []), to];
  writeTree(dirty);
  const found = cruise();
  const missed = VIOLATIONS.filter(
    ([rule, from, to]) => !found.some((item) => matches(item, rule, from, to)),
  );
  expect(missed).toEqual([]);
});

function matches(item: Violation, rule: string, from: string, to: string): boolean {
  if (item.rule.name !== rule) return false;
  const isFolderRule = rule === "modules-without-cycles";
  const [expectedFrom, expectedTo] = isFolderRule ? [path.dirname(from), path.dirname(to)] : [from, to];
  return item.from === expectedFrom && (item.to === expectedTo || item.to.includes(to.replace("node:", "")));
}

test("no rule goes without a violation of its own in this test", async () => {
  const config = (await import(path.join(ROOT, ".dependency-cruiser.cjs"))) as {
    default: { forbidden: { name: string }[] };
  };
  const tried = new Set(VIOLATIONS.map(([rule]) => rule));
  expect(config.default.forbidden.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
});
