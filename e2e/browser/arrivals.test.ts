import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Line, startLine } from "../lib/line.ts";
import { newPage, type Okno, startOkno } from "../lib/okno.ts";

// What a full day does to an open window: tickets that pour in, a lid that was closed for an hour, a second tab, a colleague's merge.

let okno: Okno;
let line: Line;
beforeAll(async () => {
  okno = await startOkno();
  line = await startLine(okno.server.url);
});
// Also where a test has failed: its stream and its pointer are not the next one's.
afterEach(async () => {
  line.mend();
  for (const context of okno.browser.contexts()) await context.close();
});
afterAll(async () => {
  await line.close();
  await okno.close();
});

const field = (page: Page) => page.getByTestId("composer").locator("textarea");
const eventually = <T>(read: () => T, timeout = 30_000) => expect.poll(read, { timeout });
const make = (subject: string, contact?: { email: string }) =>
  okno.client.tickets.create({ body: { subject, body: "?", ...(contact && { contact }) } });

async function atOnce(count: number, one: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await one(next++);
  };
  await Promise.all(Array.from({ length: 24 }, worker));
}

async function everyOpen(): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = { phase: "open", assignee: "none", limit: 100, ...(cursor && { cursor }) } as const;
    const page = await okno.client.tickets.list({ query });
    ids.push(...page.data.map((ticket) => ticket.id));
    if (!page.nextCursor) return ids;
    cursor = page.nextCursor;
  }
}

/** Every row of the list from top to bottom, as a reader who scrolls sees them. */
function everyRow(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const list = document.querySelector<HTMLElement>('[data-testid="inbox-list"]');
    const seen = new Map<string, number>();
    if (!list) return [];
    const look = () => {
      for (const row of list.querySelectorAll<HTMLElement>("[data-ticket]"))
        seen.set(row.dataset.ticket ?? "", row.getBoundingClientRect().top + list.scrollTop);
    };
    // While further pages exist, the rows say that their number is not known.
    const more = () => list.querySelector('[aria-setsize="-1"]') !== null;
    const began = performance.now();
    let quiet = 0;
    for (list.scrollTop = 0; (quiet < 4 || more()) && performance.now() - began < 75_000; ) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      look();
      const before = list.scrollTop;
      list.scrollTop += list.clientHeight - 200;
      quiet = list.scrollTop === before ? quiet + 1 : 0;
    }
    list.scrollTop = 0;
    return [...seen].sort((a, b) => a[1] - b[1]).map(([id]) => id);
  });
}

type Sample = { row: string | undefined; top: number | undefined; scroll: number };

/** What is under a point at every frame, until `stop`. */
async function watchPoint(page: Page, point: { x: number; y: number }): Promise<() => Promise<Sample[]>> {
  await page.evaluate(({ x, y }) => {
    const samples: Sample[] = [];
    const watch = { samples, on: true };
    Object.assign(window, { watch });
    const look = () => {
      const row = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-ticket]");
      const scroll = document.querySelector('[data-testid="inbox-list"]')?.scrollTop ?? -1;
      samples.push({ row: row?.dataset.ticket, top: row?.getBoundingClientRect().top, scroll });
      if (watch.on) requestAnimationFrame(look);
    };
    look();
  }, point);
  return () =>
    page.evaluate(() => {
      const { watch } = window as unknown as { watch: { samples: Sample[]; on: boolean } };
      watch.on = false;
      return watch.samples;
    });
}

async function arrive(seconds: number): Promise<void> {
  const begun: Promise<unknown>[] = [];
  const start = performance.now();
  for (let n = 0; n < seconds * 50; n++) {
    const wait = start + n * 20 - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    begun.push(make(`Поток ${n}`));
  }
  await Promise.all(begun);
}

