import { readdirSync, readFileSync } from "node:fs";
import { errorCodes, eventTypes } from "@okno/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../testing/index.ts";
import { loadGuides, readGuide } from "./guide.ts";
import { renderMarkdown } from "./markdown.ts";
import { inFull } from "./updated.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const languages = ["ru", "en"] as const;
const samples = new URL("../../../../../docs/integrators/samples/", import.meta.url);

async function page(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(t.url + path, { headers, redirect: "manual" });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

const pages = languages.flatMap((language) =>
  loadGuides(language).map(({ name }) => [
    language,
    name === "index" ? `/docs/${language}` : `/docs/${language}/${name}`,
  ]),
);

test.each(pages)(
  "a guide in %s is whole: every link of %s leads somewhere, nothing runs",
  async (language, path) => {
    const { status, headers, text } = await page(path ?? "");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(headers.get("content-security-policy")).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self'",
    );
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).not.toMatch(/<style|style="|onclick|<script>|<!--|undefined|\[object/u);

    const ids = [...text.matchAll(/ id="([^"]+)"/gu)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const addresses = [
      ...new Set([...text.matchAll(/ (?:href|src)="([^"]+)"/gu)].map(([, address = ""]) => address)),
    ];
    const own = addresses.filter((address) => /^(?:#|\/docs\b)/u.test(address));
    for (const address of own) {
      const [target, part] = address.split("#");
      const other = target ? await page(target) : { status: 200, text };
      expect(`${address} ${other.status}`).toBe(`${address} 200`);
      if (part) expect(other.text, address).toContain(` id="${part}"`);
    }
  },
);

test("both languages have the same guides, the same parts and the same samples", () => {
  const [ru, en] = languages.map((language) =>
    loadGuides(language).map(({ name, order, updated, text }) => {
      const { headings, body } = renderMarkdown(text, language);
      const files = [...body.matchAll(/data-file="([^"]+)"/gu)].map(([, file]) => file);
      return { name, order, updated, parts: headings.map(({ depth }) => depth), files };
    }),
  );
  expect(ru).toEqual(en);
  const shown = new Set(ru?.flatMap(({ files }) => files));
  expect([...shown].sort()).toEqual(readdirSync(samples).sort());
});

test("[PO-14] a sample stands in its guide letter by letter as the file that the tests run", async () => {
  const { text } = await page("/docs/en/compat");
  const textOf = (markup: string) =>
    markup
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&");
  const blocks = [...text.matchAll(/<figure data-file="([^"]+)">.*?<code>(.*?)<\/code>/gsu)];
  expect(blocks.length).toBe(5 * 4);
  for (const [, file = "", code = ""] of blocks)
    expect(textOf(code), file).toBe(readFileSync(new URL(file, samples), "utf8").trimEnd());
});

test("tables come from the contract whole: codes, events, pauses in the words of the language", async () => {
  const errors = await page("/docs/en/errors");
  for (const code of Object.keys(errorCodes)) expect(errors.text).toContain(`<code>${code}</code>`);
  const webhooks = await page("/docs/ru/webhooks");
  for (const type of eventTypes) expect(webhooks.text).toContain(`<code>${type}</code>`);
  for (const pause of ["сразу", "5 секунд", "5 минут", "30 минут", "2 часа", "24 часа"])
    expect(webhooks.text).toContain(`<td>${pause}</td>`);
});

test("[PO-16] every page says how long ago it was changed, and the day is one that has come", async () => {
  for (const language of languages)
    for (const { name, updated } of loadGuides(language)) {
      const at = new Date(`${updated}T00:00:00Z`);
      expect(at.toISOString().slice(0, 10), name).toBe(updated);
      // A day begins in the east first.
      expect(at.getTime(), name).toBeLessThanOrEqual(Date.now() + 14 * 3_600_000);
    }
  const { updated = "" } = loadGuides("ru").find(({ name }) => name === "compat") ?? {};
  t.clock.advance(Date.parse(updated) + 26.5 * 86_400_000 - t.clock.now().getTime());
  const { text } = await page("/docs/ru/compat");
  const full = inFull(updated, "ru");
  expect(text).toContain(`Обновлено <time datetime="${updated}" title="${full}">26 дней назад</time>`);
});

test("[PO-18] whoever is not signed in is offered to sign in, and told how an account is got", async () => {
  const stranger = await page("/docs/ru/compat");
  expect(stranger.text).toContain("Вы не вошли");
  expect(stranger.text).toContain('<a href="/sign-in?next=%2Fdocs%2Fru%2Fcompat">войдите</a>');
  expect(stranger.text).toContain('<a href="/docs/ru/access">узнайте, как получить доступ</a>');
  expect((await page("/docs/ru/compat", { cookie: "okno_session=nonsense" })).text).toContain("Вы не вошли");

  const member = await page("/docs/ru/compat", { authorization: "Bearer test-admin-key-0123456789abcdef" });
  expect(member.text).not.toContain("Вы не вошли");
  expect(member.text).toContain('<a class="door" href="/">Открыть окно</a>');
  expect(member.headers.get("cache-control")).toBe("private, no-cache");
});

test("where there is no demo no credentials are shown, but where to find one's own", async () => {
  const { text } = await page("/docs/en/first-steps");
  expect(text).toContain(`export OKNO_URL=&#39;${t.url}&#39;`);
  expect(text).toContain("export OKNO_SECRET=&#39;Secret 1 of the desk&#39;");
});

test("/docs is read in the reader's language; what is no guide is not found", async () => {
  expect((await page("/docs", { "accept-language": "ru" })).text).toContain('<html lang="ru">');
  expect((await page("/docs?lang=en", { "accept-language": "ru" })).text).toContain('<html lang="en">');
  for (const path of ["/docs/ru/nothing", "/docs/de", "/docs/ru/..%2f..%2fglossary", "/docs/ru/__proto__"])
    expect(`${path} ${(await page(path)).status}`).toBe(`${path} 404`);
});

test("what is written in a guide is text: markup is shown, and no address but our own or https is linked", () => {
  const { body } = renderMarkdown(
    "<script>alert(1)</script>\n\n<!-- nothing -->\n\na <b>c</b> ![x](y)",
    "en",
  );
  expect(body).not.toMatch(/<script|<b>|<img|<!--/u);
  expect(() => renderMarkdown("[here](javascript:alert(1))", "en")).toThrow("leads to");
  expect(() => renderMarkdown("[here](//elsewhere.example)", "en")).toThrow("leads to");
  expect(() => readGuide("new", "---\ntitle: New\nsummary: x\norder: 1\nupdated: soon\n---\n")).toThrow(
    "updated (a day)",
  );
});
