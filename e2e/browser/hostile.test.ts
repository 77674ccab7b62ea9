import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Okno, startOkno } from "../lib/okno.ts";

// The longest and strangest names there can be, on the narrowest screen: what is shown is text, and nothing is wider than the page.

let okno: Okno;
beforeAll(async () => {
  okno = await startOkno();
});
afterAll(() => okno.close());

const script = "<img src=x onerror=window.pwned=1>";
const long = (most: number) => `${script}${"Щ".repeat(most)}`.slice(0, most);
const wide = "👩‍👩‍👧‍👦".repeat(3) + "﷽".repeat(6);

async function widerThan(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .slice(0, 5)
      .map(
        (element) => `${element.tagName} ${element.className} ${(element.textContent ?? "").slice(0, 30)}`,
      );
  });
}

test("names of the greatest length, script, emoji and wide letters stay within 360 px and are text, on every screen that shows them", async () => {
  const { client, project } = okno;
  const team = await client.teams.create({ body: { project, name: long(60), members: [] } });
  const topic = await client.topics.create({ body: { project, name: long(80) } });
  await client.labels.create({ body: { project, name: long(40), hue: "red" } });
  await client.labels.create({ body: { project, name: wide.slice(0, 39), hue: "blue" } });
  const field = await client.contactFields.create({ body: { project, name: long(80), kind: "text" } });
  const view = await client.views.create({
    body: { name: long(80), shared: true, project, condition: { all: [] } },
  });
  const ticket = await client.tickets.create({
    body: {
      subject: long(300),
      body: `${script} ${"Ы".repeat(2000)}\n${wide}`,
      contact: { name: long(200), email: `${"a".repeat(60)}@${"b".repeat(60)}.example.com` },
    },
  });
  const params = { id: ticket.id };
  await client.actions.set({ params, body: { topic: topic.id, labels: [long(40), wide.slice(0, 39)] } });
  await client.actions.assign({ params, body: { team: team.id } });
  await client.messages.add({ params, body: { body: "W".repeat(3000), visibility: "internal" } });
  const contact = ticket.contact?.id ?? "";
  const { version } = await client.contacts.get({ params: { id: contact } });
  await client.contacts.update({
    params: { id: contact },
    body: { version, note: "Ж".repeat(3000), fields: { [field.id]: "Ю".repeat(1000) } },
  });

  const { context, page } = await okno.signedIn({ width: 360, height: 740 });
  const wrong: string[] = [];
  for (const path of [
    `/inbox/unassigned`,
    `/inbox/${view.id}`,
    `/inbox/all/${ticket.id}`,
    `/contacts`,
    `/contacts/${contact}`,
    `/search?q=${"Щ".repeat(60)}`,
    `/settings/teams`,
    `/settings/topics`,
    `/settings/labels`,
    `/settings/contact-fields`,
  ]) {
    await page.goto(okno.server.url + path);
    await page.locator("main, [role=main]").first().waitFor();
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], [data-loading]'));
    wrong.push(...(await widerThan(page)).map((each) => `${path}: ${each}`));
  }
  await page.goto(`${okno.server.url}/inbox/all/${ticket.id}`);
  await page.getByTestId("message").first().waitFor();
  wrong.push(...(await widerThan(page)).map((each) => `the open ticket: ${each}`));
  expect(wrong).toEqual([]);
  expect(await page.getByTestId("ticket-view").getByText("<img src=x").first().isVisible()).toBe(true);
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
  await context.close();
}, 180_000);
