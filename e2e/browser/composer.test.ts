import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Okno, startOkno } from "../lib/okno.ts";

// What a browser alone can show of writing: that nothing typed is lost, and what the keys do.

let okno: Okno;
beforeAll(async () => {
  okno = await startOkno();
});
afterAll(() => okno.close());

const composer = (page: Page) => page.getByTestId("composer").locator("textarea");
/** Under load a page takes its time. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 30_000 });
const ticket = async (subject: string, body = "Где мой заказ?") =>
  (await okno.client.tickets.create({ body: { subject, body, contact: { name: "Пётр" } } })).id;

async function open(page: Page, id: string): Promise<void> {
  await page.goto(`${okno.server.url}/tickets/${id}`);
  await composer(page).waitFor();
}

async function bodiesOf(id: string): Promise<string[]> {
  return (await okno.client.messages.list({ params: { id } })).data.map((message) => message.body);
}

/** The drafts that the server has of the owner, read through the browser's own session. */
const draftText = (page: Page, id: string) =>
  page.evaluate(
    async (path) => ((await (await fetch(path)).json()) as { reply: string }).reply,
    `/v1/tickets/${id}/draft`,
  );

test("a browser that crashes loses nothing: another one signs in and goes on, and the list shows where", async () => {
  const id = await ticket("С черновиком");
  const { context, page } = await okno.signedIn();
  await open(page, id);
  await composer(page).pressSequentially("Здравствуйте, Пётр! Заказ ");
  await eventually(() => draftText(page, id)).toContain("Заказ");
  await context.close();

  const { context: other, page: there } = await okno.signedIn();
  await there.goto(`${okno.server.url}/inbox/unassigned`);
  const row = there.getByTestId("ticket-row").filter({ hasText: "С черновиком" });
  await row.getByTestId("draft-mark").waitFor();
  await row.click();
  await eventually(() => composer(there).inputValue()).toBe("Здравствуйте, Пётр! Заказ ");
  await other.close();
});

test("two tabs type as one, a reload and a lost server keep what was typed, and signing out leaves no copy", async () => {
  const id = await ticket("Две вкладки");
  const { context, page } = await okno.signedIn();
  const tab = await context.newPage();
  await Promise.all([open(page, id), open(tab, id)]);
  await composer(page).fill("Из первой вкладки");
  await eventually(() => composer(tab).inputValue()).toBe("Из первой вкладки");
  await composer(tab).fill("Из первой вкладки и второй");
  await eventually(() => composer(page).inputValue()).toBe("Из первой вкладки и второй");
  await eventually(() => draftText(page, id)).toBe("Из первой вкладки и второй");
  await tab.close();

  await page.route("**/draft", (route) => route.abort());
  await composer(page).fill("Без сервера");
  await page.reload();
  await eventually(() => composer(page).inputValue()).toBe("Без сервера");
  await page.unroute("**/draft");
  await composer(page).press("End");
  await composer(page).pressSequentially("!");
  await eventually(() => draftText(page, id)).toBe("Без сервера!");
  const copies = () =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("okno.draft")));
  await eventually(copies).toEqual([]);
  // Typed and not saved yet: signing out waits for the server, then clears the browser.
  await composer(page).pressSequentially(" И ещё");
  await page.getByRole("button", { name: okno.owner.name }).click();
  await page.getByRole("menuitem", { name: "Выйти" }).click();
  await page.waitForURL(/sign-in/u);
  expect(await copies()).toEqual([]);
  const { context: later, page: again } = await okno.signedIn();
  await open(again, id);
  await eventually(() => composer(again).inputValue()).toBe("Без сервера! И ещё");
  await later.close();
  await context.close();
});

test("two devices that wrote in one draft: both texts are there, and their author is told", async () => {
  const id = await ticket("Два устройства");
  const [phone, laptop] = await Promise.all([okno.signedIn(), okno.signedIn()]);
  await Promise.all([open(phone.page, id), open(laptop.page, id)]);
  await composer(phone.page).fill("Пишу с телефона");
  await eventually(() => draftText(phone.page, id)).toBe("Пишу с телефона");
  await composer(laptop.page).fill("Пишу с ноутбука");
  await laptop.page.getByTestId("both-texts").waitFor();
  expect(await composer(laptop.page).inputValue()).toBe("Пишу с ноутбука\n\nПишу с телефона");
  await laptop.page.getByTestId("both-texts").getByRole("button").click();
  await laptop.page.getByTestId("both-texts").waitFor({ state: "detached" });
  await Promise.all([phone.context.close(), laptop.context.close()]);
});

