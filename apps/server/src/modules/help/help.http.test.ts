import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../testing/index.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const page = async (path: string) => {
  const answer = await fetch(t.url + path, { redirect: "manual" });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

test.each([
  ["ru", "Рабочий день в Okno"],
  ["en", "A working day in Okno"],
])(
  "the operator's guide is read in %s without signing in: every picture and every link leads somewhere",
  async (language, title) => {
    const { status, headers, text } = await page(`/help/${language}`);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toContain("text/html");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toMatch(new RegExp(`<h1 id="[^"]+">${title}</h1>`, "u"));

    const ids = [...text.matchAll(/ id="([^"]+)"/gu)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...text.matchAll(/ (?:href|src)="([^"]+)"/gu)].map(([, address = ""]) => address);
    const inside = links.filter((address) => address.startsWith("#")).map((address) => address.slice(1));
    expect(inside.filter((id) => !ids.includes(id))).toEqual([]);

    const pictures = [...new Set(links.filter((address) => address.startsWith("/help/screens/")))];
    expect(pictures.length).toBeGreaterThan(15);
    expect(pictures.filter((address) => !address.endsWith(`-${language}-light.png`))).toEqual([]);
    for (const address of pictures) {
      const picture = await fetch(t.url + address);
      expect(`${address} ${picture.status} ${picture.headers.get("content-type")}`).toBe(
        `${address} 200 image/png`,
      );
      await picture.body?.cancel();
    }
    // The console itself is built elsewhere: `/` and its icon are not served here.
    const own = links.filter((address) => /^\/(?:help|docs)\b/u.test(address) && !pictures.includes(address));
    for (const address of new Set(own))
      expect(`${address} ${(await page(address)).status}`).toBe(`${address} 200`);
    const elsewhere = links.filter((address) => !/^[#/]/u.test(address));
    expect(elsewhere).toEqual([]);
  },
);

test("both guides tell the same: as many parts, and the same pictures in their own language", async () => {
  const of = async (language: string) => {
    const { text } = await page(`/help/${language}`);
    return {
      parts: text.match(/<h2 /gu)?.length,
      pictures: [...text.matchAll(/src="\/help\/screens\/(.+?)-(?:ru|en)-light\.png"/gu)].map(
        ([, name]) => name,
      ),
    };
  };
  expect(await of("ru")).toEqual(await of("en"));
});

test("/help goes to the reader's language", async () => {
  const to = async (language: string) =>
    (
      await fetch(`${t.url}/help`, { redirect: "manual", headers: { "accept-language": language } })
    ).headers.get("location");
  expect(await to("ru-RU,ru;q=0.9,en;q=0.5")).toBe("/help/ru");
  expect(await to("en-GB,en;q=0.9,ru;q=0.5")).toBe("/help/en");
  expect(await to("de")).toBe("/help/en");
});

test.each([
  "..%2f..%2fpackage.json",
  "..%2fscreens%2finbox.png",
  "%2e%2e/guides/operator.ru.md",
  "..%5c..%5cpackage.json",
  "inbox.png%00.png",
  "README.md",
  "nothing-of-the-kind.png",
  "INBOX.PNG",
])("nothing but a picture is served by name: %s", async (name) => {
  expect((await page(`/help/screens/${name}`)).status).toBe(404);
});
