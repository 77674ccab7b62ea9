import type { FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newPage, type Okno, startOkno } from "../lib/okno.ts";
import { startShop } from "../lib/shop.ts";

let okno: Okno;
let shop: { url: string; close(): void };
beforeAll(async () => {
  okno = await startOkno();
  const channel = await okno.client.channels.create({
    body: { project: okno.project, type: "webchat", name: "Чат на сайте" },
  });
  shop = await startShop(okno.server.url, channel.publicKey);
});
afterAll(async () => {
  shop.close();
  await okno.close();
});

async function openChat(page: Page): Promise<FrameLocator> {
  await page.goto(shop.url);
  await page.locator("button").first().click();
  const chat = page.frameLocator("iframe");
  await chat.locator("textarea").waitFor();
  return chat;
}

const row = (page: Page, text: string) => page.getByTestId("ticket-row").filter({ hasText: text });

test("[RP-02] a customer writes in the chat, an operator answers and completes, the customer reads it, and the inbox is empty", async () => {
  const { context: customerContext, page: customer } = await newPage(okno.browser);
  const { context: operatorContext, page: operator } = await okno.signedIn();
  await operator.goto(`${okno.server.url}/inbox/unassigned`);
  await operator.getByTestId("empty-inbox").waitFor();

  const chat = await openChat(customer);
  await chat.locator("textarea").fill("Здравствуйте! Где мой заказ №15?");
  await customer.keyboard.press("Enter");

  await row(operator, "Где мой заказ").click();
  const composer = operator.getByTestId("composer").locator("textarea");
  await composer.fill("Заказ приедет сегодня до 18:00.");
  await operator.keyboard.press("Control+Enter");
  await chat.getByText("Заказ приедет сегодня до 18:00.").waitFor();

  await chat.locator("textarea").fill("Спасибо!");
  await customer.keyboard.press("Enter");
  await operator.getByTestId("ticket-view").getByText("Спасибо!").first().waitFor();

  await operator.goto(`${okno.server.url}/inbox/mine`);
  await row(operator, "Спасибо").click();
  await operator.getByTestId("ticket-view").getByText("Спасибо!").first().waitFor();
  await operator
    .getByRole("button", { name: /Завершить/u })
    .first()
    .click();
  await operator.getByTestId("empty-inbox").waitFor();
  const done = async () => (await okno.client.tickets.list({ query: { phase: "done" } })).data[0];
  await expect.poll(done).toMatchObject({ phase: "done", channelType: "webchat" });

  await customer.reload();
  await customer.locator("button").first().click();
  await customer.frameLocator("iframe").getByText("Заказ приедет сегодня до 18:00.").waitFor();
  await customerContext.close();
  await operatorContext.close();
});

test("ten tabs of one browser share one stream, and each sees a new ticket", async () => {
  const { context, page } = await okno.signedIn();
  const tabs = [page];
  for (let n = 1; n < 10; n++) tabs.push(await context.newPage());
  await Promise.all(tabs.map((tab) => tab.goto(`${okno.server.url}/inbox/unassigned`)));
  await Promise.all(tabs.map((tab) => tab.getByTestId("empty-inbox").waitFor()));
  // The stream of the test before is let go when the server notices that its browser has gone.
  const streams = async () => {
    const metrics = await (await fetch(`${okno.server.url}/metrics`)).text();
    return /^okno_streams (\d+)$/mu.exec(metrics)?.[1];
  };
  await expect.poll(streams).toBe("1");
  const made = await okno.client.tickets.create({ body: { subject: "Видна во всех вкладках", body: "?" } });
  await Promise.all(tabs.map((tab) => row(tab, made.subject).waitFor()));
  await okno.client.actions.complete({ params: { id: made.id }, body: {} });
  await Promise.all(tabs.map((tab) => tab.getByTestId("empty-inbox").waitFor()));
  await context.close();
});

test("after a restart of the server the console equals the server", async () => {
  const { context, page } = await okno.signedIn();
  const gone = await okno.client.tickets.create({ body: { subject: "Будет завершена", body: "?" } });
  await page.goto(`${okno.server.url}/inbox/unassigned`);
  await row(page, gone.subject).waitFor();
  await okno.restart();
  await okno.client.actions.complete({ params: { id: gone.id }, body: {} });
  const made = await okno.client.tickets.create({ body: { subject: "Пришла после перезапуска", body: "?" } });
  await row(page, made.subject).waitFor();
  await row(page, gone.subject).waitFor({ state: "detached" });
  await okno.client.actions.complete({ params: { id: made.id }, body: {} });
  await context.close();
});

test("the reply guard: what is newer is shown, what was typed is not lost, and the author decides", async () => {
  const ticket = await okno.client.tickets.create({ body: { subject: "Двое пишут", body: "Вопрос" } });
  const { context, page } = await okno.signedIn();
  await page.goto(`${okno.server.url}/tickets/${ticket.id}`);
  await page.getByTestId("ticket-view").getByText("Вопрос").first().waitFor();
  // The colleague's answer is committed while this one is on its way.
  await page.route(
    "**/messages",
    async (route) => {
      await okno.client.messages.add({ params: { id: ticket.id }, body: { body: "Ответ коллеги" } });
      await route.continue();
    },
    { times: 1 },
  );
  await page.getByTestId("composer").locator("textarea").fill("Мой ответ");
  await page.getByTestId("composer").locator("textarea").press("Control+Enter");
  const moved = page.getByTestId("moved-on");
  await moved.getByText("Ответ коллеги").waitFor();
  await moved.getByText("Мой ответ", { exact: true }).waitFor();
  await moved.getByRole("button").first().click();
  const bodies = async () =>
    (await okno.client.messages.list({ params: { id: ticket.id } })).data.map((message) => message.body);
  await expect.poll(bodies).toEqual(["Мой ответ", "Ответ коллеги", "Вопрос"]);
  await okno.client.actions.complete({ params: { id: ticket.id }, body: {} });
  await context.close();
});

test("HTML, script, right-to-left override and zero-width text in names and messages stay text", async () => {
  const nasty = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
  const subject = `${nasty} \u202Eтекст\u200B`;
  const ticket = await okno.client.tickets.create({
    body: { subject, body: `${nasty}\nтело`, contact: { name: `${nasty}` } },
  });
  expect(ticket.subject).not.toMatch(/[\u202e\u200b]/u);
  const { context, page } = await okno.signedIn();
  await page.goto(`${okno.server.url}/inbox/unassigned`);
  await row(page, "<img").click();
  await page.getByTestId("ticket-view").getByText("<script>").first().waitFor();
  expect(await page.evaluate(() => (window as unknown as { pwned?: number }).pwned)).toBeUndefined();
  await okno.client.actions.complete({ params: { id: ticket.id }, body: {} });
  await context.close();
});
