import { afterAll, beforeAll, expect, test } from "vitest";
import { type Okno, startOkno } from "../lib/okno.ts";

let okno: Okno;
beforeAll(async () => {
  okno = await startOkno();
});
afterAll(() => okno.close());

test("chosen by keys, by Shift and a click, and all at once; completed, found again after a reload, and undone", async () => {
  const { client } = okno;
  for (let n = 1; n <= 6; n++) await client.tickets.create({ body: { subject: `Заявка ${n}`, body: "…" } });
  const { context, page } = await okno.signedIn();
  await page.goto(`${okno.server.url}/inbox/unassigned`);
  const rows = page.getByTestId("ticket-row");
  await rows.nth(5).waitFor();
  const chosen = page.locator("[data-selected]");
  const bar = page.getByTestId("bulk-bar");

  // By keys: one, and two more after it.
  await page.keyboard.press("KeyX");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  expect(await chosen.count()).toBe(3);
  await page.keyboard.press("Escape");
  expect(await chosen.count()).toBe(0);
  // By the pointer: a range, though a ticket arrives meanwhile.
  await rows.nth(1).hover();
  await page.locator("li").filter({ has: rows }).nth(1).getByRole("checkbox").click();
  await client.tickets.create({ body: { subject: "Новая", body: "…" } });
  await rows.nth(4).click({ modifiers: ["Shift"] });
  expect(await chosen.count()).toBe(4);
  expect(page.url()).toMatch(/unassigned$/u);

  await bar.waitFor();
  await page.keyboard.press("KeyE");
  const status = page.getByTestId("bulk-status");
  await expect.poll(() => status.textContent(), { timeout: 30_000 }).toContain("4");
  const done = async () => (await client.tickets.list({ query: { phase: "done" } })).data.length;
  await expect.poll(done).toBe(4);
  // The one that arrived meanwhile waits behind "1 new": nothing moved under the pointer.
  await expect.poll(() => rows.count()).toBe(2);

  await page.reload();
  await status.getByRole("button", { name: /Отменить/u }).click();
  await expect.poll(done, { timeout: 30_000 }).toBe(0);
  // What comes back waits behind "N new" while the pointer is over the list.
  const pill = page.getByTestId("new-pill");
  const all = async () => {
    if (await pill.isVisible()) await pill.click();
    return rows.count();
  };
  await expect.poll(all, { timeout: 30_000 }).toBe(7);
  await context.close();

  // On a phone the bar has its place as well, and nothing is wider than the screen.
  const phone = await okno.signedIn({ width: 360, height: 740 });
  await phone.page.goto(`${okno.server.url}/inbox/unassigned`);
  await phone.page.getByTestId("ticket-row").nth(3).waitFor();
  await phone.page.keyboard.press("KeyX");
  await phone.page.getByTestId("bulk-bar").waitFor();
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await phone.context.close();
}, 180_000);

test("a merged ticket leads to the one that has it, with the way back", async () => {
  const { client } = okno;
  const contact = { email: "one@example.com" };
  const open = (subject: string) => client.tickets.create({ body: { subject, body: subject, contact } });
  const [source, survivor] = [await open("Где заказ"), await open("Где мой заказ")];
  const { context, page } = await okno.signedIn();
  await page.goto(`${okno.server.url}/inbox/all/${source.id}`);
  await page.getByTestId("message").first().waitFor();
  await page.keyboard.press("KeyM");
  await page.getByRole("dialog").getByText("Где мой заказ").click();
  await page.waitForURL(new RegExp(survivor.id, "u"));
  await expect.poll(() => page.getByTestId("message").count()).toBe(2);
  await page.goto(`${okno.server.url}/inbox/all/${source.id}`);
  await page.getByTestId("merged-line").waitFor();
  expect(page.url()).toContain(survivor.id);
  await page.getByTestId("merged-line").getByRole("button", { name: "Разъединить" }).click();
  await page.waitForURL(new RegExp(source.id, "u"));
  expect((await client.tickets.get({ params: { id: source.id } })).mergedInto).toBeNull();
  await context.close();
}, 180_000);
