import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fromPublicId } from "@okno/contract";
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

/** Counts the tones that are sounded, in the page and in its frames. */
const countTones = () => {
  const counter = window as unknown as { tones: number };
  counter.tones = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function counted(this: OscillatorNode, when?: number) {
    counter.tones += 1;
    return start.call(this, when);
  };
};

async function visitSite() {
  const context = await browser.newContext({ locale: "ru-RU", viewport: { width: 1000, height: 760 } });
  await context.addInitScript(countTones);
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

test("[CO-04] each sees that the other writes and has read; what comes while the chat is closed is counted and sounds; the end is rated", async () => {
  const { context, page, faults, frame, button, field } = await visitSite();
  await button.click();
  await field.fill("Посмотрите, пожалуйста");
  await field.press("Enter");
  await frame.locator(".message.own:not(.pending) .mark").waitFor();
  const ticket = await ticketOf("Посмотрите, пожалуйста");
  const mark = frame.locator(".message.own .mark").last();
  await expect.poll(() => mark.textContent()).toBe("Доставлено");
  await t.client.readMarks.mark({ params: { id: ticket.id }, body: { upTo: ticket.messageSeq } });
  await expect.poll(() => mark.textContent()).toBe("Прочитано");

  const { presence } = t.app.core;
  const visitors = () => presence.everywhere(t.workspaceId).filter(({ who }) => who.kind === "contact");
  await field.pressSequentially("Ещё");
  await expect.poll(() => visitors().map(({ doing }) => doing)).toEqual(["typing"]);
  await field.fill("");
  await expect.poll(visitors).toEqual([]);

  const who = { kind: "member", id: "018f0000-0000-7000-8000-000000000001", name: "Анна Петрова" } as const;
  const seat = {
    workspaceId: t.workspaceId,
    projectId: t.projectId,
    ticketId: fromPublicId("ticket", ticket.id) ?? "",
    who,
    session: "1",
  };
  const before = await frame.locator(".composer").boundingBox();
  presence.announce({ ...seat, doing: "typing" });
  await frame.getByText("Анна печатает…").waitFor();
  expect(await frame.locator(".composer").boundingBox()).toEqual(before);
  presence.announce({ ...seat, doing: null });
  await frame.getByText("Анна печатает…").waitFor({ state: "detached" });

  const tones = () => frame.locator("body").evaluate(() => (window as unknown as { tones: number }).tones);
  await page.keyboard.press("Escape");
  await button.click();
  await button.click();
  await t.client.messages.add({ params: { id: ticket.id }, body: { body: "Смотрим", holdSeconds: 0 } });
  await expect.poll(() => button.getAttribute("aria-label")).toBe("Открыть чат: 1 новое сообщение");
  expect(await page.title()).toBe("(1) Магазин");
  await expect.poll(tones).toBe(2);
  await page.reload();
  await expect.poll(() => page.title()).toBe("(1) Магазин");
  await button.click();
  await expect.poll(() => page.title()).toBe("Магазин");
  await frame.getByRole("button", { name: "Ещё" }).click();
  await frame.getByRole("switch", { name: "Звук новых сообщений" }).click();
  await page.keyboard.press("Escape");
  await button.click();
  await t.client.messages.add({ params: { id: ticket.id }, body: { body: "Готово", holdSeconds: 0 } });
  await expect.poll(() => page.title()).toBe("(1) Магазин");
  expect(await tones()).toBe(0);

  await t.client.actions.complete({ params: { id: ticket.id }, body: {} });
  await button.click();
  await frame.getByRole("button", { name: "4 из 5" }).click();
  await frame.getByText("Спасибо. Ваша оценка: 4 из 5").waitFor();
  await frame.getByPlaceholder("Расскажите подробнее").fill("Быстро");
  await frame.locator(".rating").getByRole("button", { name: "Отправить" }).click();
  await expect
    .poll(async () => {
      const { data } = await t.client.tickets.events({ params: { id: ticket.id } });
      return data.find(({ type }) => type === "ticket.rated")?.data;
    })
    .toMatchObject({ score: 4, words: "Быстро" });
  await page.reload();
  await button.click();
  await frame.getByText("Спасибо. Ваша оценка: 4 из 5").waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test("a site that signs its user's name wrongly is told so in the console, and its visitor writes all the same", async () => {
  const { context, page, faults, frame, button, field } = await visitSite();
  await page.evaluate(() => {
    const site = window as unknown as { oknoChat: { identify(identity: string): void } };
    site.oknoChat.identify("not.a.token");
  });
  await button.click();
  await field.fill("Без имени");
  await field.press("Enter");
  await frame.locator(".message.own:not(.pending) .mark").waitFor();
  expect(faults).toEqual([
    expect.stringContaining("Okno chat: the identity was refused: the channel has no secret yet"),
  ]);
  await context.close();
});

test("a file dropped on the chat is sent, and signing in takes the conversation along and leaves nothing behind for the next person", async () => {
  const channel = await t.client.channels.create({
    body: { project: t.project, type: "webchat", name: "Кабинет" },
  });
  const { secret } = await t.client.channelSecrets.create({ params: { id: channel.id } });
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "HS256" })}.${part({ sub: "42", name: "Ирина", exp: Math.floor(Date.now() / 1000) + 600 })}`;
  const identity = `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
  const context = await browser.newContext({ locale: "ru-RU", viewport: { width: 360, height: 640 } });
  const page = await context.newPage();
  await page.goto(siteUrl);
  const add = (signed: string | undefined) =>
    page.evaluate(
      ([src, word]) => {
        document.querySelector("okno-chat")?.remove();
        const site = window as unknown as { oknoChat?: { identity?: string } };
        site.oknoChat = word ? { identity: word } : {};
        const script = document.createElement("script");
        script.src = src ?? "";
        document.body.append(script);
      },
      [`${t.url}/chat/${channel.publicKey}/loader.js`, signed],
    );
  const frame = page.frameLocator("okno-chat iframe");
  await add(undefined);
  await page.locator("okno-chat button").click();
  await frame.locator("textarea").evaluate((at) => {
    const data = new DataTransfer();
    data.items.add(new File(["1,2"], "заказ.csv", { type: "text/csv" }));
    at.dispatchEvent(new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true }));
    at.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await frame.locator(".chosen .file-size").waitFor();
  await frame.locator("textarea").fill("Вот заказ");
  await frame.locator("textarea").press("Enter");
  await frame.locator(".message.own:not(.pending) .file-name").waitFor();

  await page.goto(siteUrl);
  await add(identity);
  await page.locator("okno-chat button").click();
  await frame.getByText("Вот заказ").waitFor();
  await expect.poll(async () => (await ticketOf("Вот заказ")).contact?.name).toBe("Ирина");

  await page.goto(siteUrl);
  await add(undefined);
  await page.locator("okno-chat button").click();
  await frame.locator("textarea").waitFor();
  await frame.locator(".greeting").waitFor();
  expect(await frame.getByText("Вот заказ").count()).toBe(0);
  await context.close();
});
