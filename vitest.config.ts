import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "{apps,packages,channels,kinds,connectors,bench,db,scripts}/**/*.test.{ts,tsx}",
      "e2e/**/*.test.ts",
    ],
    exclude: ["**/node_modules/**", "**/dist/**"],
    globalSetup: ["apps/server/src/testing/global-setup.ts"],
    isolate: false,
    pool: "threads",
    maxWorkers: 2,
    // A busy machine is no fault: what is waited for may take its time, and only what never comes fails.
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
