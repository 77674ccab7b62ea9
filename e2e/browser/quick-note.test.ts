import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Okno, startOkno } from "../lib/okno.ts";

let okno: Okno;
beforeAll(async () => {
  okno = await startOkno();
});
afterAll(() => okno.close());

/** Types by single keys, as a person does, and counts them. */
function countingKeys(page: Page) {
  let pressed = 0;
  return {
    count: () => pressed,
    async press(key: string) {
      pressed++;
      await page.keyboard.press(key);
    },
    async type(text: string) {
      for (const letter of text) {
        pressed++;
        // Letters of any alphabet, without a layout that has them.
        if (/[\d+]/u.test(letter)) await page.keyboard.press(letter);
        else await page.keyboard.insertText(letter);
      }
    },
  };
}

const newest = async () => (await okno.client.tickets.list({ query: { limit: 1 } })).data[0];

test("[RT-13] a call is noted in as many keys as its words have, the number, and three more", async () => {
  const known = await okno.client.contacts.create({ body: { name: "Нина", phone: "+79161234567" } });
  const { context, page } = await okno.signedIn();
  await page.getByTestId("empty-inbox").waitFor();
  const keys = countingKeys(page);
  const number = "89161234567";
  const words = "Просит перезвонить завтра";
  await keys.press("KeyQ");
  await page.getByRole("dialog").getByRole("textbox").first().waitFor();
  await keys.type(number);
  await keys.press("Enter");
  await keys.type(words);
  await keys.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(keys.count()).toBe(number.length + words.length + 3);
  const ticket = await newest();
  expect(ticket).toMatchObject({
    subject: words,
    phase: "open",
    contact: { id: known.id },
    assignee: { name: okno.owner.name },
  });
  const { data } = await okno.client.messages.list({ params: { id: ticket?.id ?? "" } });
  expect(data).toMatchObject([{ body: words, visibility: "internal" }]);
  await page.getByTestId("ticket-row").getByText(words).first().waitFor();
  await context.close();
});

test("a wrong number is said beside itself, and nothing typed is lost, not even by closing", async () => {
  const { context, page } = await okno.signedIn();
  await page.keyboard.press("KeyQ");
  const dialog = page.getByRole("dialog");
  const [who, words] = [dialog.getByRole("textbox").first(), dialog.getByRole("textbox").nth(1)];
  await who.fill("+7 00000");
  await words.fill("Не дозвониться");
  await page.keyboard.press("Enter");
  await dialog.getByText("Такого номера не бывает").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await page.keyboard.press("KeyQ");
  expect(await words.inputValue()).toBe("Не дозвониться");
  await who.fill("Пётр");
  await words.press("Control+Enter");
  await dialog.waitFor({ state: "detached" });
  await expect.poll(newest).toMatchObject({ subject: "Не дозвониться", contact: { name: "Пётр" } });
  await context.close();
});

test("a colleague's change of a card is shown beside what was typed; both are kept until one is chosen", async () => {
  const { id } = await okno.client.contacts.create({ body: { name: "Олег", note: "Старая" } });
  const { context, page } = await okno.signedIn();
  await page.goto(`${okno.server.url}/contacts/${id}`);
  await page.getByRole("heading", { name: "Олег" }).waitFor();
  await page.keyboard.press("Shift+KeyC");
  const dialog = page.getByRole("dialog");
  const note = dialog.getByLabel("Заметка");
  await note.fill("Моя заметка");
  const params = { id };
  await okno.client.contacts.update({ params, body: { note: "Их заметка", name: "Олег Н.", version: 1 } });
  await note.press("Control+Enter");
  await dialog.getByText("Сейчас: Их заметка").waitFor();
  expect(await note.inputValue()).toBe("Моя заметка");
  expect(await dialog.getByLabel("Имя").inputValue()).toBe("Олег Н.");
  await note.press("Control+Enter");
  await dialog.waitFor({ state: "detached" });
  expect(await okno.client.contacts.get({ params })).toMatchObject({ note: "Моя заметка", name: "Олег Н." });
  await context.close();
});
