import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { launchChromium } from "@okno/testkit";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../testing/index.ts";

let t: TestApp;
let browser: Browser;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const sample = (file: string) =>
  readFileSync(new URL(`../../../../../docs/integrators/samples/${file}`, import.meta.url), "utf8").trimEnd();

beforeAll(async () => {
  t = await startTestApp();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await t?.close();
});

async function onPage(
  options: Parameters<Browser["newContext"]>[0],
  run: (page: Page, context: BrowserContext) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  try {
    await run(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

type Found = { id: string; nodes: { target: unknown[]; failureSummary?: string }[] };

test.each([
  { lang: "ru", scheme: "light", width: 1280 },
  { lang: "ru", scheme: "dark", width: 360 },
  { lang: "en", scheme: "dark", width: 1280 },
  { lang: "en", scheme: "light", width: 360 },
] as const)(
  "the guides have no fault axe can find and do not scroll sideways: $lang, $scheme, $width px",
  async ({ lang, scheme, width }) => {
    await onPage({ viewport: { width, height: 900 }, colorScheme: scheme }, async (page) => {
      const blocked: string[] = [];
      // The icon is the console's, which is not served here.
      page.on("console", (message) => /policy/iu.test(message.text()) && blocked.push(message.text()));
      for (const path of ["", "/first-steps", "/compat", "/webhooks", "/errors"]) {
        await page.goto(`${t.url}/docs/${lang}${path}`);
        const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        expect(`${path} ${overflow}`).toBe(`${path} 0`);
        await page.evaluate(axe);
        const violations = (await page.evaluate(
          "axe.run({ resultTypes: ['violations'] }).then((found) => found.violations)",
        )) as Found[];
        expect(
          violations.map(({ id, nodes }) => [path, id, nodes[0]?.target, nodes[0]?.failureSummary]),
        ).toEqual([]);
      }
      expect(blocked).toEqual([]);
    });
  },
);

test("[PO-15] the button of a sample puts exactly its text into the clipboard, by keyboard too, and says so", async () => {
  await onPage({ locale: "ru-RU", permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await page.goto(`${t.url}/docs/ru/compat`);
    const copied = () => page.evaluate("navigator.clipboard.readText()");
    const block = (file: string) => page.locator(`figure[data-file="${file}"]`);

    await block("compat-create.sh").getByRole("button", { name: "Копировать" }).click();
    expect(await copied()).toBe(sample("compat-create.sh"));
    await expect.poll(() => page.getByRole("status").textContent()).toBe("Скопировано");

    await page.getByRole("radio", { name: "PHP" }).nth(1).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Копировать");
    await page.keyboard.press("Enter");
    await expect.poll(copied).toBe(sample("compat-submit.php"));
  });
});

test("one chosen language is shown in every sample, and on the next page and visit", async () => {
  await onPage({ locale: "ru-RU" }, async (page, context) => {
    await page.goto(`${t.url}/docs/ru/compat`);
    await page.locator("label", { hasText: "Python" }).nth(2).click();
    for (const file of ["compat-create", "compat-submit", "compat-callback"]) {
      expect(await page.locator(`figure[data-file="${file}.py"]`).isVisible()).toBe(true);
      expect(await page.locator(`figure[data-file="${file}.sh"]`).isVisible()).toBe(false);
    }
    const other = await context.newPage();
    await other.goto(`${t.url}/docs/en/payouts`);
    expect(await other.locator('figure[data-file="payout.py"]').isVisible()).toBe(true);
  });
});

test("without a script the tabs work, and no button is there that could do nothing", async () => {
  await onPage({ locale: "ru-RU", javaScriptEnabled: false }, async (page) => {
    await page.goto(`${t.url}/docs/ru/compat`);
    expect(await page.locator('figure[data-file="compat-create.sh"]').isVisible()).toBe(true);
    await page.locator("label", { hasText: "JavaScript" }).first().click();
    expect(await page.locator('figure[data-file="compat-create.mjs"]').isVisible()).toBe(true);
    expect(await page.locator('figure[data-file="compat-create.sh"]').isVisible()).toBe(false);
    expect(await page.locator("button.copy:visible").count()).toBe(0);
  });
});