test("50 tickets a second move nothing under the pointer, at the top and scrolled; what is new waits behind its button, and no row is missing", async () => {
  await atOnce(60, (n) => make(`Было ${n}`));
  const { context, page } = await okno.signedIn({ width: 1280, height: 900 });
  await page.goto(`${okno.server.url}/inbox/unassigned`);
  await page.getByTestId("ticket-row").nth(5).waitFor();
  const list = await page.getByTestId("inbox-list").boundingBox();
  const point = { x: (list?.x ?? 0) + 120, y: (list?.y ?? 0) + 260 };
  for (const scroll of [0, 700]) {
    await page.mouse.move(point.x - 5, point.y);
    await page.getByTestId("inbox-list").evaluate((element, top) => element.scrollTo({ top }), scroll);
    await page.mouse.move(point.x, point.y);
    const before = (await everyOpen()).length;
    // A frame for the list to draw where it was scrolled to.
    await page.waitForTimeout(100);
    const stop = await watchPoint(page, point);
    await arrive(3);
    const pill = page.getByTestId("new-pill");
    await eventually(async () => /\d+/u.exec((await pill.textContent()) ?? "")?.[0]).toBe("150");
    const samples = await stop();
    expect(samples.length).toBeGreaterThan(20);
    expect(new Set(samples.map((each) => JSON.stringify(each))).size, "one row at one place").toBe(1);
    expect(samples[0]?.row).toMatch(/^tkt_/u);
    // As a hand goes: the button stays where it is until it is pressed.
    const button = await pill.boundingBox();
    const middle = {
      x: (button?.x ?? 0) + (button?.width ?? 0) / 2,
      y: (button?.y ?? 0) + (button?.height ?? 0) / 2,
    };
    await page.mouse.move(middle.x, middle.y, { steps: 5 });
    await page.waitForTimeout(200);
    await page.mouse.down();
    await page.mouse.up();
    await pill.waitFor({ state: "detached" });
    expect(page.url(), "no ticket was opened instead").toMatch(/unassigned$/u);
    const expected = await everyOpen();
    expect(expected).toHaveLength(before + 150);
    expect(await everyRow(page)).toEqual(expected);
  }
  await context.close();
}, 180_000);

test("asleep while a thousand events pass: the window equals the server; a session that ended meanwhile leads to signing in and back, with the text as it was", async () => {
  const { context, page } = await newPage(okno.browser, { width: 1280, height: 2400 });
  const signIn = async () => {
    await page.locator('input[type="email"]').fill(okno.owner.email);
    await page.locator('input[type="password"]').fill(okno.owner.password);
    await page.keyboard.press("Enter");
  };
  await page.goto(`${line.url}/sign-in`);
  await signIn();
  await page.waitForURL(/\/inbox/u);
  const held = await make("Открыта и спит");
  await page.goto(`${line.url}/inbox/unassigned/${held.id}`);
  await field(page).waitFor();
  const gone = (await everyOpen()).filter((id) => id !== held.id);

  line.cut();
  // As it is when a lid is closed in the middle of a sentence.
  await field(page).fill("Здравствуйте! Ваш заказ");
  await atOnce(gone.length, (n) => okno.client.actions.complete({ params: { id: gone[n] ?? "" }, body: {} }));
  await atOnce(700, (n) => make(`Пока спал ${n}`));
  for (let n = 0; n < 120; n++)
    await okno.client.messages.add({
      params: { id: held.id },
      body: { body: `слово ${n}`, from: "customer" },
    });
  line.mend();

  await page.getByTestId("ticket-view").getByText("слово 119").first().waitFor({ timeout: 30_000 });
  expect(await field(page).inputValue()).toBe("Здравствуйте! Ваш заказ");
  const expected = await everyOpen();
  expect(expected).toHaveLength(701);
  const pill = page.getByTestId("new-pill");
  if (await pill.isVisible()) await pill.click();
  const rows = await everyRow(page);
  expect(rows, "no gap and no double as far as it was scrolled").toEqual(expected.slice(0, rows.length));
  expect(rows).toHaveLength(expected.length);

  const session = await page.evaluate(
    async () => ((await (await fetch("/v1/session")).json()) as { session: string }).session,
  );
  line.cut();
  await field(page).fill("Здравствуйте! Ваш заказ уже в пути");
  const other = await okno.signedIn();
  await other.page.evaluate((id) => fetch(`/v1/sessions/${id}`, { method: "DELETE" }), session);
  await other.context.close();
  line.mend();
  await page.waitForURL(/sign-in/u, { timeout: 30_000 });
  await signIn();
  await page.waitForURL(new RegExp(`/inbox/unassigned/${held.id}$`, "u"));
  await eventually(() => field(page).inputValue()).toBe("Здравствуйте! Ваш заказ уже в пути");
  await context.close();
}, 200_000);

