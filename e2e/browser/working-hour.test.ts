import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newPage, type Okno, startOkno } from "../lib/okno.ts";

// An operator's hour by keyboard alone: nothing here points, clicks or focuses anything by itself. What the page shows is
// read; what was done is asked of the server.

let okno: Okno;
let contact = "";
const colleague = { name: "Пётр Андреев", email: "petr@okno.example", password: "another long password" };

async function seed(): Promise<void> {
  const { client, project } = okno;
  await client.topics.create({ body: { project, name: "Доставка" } });
  await client.labels.create({ body: { project, name: "VIP" } });
  const { link } = await client.members.invite({
    body: { ...colleague, grants: [{ project, role: "operator" }] },
  });
  const token = new URL(link.url).hash.slice(1);
  await client.session.useLink({ body: { token, ...colleague, locale: "ru" } });
  const customer = { name: "Иван Семёнов", email: "ivan@example.org", phone: "+7 921 555-01-02" };
  const made = [
    { subject: "Когда привезут", body: "Обещали доставку вчера, курьера нет", contact: customer },
    { subject: "Возврат чайника", body: "Хочу вернуть чайники, оба с трещиной" },
    { subject: "Счёт для юрлица", body: "Пришлите счёт и договор" },
  ];
  for (const ticket of made.toReversed()) {
    const created = await client.tickets.create({ body: ticket });
    if ("contact" in ticket) contact = created.contact?.id ?? "";
  }
}

beforeAll(async () => {
  okno = await startOkno();
  await seed();
});
afterAll(() => okno.close());

/** What has the focus, for people who read the failure of a test. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return "nothing";
    return `${element.tagName.toLowerCase()} ${element.getAttribute("data-testid") ?? element.getAttribute("aria-label") ?? ""}`;
  });

/** Presses keys one after another, by their place on the keyboard, and sees that the focus is never lost. */
async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
  await expect.poll(() => focused(page)).not.toBe("nothing");
}

async function ticketOf(subject: string) {
  const { data } = await okno.client.tickets.list();
  const found = data.find((ticket) => ticket.subject === subject);
  if (!found) throw new Error(`there is no ticket "${subject}"`);
  return found;
}

/** Waits for the ticket in hand to be this one. */
const inHand = (page: Page, subject: string) =>
  page.getByTestId("ticket-view").getByRole("heading", { name: subject }).waitFor();

