import AxeBuilder from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newPage, type Okno, startOkno } from "../lib/okno.ts";

let okno: Okno;
let chat: string;
beforeAll(async () => {
  okno = await startOkno();
  const body = { project: okno.project, type: "webchat", name: "Чат" };
  chat = (await okno.client.channels.create({ body })).publicKey;
});
afterAll(() => okno.close());

type Said = { body: string };

/** A customer in the chat, by the frame's own protocol. */
async function customer(words: string) {
  const base = `${okno.server.url}/chat/${chat}`;
  const json = { "content-type": "application/json" };
  const opened = await fetch(`${base}/session`, { method: "POST", headers: json, body: "{}" });
  const { token } = (await opened.json()) as { token: string };
  const headers = { ...json, authorization: `Bearer ${token}` };
  const body = JSON.stringify({ externalId: crypto.randomUUID(), body: words, name: "Ольга Смирнова" });
  await fetch(`${base}/messages`, { method: "POST", headers, body });
  const { data } = await okno.client.tickets.list();
  return {
    ticket: data.find(({ subject }) => subject === words)?.id ?? "",
    async heard(): Promise<string> {
      const { messages } = (await (await fetch(`${base}/messages`, { headers })).json()) as {
        messages: Said[];
      };
      return messages.at(-1)?.body ?? "";
    },
  };
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AxeBuilder.source);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }> };
    };
    return (await axe.run()).violations.map(
      ({ id, nodes }) => `${id} ${JSON.stringify(nodes.map(({ target }) => target))}`,
    );
  });
}

test("an operator asks by keys, the customer answers on a phone without script, and the answer arrives in the open ticket", async () => {
  const { ticket, heard } = await customer("Когда привезут заказ?");
  const { page } = await okno.signedIn();
  await page.goto(`${okno.server.url}/inbox/all/${ticket}`);
  await page.getByTestId("composer").waitFor();
  await page.keyboard.press("y");
  await page.getByRole("dialog").getByRole("textbox").fill("Доставить завтра с 10 до 12");
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Control+Enter");
  const card = page.getByTestId("confirmation");
  await card.getByText("ждёт ответа").waitFor();
  // The asker has the ticket now; the secret they have not.
  await page.getByTestId("ticket-view").getByText("/c/••••••").waitFor();
  const link = /http\S+\/c\/\S+/u.exec(await heard())?.[0] ?? "";
  expect(link).toMatch(/\/c\/[0-9a-z]{26}_/u);
  expect(await page.content()).not.toContain(link.split("/c/")[1]);

  for (const look of [
    { width: 360, height: 720, theme: "light", locale: "ru-RU" },
    { width: 1280, height: 800, theme: "dark", locale: "en-GB" },
  ] as const) {
    const seen = await newPage(okno.browser, look);
    await seen.page.goto(link);
    expect(await violations(seen.page)).toEqual([]);
    const wide = await seen.page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(look.width);
    await seen.context.close();
  }
  // Its script has told that somebody has it in front of them.
  const looker = await newPage(okno.browser, { width: 360, height: 720 });
  await looker.page.goto(link);
  await card.getByText("открыта, ждёт ответа").waitFor();
  await looker.context.close();

  const context = await okno.browser.newContext({ javaScriptEnabled: false, locale: "ru-RU" });
  const phone = await context.newPage();
  await phone.goto(link);
  await phone.getByText("Задать вопрос").click();
  await phone.locator("#question").fill("А можно вечером?");
  await phone.getByRole("button", { name: "Отправить вопрос" }).click();
  await phone.getByText("Вопрос отправлен").waitFor();
  await page.getByTestId("ticket-view").getByText("А можно вечером?").waitFor();
  await phone.getByRole("button", { name: "Подтверждаю" }).click();
  await phone.getByText("Вы подтвердили это").waitFor();
  await card.getByText("подтверждено").waitFor();
  await page.getByText("Ольга Смирнова подтверждает").waitFor();
  await phone.goBack();
  await phone.reload();
  await phone.getByText("Вы подтвердили это").waitFor();
  expect(await violations(page)).toEqual([]);
  await context.close();
});
