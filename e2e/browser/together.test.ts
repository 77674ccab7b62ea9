import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newPage, type Okno, startOkno } from "../lib/okno.ts";

let okno: Okno;
const boris = { name: "Борис Лебедев", email: "boris@okno.example", password: "another long password" };
beforeAll(async () => {
  okno = await startOkno();
  const { name, email } = boris;
  const grants = [{ project: okno.project, role: "operator" as const }];
  const { link } = await okno.client.members.invite({ body: { name, email, grants } });
  const token = link.url.split("#")[1] ?? "";
  await okno.client.session.useLink({ body: { token, ...boris, locale: "ru" } });
});
afterAll(() => okno.close());

async function signIn(who: {
  email: string;
  password: string;
}): Promise<{ context: BrowserContext; page: Page }> {
  const { context, page } = await newPage(okno.browser, { width: 1440, height: 900 });
  await page.goto(`${okno.server.url}/sign-in`);
  await page.locator('input[type="email"]').fill(who.email);
  await page.locator('input[type="password"]').fill(who.password);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/inbox/u);
  return { context, page };
}

const open = (page: Page, id: string) => page.goto(`${okno.server.url}/inbox/unassigned/${id}`);
const field = (page: Page) => page.getByTestId("composer").locator("textarea");
const inHeader = (page: Page, words: RegExp) => page.getByTestId("ticket-presence").getByText(words);
const inRow = (page: Page, id: string) => page.locator(`[data-ticket="${id}"]`).getByTestId("row-presence");

test("[CO-04] two at one ticket: who views and who types is seen in the list and in the ticket; writing at once warns and hinders nothing; one of two claims wins", async () => {
  const ticket = await okno.client.tickets.create({
    body: { subject: "Общая на двоих", body: "Кто ответит?" },
  });
  const anna = await signIn(okno.owner);
  const other = await signIn(boris);
  await other.page.goto(`${okno.server.url}/inbox/unassigned`);
  await other.page.getByTestId("ticket-row").waitFor();

  await open(anna.page, ticket.id);
  await inRow(other.page, ticket.id).getByText("Анна Ковалёва смотрит").waitFor({ state: "attached" });
  await field(anna.page).pressSequentially("Здравствуйте, ");
  await inRow(other.page, ticket.id).getByText("Анна Ковалёва пишет ответ").waitFor({ state: "attached" });

  await other.page.getByTestId("ticket-row").click();
  await inHeader(other.page, /Анна Ковалёва пишет ответ/u).waitFor();
  const notice = other.page.getByTestId("writing-notice");
  await notice.getByText("Анна Ковалёва уже пишет ответ").waitFor();
  await inHeader(anna.page, /Борис Лебедев смотрит/u).waitFor();
  // Oneself is never shown to oneself.
  expect(await anna.page.getByTestId("ticket-presence").textContent()).not.toContain("Анна");

  // The warning is no lock: Boris can write and send, and Anna sees that he writes.
  await field(other.page).pressSequentially("Я уже ответил");
  await anna.page.getByTestId("writing-notice").getByText("Борис Лебедев уже пишет ответ").waitFor();
  // Said to those who listen, too.
  await expect.poll(() => anna.page.getByTestId("announcer").textContent()).toContain("Борис Лебедев");
  await field(anna.page).fill("");
  await inHeader(other.page, /Анна Ковалёва смотрит/u).waitFor();

  // Both take it at the same moment: one has it, the other is told who.
  await field(anna.page).press("Escape");
  await field(other.page).press("Escape");
  await Promise.all([anna.page.keyboard.press("c"), other.page.keyboard.press("c")]);
  const owner = async () => (await okno.client.tickets.get({ params: { id: ticket.id } })).assignee?.name;
  await expect.poll(owner).toBeDefined();
  const winner = await owner();
  const loser = winner === boris.name ? anna.page : other.page;
  await loser
    .getByText(winner ?? "", { exact: false })
    .first()
    .waitFor();
  const events = (await okno.client.tickets.events({ params: { id: ticket.id } })).data;
  expect(events.filter(({ type }) => type === "ticket.claimed")).toHaveLength(1);

  // Whoever closes the window is gone.
  await anna.context.close();
  await expect
    .poll(() => other.page.getByTestId("ticket-presence").textContent(), { timeout: 25_000 })
    .toBe("");
  await other.context.close();
});

