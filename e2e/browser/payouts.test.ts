import { payoutDeskRoutes, payoutRoutes } from "@okno/kind-payout/contract";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Okno, startOkno } from "../lib/okno.ts";
import { askPayouts, doubtfulPayout, makeDesk } from "../lib/payouts.ts";

let okno: Okno;
beforeAll(async () => {
  okno = await startOkno();
});
afterAll(() => okno.close());

const keys = async (page: Page, ...pressed: string[]) => {
  for (const key of pressed) await page.keyboard.press(key);
};

test("a payout in doubt is settled from the inbox by keys alone: nothing moves before the server has said so", async () => {
  const { client, project, server } = okno;
  const desk = await makeDesk(server.url, { name: "Лавка", project });
  const { id, ticket } = await doubtfulPayout(client, server.url, desk);
  const { context, page } = await okno.signedIn();
  await keys(page, "KeyG", "KeyU");
  await page.locator(`[data-ticket="${ticket}"]`).waitFor();
  await keys(page, "KeyJ", "Enter");
  const card = page.getByTestId("payout");
  await card.getByText("Неизвестно, дошли ли деньги").waitFor();
  // Everything that decides stands on one screen: how much, to whom, what is known of them, and where from.
  const seen = await card.textContent();
  expect(seen).toContain("12\u00a0000,50\u00a0₽");
  expect(seen).toContain("Ещё не платили");
  expect(seen).toContain("Лавка");
  expect(seen).not.toContain("ООО Лампа unknown");
  await keys(page, "KeyY");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Выплата 12\u00a0000,50\u00a0₽ дошла?").waitFor();
  // Without proof it is not said to have arrived.
  await keys(page, "Control+KeyA", "Delete", "Enter");
  await dialog.getByText("Без номера платежа подтверждать нечем.").waitFor();
  const ask = askPayouts(server.url);
  expect((await ask(payoutRoutes.get, { params: { id } })).status).toBe("processing");
  await page.keyboard.insertText("bank-118");
  await keys(page, "Enter");
  await page.getByText("Записано: выплата дошла").waitFor();
  expect(await ask(payoutRoutes.get, { params: { id } })).toMatchObject({
    status: "paid",
    providerReference: "bank-118",
  });
  await page.getByTestId("ticket-view").getByText("Выплата дошла").first().waitFor();
  await context.close();
});

test("a desk is made in the cabinet, funded, and a payout goes out from it; its secrets are shown once", async () => {
  const { server } = okno;
  const { context, page } = await okno.signedIn();
  await keys(page, "KeyG", "KeyP");
  await page.getByRole("button", { name: "Новая касса" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("Чайная");
  await keys(page, "Enter");
  const once = page.getByRole("dialog").filter({ hasText: "Сохраните сейчас" });
  const secret = await once.getByRole("textbox", { name: "Секрет 1" }).inputValue();
  expect(secret.length).toBeGreaterThan(20);
  await once.getByRole("button", { name: "Сохранил" }).click();
  await page.getByRole("heading", { name: "Чайная" }).waitFor();
  const desk = new URL(page.url()).pathname.split("/")[2] ?? "";
  expect(await page.content()).not.toContain(secret);
  await askPayouts(server.url)(payoutDeskRoutes.fund, {
    params: { id: desk },
    body: { method: "TEST", amount: "5000" },
  });
  // By the stream: nobody has loaded the page anew.
  await page.getByRole("cell", { name: "5\u00a0000,00\u00a0₽" }).first().waitFor();
  await keys(page, "KeyP");
  const form = page.getByRole("dialog");
  await form.getByLabel("Сумма").fill("1 500,50");
  await form.getByText("Расчёт держится до").waitFor();
  await form.getByLabel("Получатель").fill("ИП Листова");
  await keys(page, "Enter");
  const card = page.getByTestId("payout");
  await card.getByText("Выплату ещё не подтвердили").waitFor();
  await keys(page, "KeyY");
  await form.getByText("Выплатить 1\u00a0500,50\u00a0₽?").waitFor();
  await form.getByRole("button", { name: "Выплатить" }).click();
  await page.getByRole("heading", { name: "Выплата" }).getByText("Выплачена").waitFor();
  await page.goto(`${server.url}/payouts/${desk}/statement`);
  const totals = page.getByRole("region", { name: "Выписка" }).locator("dl").first();
  await totals.waitFor();
  expect((await totals.textContent())?.replaceAll(/\s+/gu, " ")).toBe(
    "Было0,00 ₽+ Пришло5 000,00 ₽− Ушло1 500,50 ₽= Стало3 499,50 ₽",
  );
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Скачать PDF" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^statement-desk\d+-TEST\.pdf$/u);
  await context.close();
});