/** Opens the palette, types, and takes the line that says so. */
async function choose(page: Page, words: string, line: RegExp): Promise<void> {
  await page.keyboard.press("Control+KeyK");
  const palette = page.getByRole("dialog");
  await palette.waitFor();
  await page.keyboard.type(words);
  const wanted = palette.getByRole("option", { name: line }).first();
  await wanted.waitFor();
  for (let presses = 0; (await wanted.getAttribute("aria-selected")) !== "true"; presses++) {
    if (presses > 30) throw new Error(`"${words}" leads to no line that can be reached`);
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await palette.waitFor({ state: "detached" });
}

test("[RP-06] a working hour by keyboard alone: sign in, walk, claim, answer, note, tag, assign, postpone, complete, search, palette, sheet", async () => {
  const { context, page } = await newPage(okno.browser);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  const { client } = okno;

  await page.goto(`${okno.server.url}/sign-in`);
  await page.locator("input[type=email]:focus").waitFor();
  await page.keyboard.type(okno.owner.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(okno.owner.password);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/inbox\/mine/u);
  await page.getByTestId("inbox-list").waitFor();

  // Sequences and letters, and the list that nobody has taken yet.
  await page.keyboard.press("KeyG");
  await page.keyboard.press("KeyU");
  await page.getByTestId("ticket-row").nth(2).waitFor();
  await press(page, "KeyJ");
  await inHand(page, "Когда привезут");
  await press(page, "KeyJ");
  await inHand(page, "Возврат чайника");
  await press(page, "KeyK");
  await inHand(page, "Когда привезут");

  // Enter on the open row goes into the conversation; Escape leaves what one writes without losing the place.
  await press(page, "Enter");
  expect(await focused(page)).toMatch(/^section/u);
  await press(page, "KeyC");
  await expect.poll(async () => (await ticketOf("Когда привезут")).assignee?.name).toBe(okno.owner.name);
  const first = await ticketOf("Когда привезут");
  const bodies = async () =>
    (await client.messages.list({ params: { id: first.id } })).data.map((each) => each.body);
  await press(page, "KeyR");
  await page.keyboard.type("Курьер будет до шести");
  await press(page, "Control+Enter");
  await expect.poll(bodies, { timeout: 20_000 }).toContain("Курьер будет до шести");
  await press(page, "Escape", "KeyN");
  await page.keyboard.type("Проверить завтра у курьеров");
  await press(page, "Control+Enter", "Escape");
  await expect.poll(bodies, { timeout: 20_000 }).toContain("Проверить завтра у курьеров");

  // Topic and label in one menu, priority by the palette.
  await press(page, "KeyL");
  await page.keyboard.type("дост");
  await press(page, "Enter", "Escape");
  await expect.poll(async () => (await ticketOf("Когда привезут")).topic).not.toBeNull();
  await press(page, "KeyL");
  await page.keyboard.type("vip");
  await press(page, "Enter", "Escape");
  await expect.poll(async () => (await ticketOf("Когда привезут")).labels).toEqual(["VIP"]);
  await choose(page, "срочный", /Приоритет: Срочный/u);
  await expect.poll(async () => (await ticketOf("Когда привезут")).priority).toBe("urgent");

  // To a colleague, and back in the list of all.
  await press(page, "KeyA");
  await page.keyboard.type("андр");
  await press(page, "Enter");
  await expect.poll(async () => (await ticketOf("Когда привезут")).assignee?.name).toBe(colleague.name);

  // Postponed, taken back, completed: each leads on, and the focus with it.
  await press(page, "Escape", "KeyG", "KeyU");
  await page.getByTestId("ticket-row").filter({ hasText: "Возврат чайника" }).waitFor();
  await press(page, "KeyJ");
  await inHand(page, "Возврат чайника");
  await press(page, "KeyH");
  await press(page, "Enter");
  await expect.poll(async () => (await ticketOf("Возврат чайника")).phase).toBe("waiting");
  await inHand(page, "Счёт для юрлица");
  await press(page, "KeyZ");
  await expect.poll(async () => (await ticketOf("Возврат чайника")).phase).toBe("open");
  await inHand(page, "Возврат чайника");
  await press(page, "KeyE");
  await expect.poll(async () => (await ticketOf("Возврат чайника")).phase).toBe("done");

  // By a telephone in another spelling, then by another form of a word; Enter goes on to what was found.
  const searchField = page.getByTestId("search-field");
  await press(page, "Slash");
  await expect.poll(() => focused(page)).toMatch(/search-field/u);
  await page.keyboard.type("8 (921) 555 01 02");
  await page.getByTestId("search-row").filter({ hasText: "Когда привезут" }).waitFor({ timeout: 20_000 });
  await press(page, "Enter");
  await expect.poll(() => focused(page)).toMatch(/search-row/u);
  await press(page, "Enter");
  await inHand(page, "Когда привезут");
  await press(page, "Escape", "Slash");
  await page.keyboard.type("чайник фаза:");
  await page.getByRole("option", { name: /завершена/u }).waitFor();
  await page.keyboard.type("зав");
  await press(page, "Tab");
  expect(await searchField.inputValue()).toBe("чайник фаза:завершена ");
  const found = page.getByTestId("search-row").filter({ hasText: "Возврат чайника" });
  await found.waitFor({ timeout: 20_000 });
  expect(await found.locator("mark").first().textContent()).toMatch(/чайник/u);
  expect(await page.getByTestId("search-count").textContent()).toBe("1 заявка");
  await press(page, "Enter", "KeyJ");
  await inHand(page, "Возврат чайника");
  await press(page, "Escape", "Escape");

  // The palette leads to a customer and to a page of the settings, also typed on the wrong layout.
  await choose(page, "семён", /Иван Семёнов/u);
  await page.waitForURL(new RegExp(`/contacts/${contact}`, "u"));
  await choose(page, "rfyfks", /^Каналы/u);
  await page.waitForURL(/\/settings\/channels/u);

  // The sheet says what can be done here, each key once, and is filtered by typing.
  await press(page, "KeyG", "KeyA");
  await page.getByTestId("ticket-row").first().waitFor();
  await press(page, "KeyJ", "Shift+Slash");
  const sheet = page.getByRole("dialog");
  await sheet.getByText("Следующая заявка").waitFor();
  const keys = await sheet
    .locator("[data-command] dd")
    .evaluateAll((cells) => cells.map((cell) => cell.textContent ?? "").filter(Boolean));
  expect(keys.length).toBeGreaterThan(15);
  await page.keyboard.type("завер");
  await sheet.getByText("Следующая заявка").waitFor({ state: "detached" });
  await press(page, "Escape");

  // Another language without a walk through the menus.
  await choose(page, "english", /English/u);
  await press(page, "Shift+Slash");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await press(page, "Escape");

  // Two commands on one key would have been reported as a fault of the page.
  expect(faults).toEqual([]);
  await context.close();
}, 120_000);

test("keys are found by their place: the Russian layout walks and completes too", async () => {
  const { context, page } = await okno.signedIn();
  await okno.client.tickets.create({ body: { subject: "По-русски", body: "Раскладка" } });
  await page.goto(`${okno.server.url}/inbox/unassigned`);
  await page.getByTestId("ticket-row").filter({ hasText: "По-русски" }).waitFor();
  // What the browser says of the key J on a Russian keyboard.
  const type = (code: string, key: string) =>
    page.evaluate(
      ([pressed, letter]) =>
        document.activeElement?.dispatchEvent(
          new KeyboardEvent("keydown", {
            code: pressed ?? "",
            key: letter ?? "",
            bubbles: true,
            cancelable: true,
          }),
        ),
      [code, key],
    );
  await type("KeyJ", "о");
  await inHand(page, "По-русски");
  await type("KeyE", "у");
  await expect.poll(async () => (await ticketOf("По-русски")).phase).toBe("done");
  await context.close();
});
