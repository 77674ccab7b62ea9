import { expect, test } from "vitest";
import { findChromium, launchChromium } from "./chromium.ts";

test("a real Chromium starts, runs scripts and lays out Russian text", async () => {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.setContent("<!doctype html><p id=p style='display:inline-block'>Заявка принята</p>");
    const width = await page.evaluate(() => document.getElementById("p")?.getBoundingClientRect().width ?? 0);
    expect(width).toBeGreaterThan(40);
    expect((await page.screenshot()).byteLength).toBeGreaterThan(1000);
  } finally {
    await browser.close();
  }
});

test("the Chromium that npm brought runs on this machine, whether or not another one is installed", async () => {
  const before = process.env.OKNO_CHROMIUM;
  process.env.OKNO_CHROMIUM = "shipped";
  try {
    expect((await findChromium()).executablePath).toMatch(/chromium-[\d.]+\/chromium$/);
    const browser = await launchChromium();
    const page = await browser.newPage();
    await page.setContent("<p>Привет</p>");
    expect(await page.textContent("p")).toBe("Привет");
    await browser.close();
  } finally {
    if (before === undefined) delete process.env.OKNO_CHROMIUM;
    else process.env.OKNO_CHROMIUM = before;
  }
});
