import axeCore from "axe-core";
import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newPage, type Okno, startOkno } from "../lib/okno.ts";
import { enter } from "../lib/stage.ts";

let okno: Okno;
beforeAll(async () => {
  okno = await startOkno();
});
afterAll(() => okno.close());

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axeCore.source);
  return page.evaluate(async () => {
    type Axe = { run(): Promise<{ violations: { id: string }[] }> };
    const { violations } = await (window as unknown as { axe: Axe }).axe.run();
    return violations.map(({ id }) => id);
  });
}

test("one-time codes are set up by the picture or its key, and removed by a recovery code; by keyboard, in the dark, on a phone", async () => {
  const { context, page } = await newPage(okno.browser, { theme: "dark", width: 360, height: 740 });
  await enter(context, okno.server.url, okno.owner);
  await page.goto(`${okno.server.url}/settings/profile`);
  const dialog = page.getByRole("dialog");
  const press = async (name: string) => {
    await page.getByRole("button", { name, exact: true }).focus();
    await page.keyboard.press("Enter");
  };
  await press("Подключить");
  const password = dialog.getByLabel("Ваш пароль");
  await password.fill("не тот пароль");
  await page.keyboard.press("Enter");
  await dialog.getByText("Пароль не подходит.").waitFor();
  await password.fill(okno.owner.password);
  await page.keyboard.press("Enter");
  const picture = dialog.getByRole("img");
  await picture.waitFor();
  // Cameras read dark on light: the first cell is the quiet border, whatever the theme.
  expect(await picture.locator("rect").evaluate((node) => getComputedStyle(node).fill)).toBe(
    "rgb(255, 255, 255)",
  );
  expect(await faults(page)).toEqual([]);
  const key = (await dialog.getByLabel("Ключ для ввода руками").last().inputValue()).replaceAll(" ", "");
  const code = dialog.getByLabel("Код из приложения");
  await code.fill("000000");
  await page.keyboard.press("Enter");
  await dialog.getByText("Код не подходит").waitFor();
  await code.fill(new TOTP({ secret: Secret.fromBase32(key) }).generate());
  await page.keyboard.press("Enter");
  const codes = page.getByRole("list", { name: "Запасные коды" }).getByRole("listitem");
  await codes.first().waitFor();
  expect(await codes.count()).toBe(10);
  expect(await faults(page)).toEqual([]);
  const spare = (await codes.first().textContent()) ?? "";
  await press("Я их сохранил");
  await page.getByText("Осталось 10 запасных кодов").waitFor();
  await press("Отключить");
  await dialog.getByRole("textbox").fill(spare.toLowerCase());
  await page.keyboard.press("Enter");
  await page.getByText("Не подключены").waitFor();
  await context.close();
});
