import { writeFileSync } from "node:fs";

/** A Vitest reporter that leaves the counts of a run in the file named by OKNO_TEST_SUMMARY. */
export default class SummaryReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const file = process.env.OKNO_TEST_SUMMARY;
    if (file) writeFileSync(file, JSON.stringify(countResults(modules, unhandledErrors)));
  }
}

/** A file that cannot be loaded, or an error outside any test, counts as one failure. */
export function countResults(modules, unhandledErrors) {
  const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
  for (const module of modules) {
    let failedTests = 0;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") counts.passed += 1;
      else if (state === "skipped") counts.skipped += 1;
      else failedTests += 1; // failed, or still pending when the run ended
    }
    counts.failed += failedTests;
    if (failedTests === 0 && !module.ok()) counts.failed += 1;
  }
  return counts;
}
