import { expect, test } from "vitest";
import { linkify } from "./linkify.ts";
import { createTexts } from "./texts.ts";
import { linesOf, meet, merge, unreadOf, withoutAcknowledged } from "./timeline.ts";
import type { ServerMessage } from "./types.ts";

const message = (id: string, more: Partial<ServerMessage> = {}): ServerMessage => ({
  id,
  externalId: null,
  direction: "in",
  author: null,
  body: id,
  status: "received",
  attachments: [],
  at: "2026-03-01T10:00:00Z",
  ...more,
});
const ids = (messages: readonly ServerMessage[]) => messages.map(({ id }) => id).join("");

test("messages stand in the order of their ids, and a message told again replaces what was known", () => {
  const merged = merge([message("a"), message("c")], [message("b"), message("c", { status: "read" })]);
  expect(ids(merged)).toBe("abc");
  expect(merged.at(-1)?.status).toBe("read");
});

test("after a pause the newest page is joined where it meets what is known", () => {
  const known = { messages: [message("a"), message("b")], more: false };
  expect(meet(known, { messages: [message("b"), message("c")], more: true })).toMatchObject({ more: false });
  expect(ids(meet(known, { messages: [message("b"), message("c")], more: true }).messages)).toBe("abc");
});

test("after a pause with more news than a page, no gap is passed off as a whole", () => {
  const met = meet(
    { messages: [message("a")], more: false },
    { messages: [message("x"), message("y")], more: true },
  );
  expect(ids(met.messages)).toBe("xy");
  expect(met.more).toBe(true);
});

test("a waiting message gives way to the message it has become", () => {
  const pending = ["1", "2"].map((externalId) => ({ externalId, body: "", uploads: [], at: "" }));
  expect(withoutAcknowledged(pending, [message("a", { externalId: "1" })])).toEqual([pending[1]]);
});

test("only answers that were not read are unread", () => {
  const messages = [
    message("a"),
    message("b", { direction: "out", status: "read" }),
    message("c", { direction: "out", status: "delivered" }),
    message("d", { direction: "out", status: "sent" }),
  ];
  expect(unreadOf(messages)).toMatchObject({ count: 2, newest: { id: "d" } });
});

test("bubbles of one writer within five minutes form a group, and a new day begins one", () => {
  const lines = linesOf([
    message("a", { at: "2026-03-01T10:00:00Z" }),
    message("b", { at: "2026-03-01T10:03:00Z" }),
    message("c", { at: "2026-03-01T10:09:00Z" }),
    message("d", { at: "2026-03-03T10:10:00Z", direction: "out", author: "Анна" }),
  ]);
  expect(lines.map(({ first, last, newDay }) => [first, last, newDay])).toEqual([
    [true, false, true],
    [false, true, false],
    [true, true, false],
    [true, true, true],
  ]);
  expect(lines.map(({ answered }) => answered)).toEqual([true, true, true, false]);
});

test("links are found in words, without the full stop after them", () => {
  expect(linkify("См. https://shop.example/a?b=1, и www.shop.example.")).toEqual([
    { text: "См. " },
    { text: "https://shop.example/a?b=1", href: "https://shop.example/a?b=1" },
    { text: ", и " },
    { text: "www.shop.example", href: "https://www.shop.example/" },
    { text: "." },
  ]);
});

test("nothing that runs becomes a link", () => {
  for (const words of [
    "javascript:alert(1)",
    "data:text/html,<b>",
    'https://a.example"onclick=alert(1)',
    "<a href=x>",
  ])
    for (const { href } of linkify(words))
      expect(href ?? "https://").toMatch(/^(?:https?:\/\/|mailto:)[^"<>]*$/u);
});

test("Russian counts are right", () => {
  const { count } = createTexts("ru");
  expect([1, 2, 5, 11, 21, 104].map((n) => count(n, "characters"))).toEqual([
    "1 символ",
    "2 символа",
    "5 символов",
    "11 символов",
    "21 символ",
    "104 символа",
  ]);
});
