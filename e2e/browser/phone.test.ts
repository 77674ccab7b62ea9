import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Okno, startOkno } from "../lib/okno.ts";

let okno: Okno;
beforeAll(async () => {
  okno = await startOkno();
});
afterAll(() => okno.close());

/** Others may be at work on this machine. */
const soon = { timeout: 30_000 };

/** A phone in somebody's hand: narrow, by touch, with the owner signed in and the console ready for a tunnel. */
async function phone(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await okno.browser.newContext({
    locale: "ru-RU",
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    reducedMotion: "reduce",
    permissions: ["notifications"],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(`${okno.server.url}/sign-in`);
  await page.locator('input[type="email"]').fill(okno.owner.email);
  await page.locator('input[type="password"]').fill(okno.owner.password);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/inbox/u);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  return { context, page };
}

const make = (subject: string, body = "Когда приедет?") =>
  okno.client.tickets.create({ body: { subject, body, contact: { name: "Ольга Ветрова" } } });
const row = (page: Page, id: string) => page.locator(`[data-ticket="${id}"]`);
const composer = (page: Page) => page.getByTestId("composer").locator("textarea");
const conversation = (page: Page) => page.getByTestId("ticket-view");

/** What this browser keeps of what was read. */
const kept = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const asked = indexedDB.open("okno");
        asked.onsuccess = () => {
          const db = asked.result;
          if (!db.objectStoreNames.contains("kept")) return resolve([]);
          const all = db.transaction("kept").objectStore("kept").getAllKeys();
          all.onsuccess = () => {
            db.close();
            resolve(all.result.map(String));
          };
        };
      }),
  );

async function read(page: Page, id: string, words: string): Promise<void> {
  await row(page, id).click();
  await conversation(page).getByText(words).waitFor();
  await expect.poll(async () => (await kept(page)).join(), soon).toContain(`"${id}","messages"`);
  await page.goBack();
  await row(page, id).waitFor();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Разделы и настройки" }).click();
  await page.getByRole("dialog").getByRole("button", { name: okno.owner.name }).click();
  await page.getByRole("menuitem", { name: "Выйти" }).click();
  await page.waitForURL(/sign-in/u);
}

test("installable: manifest and service worker satisfy the browser, and the worker is never served from a cache", async () => {
  const { context, page } = await phone();
  const cdp = await context.newCDPSession(page);
  const { installabilityErrors } = await cdp.send("Page.getInstallabilityErrors");
  // The window of a test is a private one: nothing else may be in the way.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual(
    [],
  );
  const { errors } = await cdp.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const worker = await fetch(`${okno.server.url}/sw.js`);
  expect(worker.headers.get("content-type")).toMatch(/javascript/u);
  expect(worker.headers.get("cache-control")).toBe("no-cache");
  await context.close();
});

test("in a tunnel: the console opens, what was read is read on and says how old it is; a reply waits, goes by itself, and asks where the customer wrote meanwhile; after signing out nothing is left", async () => {
  const [quiet, moving] = [await make("Посылка"), await make("Возврат")];
  const { context, page } = await phone();
  await page.goto(`${okno.server.url}/inbox/unassigned`);
  await read(page, quiet.id, "Когда приедет?");
  await read(page, moving.id, "Когда приедет?");

  await context.setOffline(true);
  await okno.server.stop();
  await page.reload();
  await page.getByText(/Нет связи с сервером\. Показано то, что загружено до \d\d:\d\d/u).waitFor();
  await row(page, quiet.id).click();
  await conversation(page).getByText("Когда приедет?").waitFor();
  await composer(page).fill("Завтра до обеда");
  await page.getByRole("button", { name: "Отправить", exact: true }).click();
  await conversation(page).getByText("Ждёт связи и уйдёт само").waitFor();
  await page.goBack();
  await row(page, moving.id).click();
  await composer(page).fill("Деньги вернём");
  await page.getByRole("button", { name: "Отправить", exact: true }).click();
  await conversation(page).getByText("Ждёт связи и уйдёт само").waitFor();
  await page.reload();
  await conversation(page).getByText("Деньги вернём").waitFor();
  await conversation(page).getByText("Ждёт связи и уйдёт само").waitFor();

  await okno.restart();
  const news = "Уже не надо, спасибо";
  await okno.client.messages.add({ params: { id: moving.id }, body: { body: news, from: "customer" } });
  await context.setOffline(false);
  const said = async (id: string) =>
    (await okno.client.messages.list({ params: { id } })).data.map(({ body }) => body);
  await expect.poll(() => said(quiet.id), { timeout: 30_000 }).toContain("Завтра до обеда");
  const asked = page.getByTestId("moved-on");
  await asked.getByText(news).waitFor({ timeout: 30_000 });
  expect(await said(moving.id)).not.toContain("Деньги вернём");
  await asked.getByRole("button", { name: "Отправить всё равно" }).click();
  await expect.poll(() => said(moving.id), soon).toContain("Деньги вернём");
  await expect.poll(() => page.getByText("Нет связи с сервером").count(), soon).toBe(0);

  // Answering has made it hers. A fresh page, so that no toast lies over the way out.
  await page.goto(`${okno.server.url}/inbox/mine`);
  await row(page, moving.id).waitFor();
  await signOut(page);
  await expect.poll(() => kept(page), soon).toEqual([]);
  const left = await page.evaluate(async () => {
    const cached: string[] = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) cached.push(new URL(url).pathname);
    return { cached, local: JSON.stringify({ ...localStorage }) };
  });
  expect(left.cached.filter((path) => path.startsWith("/v1") || path.startsWith("/files"))).toEqual([]);
  for (const words of [quiet.id, moving.id, "Завтра", "Деньги", "Ольга"])
    expect(left.local).not.toContain(words);
  await context.close();
}, 180_000);

