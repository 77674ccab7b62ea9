import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adminKey, startTestApp, type TestApp } from "../../testing/index.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const find = (q: string) => t.client.search.tickets({ query: { q } });

describe("hostile queries are answered", () => {
  const queries = [
    "",
    " ",
    "-",
    '"',
    '""',
    "и в на",
    "the of",
    "' | !a & (b <-> c):*",
    "\\'; drop table tickets; --",
    "😀👩‍👩‍👧",
    "\u202eсрочно\u202c",
    "от: тема: до:",
    "-от:",
    "-срочно",
    `${"а".repeat(400)}`,
    "слово ".repeat(80),
    "'\\".repeat(100),
    "№".repeat(200),
    "9".repeat(300),
    "+".repeat(300),
    'до:"99.99.9999" после:"-1"',
    "\ud800",
    "ﷺ عربي",
    "%_%",
    "ъ",
  ];
  test.each(queries)("%j", async (q) => {
    for (const path of ["/v1/search", "/v1/tickets", "/v1/contacts", "/v1/search/suggest"]) {
      const url = `${t.url}${path}?q=${encodeURIComponent(q.toWellFormed())}`;
      const answer = await fetch(url, { headers: { authorization: `Bearer ${adminKey}` } });
      expect(answer.status, path).toBe(200);
    }
  });

  test("too much, and what no text has, are refused by name", async () => {
    for (const q of ["а".repeat(501), "a\u0000b"])
      await expect(find(q)).rejects.toMatchObject({ code: "invalid_request" });
    const answer = await find(Array.from({ length: 30 }, (_, n) => `слово${n}`).join(" "));
    expect(answer.understood.filter(({ problem }) => problem === "too_many_parts")).toHaveLength(10);
  });
});