test("a second tab of the same person is not a second person, and a note being written is nobody's concern", async () => {
  const ticket = await okno.client.tickets.create({ body: { subject: "Две вкладки", body: "?" } });
  const anna = await signIn(okno.owner);
  const second = await anna.context.newPage();
  await Promise.all([open(anna.page, ticket.id), open(second, ticket.id)]);
  const other = await signIn(boris);
  const said: string[] = [];
  anna.page.on("request", (req) => {
    if (req.url().endsWith("/v1/presence")) said.push((req.postDataJSON() as { doing: string }).doing);
  });
  await open(other.page, ticket.id);
  await inHeader(other.page, /^Анна Ковалёва смотрит$/u).waitFor();
  expect(await other.page.getByTestId("ticket-presence").getByTestId("face").count()).toBe(1);
  await anna.page.bringToFront();
  await anna.page.getByTestId("ticket-view").waitFor();
  await anna.page.keyboard.press("n");
  await anna.page.keyboard.type("только для своих");
  await second.close();
  expect(said).not.toContain("typing");
  await anna.page.keyboard.press("Escape");
  await anna.page.keyboard.press("r");
  await anna.page.keyboard.type("для покупателя");
  await inHeader(other.page, /Анна Ковалёва пишет ответ/u).waitFor();
  expect(said).toContain("typing");
  await Promise.all([anna.context.close(), other.context.close()]);
});

test("by keys alone: follow, link by number and take it back; what a colleague hands over with a note is read first", async () => {
  const make = (subject: string) => okno.client.tickets.create({ body: { subject, body: "?" } });
  const [ticket, far] = [await make("Главная"), await make("Соседняя заявка")];
  const anna = await signIn(okno.owner);
  await open(anna.page, ticket.id);
  const card = anna.page.getByTestId("links");
  await card.waitFor();
  await anna.page.keyboard.press("w");
  await anna.page.getByTestId("followers").getByText(okno.owner.name).waitFor({ state: "attached" });
  const followers = async () => (await okno.client.followers.list({ params: { id: ticket.id } })).data.length;
  await expect.poll(followers).toBe(1);

  await anna.page.keyboard.press("Shift+L");
  await anna.page.getByRole("combobox", { name: "Другая заявка" }).fill(`№ ${far.number}`);
  await anna.page.getByRole("option", { name: /Соседняя заявка/u }).waitFor();
  await anna.page.keyboard.press("Enter");
  await card.getByText("Соседняя заявка").waitFor();
  // The other one is settled elsewhere: the card says so by itself.
  await okno.client.actions.complete({ params: { id: far.id }, body: {} });
  await card.getByText("завершена").waitFor();
  await anna.page.keyboard.press("z");
  await card.getByText("Соседняя заявка").waitFor({ state: "detached" });

  const other = await signIn(boris);
  const me = (await okno.client.members.list()).data.find(({ name }) => name === boris.name);
  await okno.client.actions.transfer({
    params: { id: ticket.id },
    body: { member: me?.id ?? "", note: "Клиент ждёт звонка после шести" },
  });
  await other.page.goto(`${okno.server.url}/inbox/mine/${ticket.id}`);
  const handed = other.page.getByTestId("handed-over");
  await handed.getByText("Клиент ждёт звонка после шести").waitFor();
  await field(other.page).fill("Позвоним");
  await other.page.keyboard.press("Control+Enter");
  await handed.waitFor({ state: "detached" });
  await Promise.all([anna.context.close(), other.context.close()]);
});
