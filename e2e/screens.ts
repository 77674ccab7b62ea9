import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createClient } from "@okno/sdk";
import { launchChromium } from "@okno/testkit";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { withPalette } from "./lib/palette-png.ts";
import { type Screen, screens, show } from "./lib/screens.ts";
import { adminKey, startServer } from "./lib/server-process.ts";
import { enter, furnish, type Locale, type Person, prefer, type Stage } from "./lib/stage.ts";

// `npm run screens`: pictures of every screen in both languages and themes, made from the built product and its demo.
// Give names of screens to draw these alone: `npm run screens -- inbox palette`.

const folder = fileURLToPath(new URL("../docs/screens/", import.meta.url));
const password = "okno-demo-2026";
const owner: Person = { name: "Анна Ковалёва", email: "anna@okno.example", password };
const operators: Record<Locale, Person> = {
  ru: owner,
  en: { name: "Emma Clarke", email: "emma@okno.example", password },
};
const locales = ["ru", "en"] as const;
const themes = ["light", "dark"] as const;
const sizes = {
  desk: { width: 1280, height: 800, infix: "" },
  phone: { width: 360, height: 740, infix: "-phone" },
} as const;
type Size = keyof typeof sizes;
type Look = { locale: Locale; theme: (typeof themes)[number]; size: Size };

const only = new Set(process.argv.slice(2));
for (const name of only)
  if (!screens.some((screen) => screen.name === name)) throw new Error(`There is no screen called ${name}.`);
const isDrawn = ({ name, pictures }: Screen, size: Size) =>
  (pictures === "both" || pictures === size) && (only.size === 0 || only.has(name));

function profile(browser: Browser, { locale, theme, size }: Look): Promise<BrowserContext> {
  const { width, height } = sizes[size];
  return browser.newContext({
    locale: locale === "ru" ? "ru-RU" : "en-GB",
    timezoneId: "Europe/Moscow",
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: "reduce",
  });
}

async function setStage(browser: Browser, url: string, locale: Locale): Promise<Stage> {
  const client = createClient({ baseUrl: url, key: adminKey });
  const project = (await client.projects.list()).data.find((each) => each.locale === locale);
  const channels = (await client.channels.list()).data;
  const chat = channels.find((each) => each.project === project?.id && each.type === "webchat");
  if (!project || !chat) throw new Error(`The demo has no project with a chat in ${locale}.`);
  const context = await profile(browser, { locale, theme: "light", size: "desk" });
  const operator = operators[locale];
  await enter(context, url, operator);
  const stage = await furnish({
    client,
    context,
    url,
    locale,
    owner,
    operator,
    project: project.id,
    chat: chat.publicKey,
  });
  await context.close();
  return stage;
}

async function draw(page: Page, screen: Screen, stage: Stage, look: Look): Promise<void> {
  await show(page, screen, stage);
  await page.evaluate(() => document.fonts.ready);
  // What was drawn last has had its two frames.
  await page.waitForTimeout(200);
  const name = `${screen.name}${sizes[look.size].infix}-${look.locale}-${look.theme}.png`;
  const picture = await page.screenshot({ animations: "disabled", caret: "hide", scale: "css" });
  await writeFile(join(folder, name), withPalette(picture));
  await screen.after?.(page);
}

async function drawLook(browser: Browser, stage: Stage, look: Look): Promise<number> {
  let drawn = 0;
  for (const who of ["nobody", "owner", "operator", "newcomer"] as const) {
    const wanted = screens.filter((screen) => screen.who === who && isDrawn(screen, look.size));
    if (wanted.length === 0) continue;
    const context = await profile(browser, look);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    if (who !== "nobody") {
      await enter(context, stage.url, stage[who]);
      await prefer(context, stage.url, { locale: look.locale, theme: "system" });
    }
    for (const screen of wanted)
      await draw(page, screen, stage, look).catch((error: unknown) => {
        failures.push(screen.name);
        const where = `${screen.name}, ${look.locale}, ${look.theme}, ${look.size}`;
        process.stderr.write(`Not drawn: ${where}: ${String(error)}\n`);
      });
    drawn += wanted.length;
    await context.close();
  }
  return drawn;
}

async function forgetOldPictures(): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (only.size > 0) return;
  const pictures = (await readdir(folder)).filter((name) => name.endsWith(".png") && name !== "inbox.png");
  await Promise.all(pictures.map((name) => rm(join(folder, name))));
}

const failures: string[] = [];
const dataDir = await mkdtemp(join(tmpdir(), "okno-screens-"));
const server = await startServer({ dataDir, demo: true });
const browser = await launchChromium();
try {
  await forgetOldPictures();
  let drawn = 0;
  for (const locale of locales) {
    const stage = await setStage(browser, server.url, locale);
    for (const theme of themes)
      for (const size of ["desk", "phone"] as const)
        drawn += await drawLook(browser, stage, { locale, theme, size });
  }
  // The one that the README shows.
  if (only.size === 0 || only.has("ticket"))
    await copyFile(join(folder, "ticket-en-light.png"), join(folder, "inbox.png"));
  process.stdout.write(`Drew ${drawn - failures.length} pictures into docs/screens.\n`);
  process.exitCode = failures.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