test("what was kept is gone after eight hours, even where no server can be asked", async () => {
  const ticket = await make("Утренняя");
  const { context, page } = await phone();
  await page.goto(`${okno.server.url}/inbox/unassigned`);
  await read(page, ticket.id, "Когда приедет?");
  await context.setOffline(true);
  await context.clock.setSystemTime(Date.now() + 8.1 * 3_600_000);
  await page.reload();
  await page.getByText("Не получилось открыть").or(page.getByText("Этот экран сломался")).waitFor();
  expect(await kept(page)).toEqual([]);
  await context.close();
});

type Point = { x: number; y: number };

/** One finger moved step by step; put down before it and lifted after it unless told otherwise. */
async function drag(
  cdp: CDPSession,
  from: Point,
  to: Point,
  hand = { down: true, lift: true },
): Promise<void> {
  const steps = 8;
  const send = (type: "touchStart" | "touchMove" | "touchEnd", points: Point[]) =>
    cdp.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  if (hand.down) await send("touchStart", [from]);
  for (let step = 1; step <= steps; step++) {
    const along = (a: number, b: number) => a + ((b - a) * step) / steps;
    await send("touchMove", [{ x: along(from.x, to.x), y: along(from.y, to.y) }]);
  }
  // A finger lifted in full flight throws the list, and the browser takes the next touch for the one that stops it.
  if (hand.lift) await new Promise((resolve) => setTimeout(resolve, 200));
  if (hand.lift) await send("touchEnd", []);
}

const middle = async (page: Page, id: string): Promise<Point> => {
  const box = await row(page, id).boundingBox();
  return { x: 180, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
};

test("by thumb: to the right a ticket is completed, to the left it waits until tomorrow, both can be undone; on the way back nothing happens, scrolling wins, a mouse drags nothing", async () => {
  const first = await make("Под палец 1");
  const second = await make("Под палец 2");
  const third = await make("Под палец 3");
  for (let n = 4; n <= 10; n++) await make(`Под палец ${n}`);
  const phase = async (id: string) => (await okno.client.tickets.get({ params: { id } })).phase;
  const { context, page } = await phone();
  const cdp = await context.newCDPSession(page);
  await page.goto(`${okno.server.url}/inbox/unassigned?sort=newest`);
  await row(page, first.id).scrollIntoViewIfNeeded();

  const at = await middle(page, first.id);
  await drag(cdp, at, { x: at.x + 150, y: at.y + 4 }, { down: true, lift: false });
  const backing = page.getByTestId("swipe-backing");
  await expect.poll(() => backing.getAttribute("data-armed"), soon).toBe("true");
  expect(await backing.textContent()).toBe("Завершить");
  await drag(cdp, { x: at.x + 150, y: at.y }, { x: at.x + 20, y: at.y }, { down: false, lift: true });
  expect(await phase(first.id), "taken back in time").toBe("open");
  expect(page.url(), "a swipe opens nothing").not.toContain(first.id);

  await drag(cdp, at, { x: at.x + 150, y: at.y });
  await expect.poll(() => phase(first.id), soon).toBe("done");
  await page.getByRole("button", { name: "Отменить" }).tap();
  await expect.poll(() => phase(first.id), soon).toBe("open");

  const next = await middle(page, second.id);
  await drag(cdp, next, { x: next.x - 150, y: next.y });
  await expect.poll(() => phase(second.id), soon).toBe("waiting");
  const { dueAt } = await okno.client.tickets.get({ params: { id: second.id } });
  const due = new Date(dueAt ?? 0);
  expect([due.getHours(), due.getDate()]).toEqual([9, new Date(Date.now() + 86_400_000).getDate()]);

  const still = await middle(page, third.id);
  await drag(cdp, still, { x: still.x + 100, y: still.y - 160 });
  expect(await page.getByTestId("inbox-list").evaluate((list) => list.scrollTop)).toBeGreaterThan(0);
  const scrolled = await page.getByTestId("inbox-list").evaluate((list) => list.scrollTop);
  await row(page, third.id).tap();
  await conversation(page).getByText("Когда приедет?").waitFor();
  await page.getByRole("button", { name: "К списку" }).tap();
  await row(page, third.id).waitFor();
  expect(
    await page.getByTestId("inbox-list").evaluate((list) => list.scrollTop),
    "the place in the list",
  ).toBe(scrolled);
  await page.mouse.move(still.x, still.y);
  await page.mouse.down();
  await page.mouse.move(still.x + 150, still.y, { steps: 5 });
  await page.mouse.up();
  expect(await phase(third.id)).toBe("open");
  await context.close();
}, 180_000);

/** Delivers a push as the browser's service would. */
async function deliver(cdp: CDPSession, message: object): Promise<void> {
  const found = new Promise<string>((resolve) => {
    cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const [own] = registrations.filter(({ scopeURL }) => scopeURL === `${okno.server.url}/`);
      if (own) resolve(own.registrationId);
    });
  });
  await cdp.send("ServiceWorker.enable");
  const registrationId = await found;
  const data = JSON.stringify(message);
  await cdp.send("ServiceWorker.deliverPushMessage", { origin: okno.server.url, registrationId, data });
}