test("two tabs of one person: completing in one moves the other on, with one stream for both", async () => {
  const [first, second] = [await make("Первая из двух"), await make("Вторая из двух")];
  const { context, page } = await okno.signedIn();
  const tab = await context.newPage();
  for (const each of [page, tab]) {
    await each.goto(`${okno.server.url}/inbox/unassigned/${second.id}`);
    await field(each).waitFor();
    await each.getByTestId("message").first().waitFor();
  }
  // A stream of a window just closed may take a moment to end.
  const streams = async () =>
    /^okno_streams (\d+)$/mu.exec(await (await fetch(`${okno.server.url}/metrics`)).text())?.[1];
  await expect.poll(streams, { timeout: 20_000 }).toBe("1");
  // A colleague's hand moves nobody.
  await okno.client.messages.add({ params: { id: second.id }, body: { body: "ещё", from: "customer" } });
  await tab.getByTestId("ticket-view").getByText("ещё").first().waitFor();
  await page.bringToFront();
  await page.keyboard.press("e");
  await page.waitForURL(new RegExp(first.id, "u"));
  await tab.waitForURL(new RegExp(first.id, "u"));
  await okno.client.actions.complete({ params: { id: first.id }, body: {} });
  await eventually(async () => (await okno.client.tickets.get({ params: { id: first.id } })).phase).toBe(
    "done",
  );
  await tab.waitForTimeout(300);
  expect(tab.url()).toContain(first.id);
  await context.close();
}, 180_000);

test("a colleague merges the ticket being answered: what was typed goes along, and what was just sent waits for its author there", async () => {
  const contact = { email: "merged@example.com" };
  const [source, survivor, third] = [
    await make("Где заказ", contact),
    await make("Где мой заказ", contact),
    await make("Где мой заказ, третий раз", contact),
  ];
  const { context, page } = await okno.signedIn();
  await page.goto(`${okno.server.url}/inbox/unassigned/${source.id}`);
  await field(page).waitFor();
  await field(page).pressSequentially("Добрый день! Заказ");
  await okno.client.merging.merge({ params: { id: source.id }, body: { into: survivor.id } });
  await page.waitForURL(new RegExp(survivor.id, "u"));
  await page.getByTestId("merged-line").waitFor();
  await eventually(() => field(page).inputValue()).toBe("Добрый день! Заказ");

  // And once more while the answer is on its way.
  await page.route(
    "**/messages",
    async (route) => {
      await okno.client.merging.merge({ params: { id: survivor.id }, body: { into: third.id } });
      await route.continue();
    },
    { times: 1 },
  );
  await field(page).press("End");
  await field(page).pressSequentially(" в пути");
  await field(page).press("Control+Enter");
  await page.waitForURL(new RegExp(third.id, "u"));
  const moved = page.getByTestId("moved-on");
  await moved.getByText("Добрый день! Заказ в пути").waitFor();
  await moved.getByRole("button").first().click();
  const bodies = async () =>
    (await okno.client.messages.list({ params: { id: third.id } })).data.map((message) => message.body);
  await eventually(bodies).toContain("Добрый день! Заказ в пути");
  await moved.waitFor({ state: "detached" });
  expect(await field(page).inputValue()).toBe("");
  await context.close();
}, 180_000);
