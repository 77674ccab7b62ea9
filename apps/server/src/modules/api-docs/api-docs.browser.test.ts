import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { launchChromium } from "@okno/testkit";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../testing/index.ts";

let t: TestApp;
let browser: Browser;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

beforeAll(async () => {
  t = await startTestApp();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await t?.close();
});

type Found = { id: string; nodes: { target: unknown[]; failureSummary?: string }[] };

const looks = [
  { lang: "ru", scheme: "light", width: 1280 },
  { lang: "en", scheme: "dark", width: 360 },
] as const;

test.each(looks)(
  "the documentation has no fault axe can find and does not scroll sideways: $lang, $scheme, $width px",
  async ({ lang, scheme, width }) => {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: scheme,
    });
    try {
      const page = await context.newPage();
      const blocked: string[] = [];
      page.on("console", (message) => message.type() === "error" && blocked.push(message.text()));
      await page.goto(`${t.url}/docs/reference?lang=${lang}`);
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      expect(overflow).toBeLessThanOrEqual(0);
      expect(blocked).toEqual([]);
      await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      // All routes are drawn by one template: a dozen opened fields of the first ones stand for the rest.
      await page.evaluate(
        "document.querySelectorAll('details').forEach((each, i) => { each.open = i < 10 })",
      );
      await page.evaluate(
        "document.querySelectorAll('.resource').forEach((each, i) => { if (i > 2) each.remove() })",
      );
      await page.evaluate(axe);
      const violations = (await page.evaluate(
        "axe.run({ resultTypes: ['violations'] }).then((found) => found.violations)",
      )) as Found[];
      expect(
        violations.map(({ id, nodes }) => [id, nodes.length, nodes[0]?.target, nodes[0]?.failureSummary]),
      ).toEqual([]);
    } finally {
      await context.close();
    }
  },
);