test("a reply is taken back by a key, whole; send and complete goes out as one", async () => {
  const id = await ticket("Отмена");
  const { context, page } = await okno.signedIn();
  await open(page, id);
  await composer(page).fill("Не туда");
  await composer(page).press("Control+Enter");
  await page.getByTestId("held").waitFor();
  await page.getByTestId("ticket-view").getByText("Не туда").waitFor();
  await composer(page).blur();
  await page.keyboard.press("z");
  await eventually(() => composer(page).inputValue()).toBe("Не туда");
  await page.getByTestId("held").waitFor({ state: "detached" });
  expect(await bodiesOf(id)).toEqual(["Где мой заказ?"]);

  await composer(page).fill("Туда");
  await composer(page).press("Control+Shift+Enter");
  await eventually(async () => (await okno.client.tickets.get({ params: { id } })).phase).toBe("done");
  expect(await bodiesOf(id)).toEqual(["Туда", "Где мой заказ?"]);
  const [message] = (await okno.client.messages.list({ params: { id } })).data;
  expect(message?.heldUntil).not.toBeNull();
  await context.close();
});

test("[CO-01] a note names a colleague by keyboard, and quotes what was selected", async () => {
  const { member } = await okno.client.members.invite({
    body: {
      name: "Борис Кладовщик",
      email: "boris@okno.example",
      grants: [{ project: okno.project, role: "operator" }],
    },
  });
  const id = await ticket("Заметка");
  const { context, page } = await okno.signedIn();
  await open(page, id);
  await page.keyboard.press("n");
  await composer(page).pressSequentially("Гляньте, @анн");
  await page.getByRole("option", { name: "Анна Ковалёва" }).waitFor();
  await page.keyboard.press("Enter");
  await composer(page).pressSequentially("пожалуйста");
  expect(await composer(page).inputValue()).toBe("Гляньте, @Анна Ковалёва пожалуйста");
  await composer(page).press("Control+Enter");
  await page.locator("[data-testid=message] mark").getByText("@Анна Ковалёва").waitFor();
  const [note] = (await okno.client.messages.list({ params: { id } })).data;
  expect(note).toMatchObject({
    visibility: "internal",
    mentions: [{ kind: "member", name: "Анна Ковалёва" }],
  });
  expect(member.status).toBe("invited");

  await page.keyboard.press("Escape");
  await page.getByTestId("message").first().locator("p").selectText();
  await page.getByRole("button", { name: "Цитировать" }).waitFor();
  await page.keyboard.press("q");
  await eventually(() => composer(page).inputValue()).toBe("> Где мой заказ?\n\n");
  await context.close();
});

/** A visitor's first words in the chat. */
async function chatTicket(body: string): Promise<string> {
  const channel = await okno.client.channels.create({
    body: { project: okno.project, type: "webchat", name: "Chat" },
  });
  const chat = `${okno.server.url}/chat/${channel.publicKey}`;
  const json = { "content-type": "application/json" };
  const begun = await fetch(`${chat}/session`, { method: "POST", headers: json, body: "{}" });
  const { token } = (await begun.json()) as { token: string };
  await fetch(`${chat}/messages`, {
    method: "POST",
    headers: { ...json, authorization: `Bearer ${token}` },
    body: JSON.stringify({ externalId: crypto.randomUUID(), body }),
  });
  const [made] = (await okno.client.tickets.list({ query: { limit: 1 } })).data;
  return made?.id ?? "";
}

test("the language of a customer who writes in another one is shown, and the text grows no longer than the channel takes", async () => {
  const id = await chatTicket(
    "Hello, where is my order? I paid three days ago and nobody has called me since.",
  );
  const { context, page } = await okno.signedIn({ locale: "ru-RU" });
  await open(page, id);
  const language = page.getByTestId("customer-language");
  await language.waitFor();
  expect(await language.textContent()).toContain("английский");
  expect(await composer(page).getAttribute("lang")).toBe("en");
  await composer(page).fill("слово ".repeat(835));
  await page.getByTestId("composer").getByText("на 9 знаков длиннее").waitFor();
  expect(await page.getByRole("button", { name: "Отправить" }).first().isDisabled()).toBe(true);
  await composer(page).fill("");
  await context.close();
});
