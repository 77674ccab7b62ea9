import AxeBuilder from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ContextOptions, newPage, type Okno, startOkno } from "../lib/okno.ts";

let okno: Okno;
let ticket: string;
beforeAll(async () => {
  okno = await startOkno();
  const made = await okno.client.tickets.create({
    body: {
      subject: "Где мой заказ №15",
      body: "Жду третий день. Смотрите https://example.com",
      contact: { name: "Анна", email: "anna@example.com", phone: "+7 900 000-00-01" },
    },
  });
  ticket = made.id;
  await okno.client.messages.add({ params: { id: ticket }, body: { body: "Проверяем" } });
  await okno.client.messages.add({
    params: { id: ticket },
    body: { body: "Спросить склад", visibility: "internal" },
  });
  await okno.client.topics.create({ body: { project: okno.project, name: "Отзывы" } });
  await okno.client.labels.create({ body: { project: okno.project, name: "Важно", hue: "red", weight: 50 } });
  await okno.client.channels.create({ body: { project: okno.project, type: "webchat", name: "Чат" } });
  await okno.client.channels.create({ body: { project: okno.project, type: "form", name: "Форма" } });
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

const screens = () => [
  "/inbox/mine",
  "/inbox/unassigned",
  "/inbox/done",
  `/tickets/${ticket}`,
  "/settings/profile",
  "/settings/sessions",
  "/settings/members",
  "/settings/keys",
  "/settings/projects",
  "/settings/topics",
  "/settings/labels",
  "/settings/channels",
];

const looks: ContextOptions[] = [
  { locale: "ru-RU", theme: "light", width: 1440 },
  { locale: "en-GB", theme: "dark", width: 1280 },
  { locale: "ru-RU", theme: "dark", width: 360 },
  { locale: "en-GB", theme: "light", width: 768 },
];

for (const look of looks) {
  test(`axe finds nothing, and nothing is wider than the page: ${look.locale}, ${look.theme}, ${look.width} px`, async () => {
    const { context, page } = await okno.signedIn(look);
    await page.evaluate(async (locale) => {
      const body = JSON.stringify({ locale: locale.slice(0, 2), theme: "system" });
      await fetch("/v1/me", { method: "PATCH", headers: { "content-type": "application/json" }, body });
    }, look.locale ?? "ru-RU");
    const wrong: string[] = [];
    for (const path of screens()) {
      await page.goto(okno.server.url + path);
      await page.locator("main, [role=main]").first().waitFor();
      await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], [data-loading]'));
      wrong.push(...(await violations(page)).map((each) => `${path} ${each}`));
      wrong.push(...(await wider(page)).map((each) => `${path} ${each}`));
    }
    expect(wrong).toEqual([]);
    await context.close();
  }, 120_000);
}

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
