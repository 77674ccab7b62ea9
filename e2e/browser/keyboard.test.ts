import { afterAll, beforeAll, expect, test } from "vitest";
import { type Okno, startOkno } from "../lib/okno.ts";

let okno: Okno;
beforeAll(async () => {
  okno = await startOkno();
});
afterAll(() => okno.close());

test("[RP-06] claim, answer, postpone and complete by keys alone, in the Russian layout too", async () => {
  const subjects = ["Первая", "Вторая", "Третья"];
  for (const subject of subjects)
    await okno.client.tickets.create({ body: { subject, body: `Вопрос: ${subject}` } });
  const { context, page } = await okno.signedIn();
  await page.goto(`${okno.server.url}/inbox/unassigned`);
  await page.getByTestId("ticket-row").nth(2).waitFor();
  await page.keyboard.press("KeyJ");
  await page.keyboard.press("Enter");
  await page.getByTestId("ticket-view").getByText("Вопрос:").first().waitFor();
  await page.keyboard.press("KeyR");
  await page.keyboard.type("Отвечаю с клавиатуры");
  await page.keyboard.press("Control+Enter");
  const answered = async () =>
    (await okno.client.tickets.list({ query: { phase: "open" } })).data.find(
      (ticket) => ticket.lastMessage?.by === "us",
    );
  await expect.poll(answered).toMatchObject({ assignee: { name: okno.owner.name }, progress: "in_work" });
  const mine = await answered();
  await page.keyboard.press("Escape");
  await page.keyboard.press("KeyE");
  await expect
    .poll(async () => (await okno.client.tickets.get({ params: { id: mine?.id ?? "" } })).phase)
    .toBe("done");
  await context.close();
});
