import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { launchChromium } from "@okno/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../testing/index.ts";
import { addChannel } from "../workspaces/index.ts";

let t: TestApp;
let site: Server;
let siteUrl: string;
let browser: Awaited<ReturnType<typeof launchChromium>>;

/** A customer's site on another origin, with a policy that allows no style and no script of its own. */
beforeAll(async () => {
  t = await startTestApp();
  const config = { greeting: "Здравствуйте" };
  const { publicKey } = await t.db.transaction(t.workspaceId, (tx) =>
    addChannel(tx, t.clock, { projectId: t.projectId, type: "webchat", name: "Чат", config }),
  );
  t.app.core.catalogs.forget(t.workspaceId);
  const script = `<script src="${t.url}/chat/${publicKey}/loader.js" data-lang="ru" async></script>`;
  site = createServer((_req, res) => {
    res.setHeader("content-type", "text/html; charset=utf-8");
    res.setHeader("content-security-policy", `default-src 'none'; script-src ${t.url}; frame-src ${t.url}`);
    res.end(`<!doctype html><title>Магазин</title>${script}${script}<a href="#okno-chat">Написать</a>`);
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => site.close(resolve));
  await t.close();
});

async function visitSite() {
  const context = await browser.newContext({ locale: "ru-RU", viewport: { width: 1000, height: 760 } });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (
      message.type() === "error" &&
      !/ERR_INTERNET_DISCONNECTED|Failed to load resource/u.test(message.text())
    )
      faults.push(message.text());
  });
  await page.goto(siteUrl);
  const frame = page.frameLocator("okno-chat iframe");
  return {
    context,
    page,
    faults,
    frame,
    button: page.locator("okno-chat button"),
    field: frame.locator("textarea"),
  };
}

const ticketOf = async (subject: string) => {
  const { data } = await t.client.tickets.list({ query: { limit: 100 } });
  const found = data.find((ticket) => ticket.subject === subject);
  if (!found) throw new Error(`no ticket ${subject}`);
  return found;
};

test("a visitor talks with an operator by keyboard alone, on a site with a strict policy, and finds it all after a reload", async () => {
  const { context, page, faults, frame, button, field } = await visitSite();
  expect(await button.count()).toBe(1);
  await button.focus();
  await page.keyboard.press("Enter");
  await field.waitFor();
  await expect.poll(() => field.evaluate((at) => at === document.activeElement)).toBe(true);
  expect(await button.getAttribute("aria-expanded")).toBe("true");
  await page.keyboard.type("Первая строка <b>");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("вторая");
  await page.keyboard.press("Enter");
  await frame.locator(".message.own:not(.pending) .mark").waitFor();
  const ticket = await ticketOf("Первая строка <b> вторая");
  await t.client.messages.add({ params: { id: ticket.id }, body: { body: "Видим вас" } });
  await frame.getByText("Видим вас").waitFor();

  await page.keyboard.press("Escape");
  await expect.poll(() => button.getAttribute("aria-expanded")).toBe("false");
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe("okno-chat");
  await t.client.messages.add({ params: { id: ticket.id }, body: { body: "Ещё вопрос" } });
  await expect.poll(() => button.getAttribute("aria-label")).toContain("1");

  await page.reload();
  await page.getByText("Написать").click();
  await frame.getByText("Ещё вопрос").waitFor();
  expect(await frame.locator(".message:not(.greeting) .words").allInnerTexts()).toEqual([
    "Первая строка <b>\nвторая",
    "Видим вас",
    "Ещё вопрос",
  ]);
  await expect
    .poll(async () => {
      const { data } = await t.client.messages.list({ params: { id: ticket.id } });
      return data.filter(({ direction }) => direction === "out").map(({ status }) => status);
    })
    .toEqual(["read", "read"]);
  expect(faults).toEqual([]);
  await context.close();
});

test("what is written without a network waits, survives a reload of the page, and is sent once and in order", async () => {
  const { context, page, frame, button, field } = await visitSite();
  await button.click();
  await field.fill("до обрыва");
  await field.press("Enter");
  await frame.locator(".message.own:not(.pending) .mark").waitFor();
  const ticket = await ticketOf("до обрыва");
  // The answers of the server are lost, not the requests: what was received is then sent again.
  await page.route("**/messages", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    // The page may be gone by the time the answer is there.
    await route.fetch().catch(() => undefined);
    await route.abort().catch(() => undefined);
  });
  await field.fill("раз");
  await field.press("Enter");
  await expect
    .poll(async () => (await t.client.messages.list({ params: { id: ticket.id } })).data.length)
    .toBe(2);
  await context.setOffline(true);
  for (const words of ["два", "три"]) {
    await field.fill(words);
    await field.press("Enter");
  }
  await frame.getByText("три").waitFor();
  await page.unroute("**/messages");
  await context.setOffline(false);
  await page.reload();
  await expect
    .poll(
      async () => {
        const { data } = await t.client.messages.list({ params: { id: ticket.id } });
        return data.map(({ body }) => body).reverse();
      },
      { timeout: 20_000 },
    )
    .toEqual(["до обрыва", "раз", "два", "три"]);
  await context.close();
});

test("a pasted picture is shown before and after it is sent", async () => {
  const { context, frame, button, field } = await visitSite();
  await button.click();
  await field.evaluate((at) => {
    const png = Uint8Array.from(
      atob(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      ),
      (c) => c.charCodeAt(0),
    );
    const data = new DataTransfer();
    data.items.add(new File([png], "снимок.png", { type: "image/png" }));
    at.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await frame.locator(".chosen .file-size").waitFor();
  await frame.getByRole("button", { name: "Отправить" }).click();
  const picture = frame.locator(".message.own img");
  await picture.waitFor();
  expect(await picture.getAttribute("alt")).toBe("снимок.png");
  await expect.poll(() => picture.evaluate((at) => (at as HTMLImageElement).naturalWidth)).toBe(1);
  await context.close();
});
