import { expect, test } from "vitest";
import { linkify } from "./linkify.ts";

const links = (text: string) => linkify(text).flatMap((piece) => (piece.kind === "link" ? [piece.href] : []));

test("addresses become links without the punctuation of the sentence", () => {
  expect(links("см. https://example.com/a?b=1, и http://x.ru.")).toEqual([
    "https://example.com/a?b=1",
    "http://x.ru/",
  ]);
  expect(links("(https://ru.wikipedia.org/wiki/Okno_(window))")).toEqual([
    "https://ru.wikipedia.org/wiki/Okno_(window)",
  ]);
  expect(links("пишите на a.b@example.com!")).toEqual(["mailto:a.b@example.com"]);
});

test("nothing that could run becomes a link", () => {
  expect(links("javascript:alert(1) data:text/html,x vbscript:x file:///etc/passwd")).toEqual([]);
  expect(links('https://x.example/"onmouseover=alert(1)')).toEqual(["https://x.example/"]);
});
