import { readFileSync } from "node:fs";
import AxeBuilder from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ContextOptions, newPage, type Okno, startOkno } from "../lib/okno.ts";
import { type Screen, screens, show } from "../lib/screens.ts";
import { enter, furnish, type Locale, prefer, type Stage } from "../lib/stage.ts";

let okno: Okno;
let stage: Stage;
beforeAll(async () => {
  okno = await startOkno();
  const { client, project } = okno;
  for (const name of ["Возврат", "Доставка", "Счёт"])
    await client.tickets.create({
      body: {
        subject: name,
        body: "Жду третий день. Смотрите https://example.com",
        contact: { name, email: "anna@example.com" },
      },
    });
  await client.topics.create({ body: { project, name: "Отзывы" } });
  await client.channels.create({ body: { project, type: "form", name: "Форма" } });
  const chat = await client.channels.create({ body: { project, type: "webchat", name: "Чат" } });
  const { context } = await newPage(okno.browser);
  await enter(context, okno.server.url, okno.owner);
  stage = await furnish({
    client,
    context,
    url: okno.server.url,
    locale: "ru",
    owner: okno.owner,
    operator: okno.owner,
    project,
    chat: chat.publicKey,
  });
  await context.close();
});
afterAll(() => okno.close());

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AxeBuilder.source);
  return page.evaluate(async () => {
    const axe = (
      window as unknown as {
        axe: {
          run(options: unknown): Promise<{
            violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
          }>;
        };
      }
    ).axe;
    const found = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${JSON.stringify(node.target)} ${node.failureSummary ?? ""}`),
    );
  });
}

/** What sticks out of the window sideways, when the page as a whole does. */
function wider(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const out = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > width + 1,
    );
    return out
      .slice(0, 8)
      .map(
        (element) =>
          `${element.tagName} "${(element.textContent ?? "").slice(0, 40)}" ends at ${Math.round(element.getBoundingClientRect().right)} of ${width}: ${element.className}`,
      );
  });
}

/** Whatever can be said of every screen that axe does not ask: one main part, a name in the tab, one live region of the console. */
function unnamed(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wrong: string[] = [];
    const mains = [...document.querySelectorAll("main")].filter((each) => each.checkVisibility());
    if (mains.length !== 1) wrong.push(`${mains.length} main parts`);
    if (document.title.trim() === "") wrong.push("the page has no title");
    return wrong;
  });
}

async function lookAt(page: Page, screen: Screen, at: Stage): Promise<string[]> {
  await show(page, screen, at);
  const wrong = [...(await violations(page)), ...(await wider(page)), ...(await unnamed(page))];
  await screen.after?.(page);
  return wrong.map((each) => `${screen.name}: ${each}`);
}

type Look = Required<Pick<ContextOptions, "locale" | "theme" | "width">> & { often: boolean };

// The gate looks at every screen in two opposite looks, and at those that people see all day in the other two as well. `npm test` alone
// takes half of that: each screen in one of the two.
const everyLook = process.env.OKNO_ALL_LOOKS === "1";
const looks: Look[] = [
  { locale: "ru-RU", theme: "light", width: 1440, often: false },
  { locale: "en-GB", theme: "dark", width: 360, often: false },
  { locale: "en-GB", theme: "light", width: 768, often: true },
  { locale: "ru-RU", theme: "dark", width: 1280, often: true },
];

/** Does this run look at the screen so? */
function isLookedAt(screen: Screen, look: Look): boolean {
  if (screen.demo) return false;
  if (look.often) return everyLook && screen.often === true;
  return everyLook || screens.indexOf(screen) % 2 === looks.indexOf(look);
}

for (const look of everyLook ? looks : looks.slice(0, 2))
  test(`axe finds nothing, and nothing is wider than the page: ${look.locale}, ${look.theme}, ${look.width} px`, async () => {
    const locale: Locale = look.locale === "ru-RU" ? "ru" : "en";
    const wrong: string[] = [];
    for (const who of ["nobody", "owner", "operator", "newcomer"] as const) {
      const wanted = screens.filter((each) => each.who === who && isLookedAt(each, look));
      const { context, page } = await newPage(okno.browser, look);
      if (who !== "nobody") {
        await enter(context, stage.url, stage[who]);
        await prefer(context, stage.url, { locale, theme: "system" });
      }
      for (const screen of wanted)
        wrong.push(
          ...(await lookAt(page, screen, { ...stage, locale }).catch((error: unknown) => [
            `${screen.name}: ${String(error)}`,
          ])),
        );
      await context.close();
    }
    expect(wrong).toEqual([]);
  }, 120_000);

test("axe finds nothing on the sign-in page, and a wrong password is answered beside the field", async () => {
  const { context, page } = await newPage(okno.browser);
  await page.goto(`${okno.server.url}/sign-in`);
  await page.locator('input[type="email"]').fill(okno.owner.email);
  await page.locator('input[type="password"]').fill("not the password");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").first().waitFor();
  expect(await violations(page)).toEqual([]);
  await context.close();
});

/** What the `?` sheet lists: id → title and keys. */
async function listed(page: Page): Promise<Map<string, { title: string; keys: string[] }>> {
  await page.keyboard.press("Shift+Slash");
  await page.locator("[data-command]").first().waitFor();
  const lines = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("[data-command]")].map((line) => ({
      id: line.dataset.command ?? "",
      title: line.querySelector("dt")?.textContent ?? "",
      keys: [...line.querySelectorAll("dd > span > .sr-only")].map((each) => each.textContent ?? ""),
    })),
  );
  await page.keyboard.press("Escape");
  await page.locator("[data-command]").first().waitFor({ state: "detached" });
  return new Map(lines.map(({ id, ...line }) => [id, line]));
}

/** Keys that are there for a moment only: while words are selected, and after many tickets were changed at once. */
const fleeting = {
  ru: ["Отменить: Shift Z", "Цитировать выделенное: Q"],
  en: ["Quote the selection: Q", "Undo: Shift Z"],
};

const aTicket = (name: string, address: string): Screen => ({
  name,
  who: "operator",
  address: () => address,
  pictures: "none",
  before: (page) => page.getByTestId("message").first().waitFor(),
});

/** All that has a key, in the places where one works. */
async function everyKey(page: Page): Promise<string[]> {
  const found: string[] = [];
  const { client } = okno;
  const [fresh, done] = [
    await client.tickets.create({ body: { subject: "Новая", body: "Новая" } }),
    await client.tickets.create({ body: { subject: "Готово", body: "Готово" } }),
  ];
  await client.actions.complete({ params: { id: done.id }, body: {} });
  const places = ["inbox", "bulk", "ticket", "ticket-reply", "search"];
  const walk = [
    ...screens.filter(({ name }) => places.includes(name)),
    aTicket("fresh", `/inbox/unassigned/${fresh.id}`),
    aTicket("done", `/inbox/completed/${done.id}`),
  ];
  for (const screen of walk) {
    await show(page, screen, stage);
    // The keys of the `?` sheet do not work in a field.
    if (await page.evaluate(() => document.activeElement?.matches("input, textarea")))
      await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    // Saved views have their numbers, and names of their own.
    for (const { title, keys } of (await listed(page)).values())
      if (keys.length > 0 && !/^G \d$/u.test(keys.join())) found.push(`${title}: ${keys.join(", ")}`);
  }
  return found;
}

for (const [language, locale] of [
  ["ru", "ru-RU"],
  ["en", "en-GB"],
] as const)
  test(`the operator's guide (${language}) tells the keys as they are`, async () => {
    const { context, page } = await newPage(okno.browser, { locale, width: 1600 });
    await enter(context, stage.url, stage.owner);
    await prefer(context, stage.url, { locale: language });
    const guide = readFileSync(
      new URL(`../../docs/guides/operator.${language}.md`, import.meta.url),
      "utf8",
    ).replace(/^[\s\S]*\n## /u, "");
    const told = [...guide.matchAll(/^\| ([^|`]+?) +\| (`[^|]+`) +\|$/gmu)].map(
      ([, title = "", keys = ""]) => `${title}: ${keys.replaceAll("`", "")}`,
    );
    const real = [...new Set([...(await everyKey(page)), ...fleeting[language]])];
    expect(told.sort()).toEqual(real.sort());
    await context.close();
  }, 180_000);

test("what changes by itself is said in the page's one live region; another screen names itself and takes the focus", async () => {
  const { context, page } = await newPage(okno.browser);
  await enter(context, stage.url, stage.operator);
  await prefer(context, stage.url, { locale: "ru" });
  const ticket = screens.find(({ name }) => name === "ticket");
  if (!ticket) throw new Error("there is no screen of a ticket");
  await show(page, ticket, stage);
  const said = page.getByTestId("announcer");
  expect(await page.title()).toContain(stage.words.subject);

  const other = await newPage(okno.browser);
  await enter(other.context, stage.url, stage.newcomer);
  await show(other.page, ticket, stage);
  await expect.poll(() => said.textContent(), { timeout: 30_000 }).toBe(`${stage.words.newcomer} смотрит`);
  await other.context.close();

  await page.keyboard.press("KeyG");
  await page.keyboard.press("KeyS");
  await page.waitForURL(/\/settings/u);
  await expect.poll(() => said.textContent(), { timeout: 5_000 }).toBe("Профиль · Настройки");
  expect(await page.title()).toBe("Профиль · Настройки · Okno");
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
  await context.close();
});
