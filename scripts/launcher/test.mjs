import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildStale } from "./build.mjs";
import { runChild } from "./child.mjs";

/** Runs every test; the last line is `N passed, N failed, N skipped`. */
export async function test(context) {
  const { args, node, root } = context;
  await buildStale(context);
  const scratch = mkdtempSync(path.join(os.tmpdir(), "okno-test-"));
  const summaryFile = path.join(scratch, "summary.json");
  try {
    const reporters = [
      "--reporter=default",
      `--reporter=${path.join(root, "scripts/launcher/summary-reporter.mjs")}`,
    ];
    const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
    const code = await runChild(node, [vitest, "run", ...reporters, ...args], {
      env: { OKNO_TEST_SUMMARY: summaryFile },
    });
    const { passed, failed, skipped } = readSummary(summaryFile);
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
    return code === 0 && failed > 0 ? 1 : code;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** No summary means that the run broke before its end: that is a failure, not zero tests. */
function readSummary(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
