import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayNamed } from "./dates.ts";
import { doubtfulWords, noMarks, snippetOf, spansOf } from "./marks.ts";
import { contactVector, phoneSpans, searchableText, signsOf } from "./words.ts";

test("words are what is between all other signs, ё is е, invisible characters are nothing", () => {
  expect(searchableText("Ёлка — 50%! a_b@c.de №7")).toBe("елка 50 a b c de 7");
  expect(searchableText("за\u0301мок са\u00adмовар")).toBe("замок самовар");
});

test.each([
  ["звоните 8 (916) 123-45-67 или 8(495)7654321", ["89161234567", "84957654321"]],
  ["89161234567 89167654321", ["89161234567", "89167654321"]],
  ["+7 916 123 45 67, +7 916 123 45 68", ["79161234567", "79161234568"]],
  ["заказ 1042 от 22 ноября", []],
  ["с 10 по 20", []],
])("telephones in %s", (text, expected) => {
  expect(phoneSpans(text).map(({ digits }) => digits)).toEqual(expected);
  for (const { start, end } of phoneSpans(text)) expect(text.slice(start, end)).toMatch(/^[+\d].*\d$/u);
});

test("a text of nothing but numbers stays within bounds", () => {
  expect(signsOf("89161234567 ".repeat(5_000)).length).toBeLessThan(2_000);
  expect(
    signsOf(Array.from({ length: 4_000 }, (_, n) => `8916${1_000_000 + n}`).join(",")).length,
  ).toBeLessThan(2_000);
});

test("a contact is its names and addresses; what only a channel can read is left out", () => {
  const { text, signs } = contactVector({
    name: "Пётр Ильич",
    identities: [
      { kind: "email", value: "petr@mail.example" },
      { kind: "visitor", value: "opaque-token" },
    ],
  });
  expect(text).toBe("петр ильич petr mail example");
  expect(signs).toEqual(["=петр", "=ильич", "=petr", "=mail", "=example", "=petr@mail.example"]);
});

describe("snippets", () => {
  const marks = { ...noMarks, lexemes: new Set(["чашк"]), beginnings: ["разб"] };
  const stems = new Map([["чашки", ["чашк"]]]);

  test("only words that may be meant are asked about", () => {
    expect(doubtfulWords("Чашки, посуда и чашки", marks)).toEqual(["чашки"]);
  });

  test("whatever the text, the parts are a piece of it, not too long, and no character is cut in two", () => {
    const unit = fc.constantFrom("чашки", " ", "\n", "😀", "разбитые", "a", "ё", "8 916 123 45 67", "👩‍👩‍👧");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 200 }), (text) => {
        const parts = snippetOf(text, spansOf(text, marks, stems));
        const joined = parts.map((part) => part.text).join("");
        expect(joined.isWellFormed()).toBe(true);
        expect(joined.length).toBeLessThan(400);
        const plain = (each: string) => each.replaceAll(/\s+/gu, "");
        expect(plain(text)).toContain(plain(joined.replace(/^…/u, "").replace(/…$/u, "")));
        if (/чашки|разбитые/u.test(text) && spansOf(text, marks, stems).length > 0)
          expect(parts.some(({ hit }) => hit)).toBe(true);
      }),
    );
  });
});

test.each([
  ["2026-11-22", "2026-11-21T21:00:00.000Z"],
  ["22.11.2026", "2026-11-21T21:00:00.000Z"],
  ["22.11.26", "2026-11-21T21:00:00.000Z"],
  ["22.11", "2026-11-21T21:00:00.000Z"],
  ["23.11", "2025-11-22T21:00:00.000Z"],
  ["2026-11", "2026-10-31T21:00:00.000Z"],
  ["сегодня", "2026-11-21T21:00:00.000Z"],
  ["Yesterday", "2026-11-20T21:00:00.000Z"],
  ["позавчера", "2026-11-19T21:00:00.000Z"],
  ["31.02.2026", undefined],
  ["завтрак", undefined],
])("the day named %s begins at %s in Moscow", (text, expected) => {
  expect(dayNamed(text, new Date("2026-11-22T12:00:00Z"), "Europe/Moscow")?.toISOString()).toBe(expected);
});