test("a push is shown by the service worker, its click opens the ticket in the open window, and nothing of it outlives signing out", async () => {
  const ticket = await make("Из кармана");
  const { context, page } = await phone();
  const cdp = await context.newCDPSession(page);
  await deliver(cdp, { title: "Ольга отвечает", text: "№ 1 · Из кармана", ticket: ticket.id });
  const shown = () =>
    page.evaluate(async () => {
      const all = await (await navigator.serviceWorker.ready).getNotifications();
      return all.map(({ title, body, tag }) => ({ title, body, tag }));
    });
  await expect
    .poll(shown, soon)
    .toEqual([{ title: "Ольга отвечает", body: "№ 1 · Из кармана", tag: ticket.id }]);
  const [worker] = context.serviceWorkers();
  if (!worker) throw new Error("no service worker runs");
  // A test has no finger that clicks outside the page, and only such a click may bring a window to the front.
  await worker.evaluate(`(async () => {
    WindowClient.prototype.focus = async function () { return this; };
    const [notification] = await self.registration.getNotifications();
    self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
  })()`);
  await page.waitForURL(new RegExp(ticket.id, "u"));
  await conversation(page).getByText("Когда приедет?").waitFor();
  expect(context.pages()).toHaveLength(1);
  await expect.poll(shown, soon).toEqual([]);
  await context.close();
});

test("push is switched on and off by hand in each browser, and dies with the session", async () => {
  const { context, page } = await phone();
  // No push service is within reach of a test: the browser's own half is played, the server's is real.
  await context.addInitScript(() => {
    const keys = {
      p256dh: "BHRgFQmFVmMqTA5_7g9xBWmZ0KmR8-LqZ8Pp1lvQmtuX3cEiWZ9q2rs7FRGpdWZjh0MHC6FJE8ePkG5XvJDxJ3w",
      auth: "AAAAAAAAAAAAAAAAAAAAAA",
    };
    const made = () => ({
      toJSON: () => ({ endpoint: "https://fcm.googleapis.com/fcm/send/phone-test", keys }),
      unsubscribe: async () => {
        sessionStorage.removeItem("subscribed");
        sessionStorage.setItem("unsubscribed", "yes");
        return true;
      },
    });
    // As a real browser does, it keeps a subscription over a reload.
    PushManager.prototype.subscribe = async () => {
      sessionStorage.setItem("subscribed", "yes");
      return made() as unknown as PushSubscription;
    };
    PushManager.prototype.getSubscription = async () =>
      sessionStorage.getItem("subscribed") ? (made() as unknown as PushSubscription) : null;
  });
  await page.goto(`${okno.server.url}/settings/notifications`);
  await page.getByRole("button", { name: "Включить в этом браузере" }).click();
  await page.getByText("Этот браузер получает уведомления").waitFor();
  const told = () => page.evaluate(() => localStorage.getItem("okno.push"));
  expect(await told()).toContain("psh_");
  await page.reload();
  // The same person goes on being told after a reload.
  await page.getByText("Этот браузер получает уведомления").waitFor();
  await page.getByRole("button", { name: "Выключить" }).click();
  await page.getByRole("button", { name: "Включить в этом браузере" }).click();
  await page.getByText("Этот браузер получает уведомления").waitFor();
  await page.evaluate(() => sessionStorage.removeItem("unsubscribed"));
  await page.goto(`${okno.server.url}/inbox/mine`);
  await signOut(page);
  expect(await told()).toBeNull();
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem("unsubscribed")), soon).toBe("yes");
  await context.close();
}, 180_000);
