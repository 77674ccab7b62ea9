import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSearch, searchCompletionAt, searchOperators, searchValue } from "./search-query.ts";

const shapeOf = (query: string) =>
  parseSearch(query).map((part) => {
    const sign = part.negated ? "-" : "";
    if (part.as === "operator") return `${sign}${part.operator}:${part.text}`;
    return `${sign}${part.as}${part.as === "number" && part.exact ? "!" : ""}=${part.text}`;
  });

describe("a query is read into parts", () => {
  const table: [string, string[]][] = [
    ["заказ чайник", ["word=заказ", "word=чайник"]],
    ["от:Иванов тема:Доставка", ["from:Иванов", "topic:Доставка"]],
    ["from:ivanov TOPIC:delivery", ["from:ivanov", "topic:delivery"]],
    ['от:"Анна Иванова" заказ', ["from:Анна Иванова", "word=заказ"]],
    ["от:«Анна Иванова»", ["from:Анна Иванова"]],
    ["-метка:vip -чайник", ["-label:vip", "-word=чайник"]],
    ['-"зелёный чайник"', ["-phrase=зелёный чайник"]],
    ["is:open фаза:ждёт", ["phase:open", "phase:ждёт"]],
    ["до:22.11.2026 after:2026-11-01", ["before:22.11.2026", "after:2026-11-01"]],
    ["#1042 № 1043 1044", ["number!=1042", "number!=1043", "number=1044"]],
    ["8 (916) 123-45-67", ["phone=89161234567"]],
    ["+7 916 123 45 67 чайник", ["phone=+79161234567", "word=чайник"]],
    ["заказ 123-45-67", ["word=заказ", "phone=1234567"]],
    ["от:8 (916) 123-45-67", ["from:89161234567"]],
    ["2026-11-22", ["word=2026-11-22"]],
    ["22.11.2026", ["word=22.11.2026"]],
    ["anna@example.com", ["email=anna@example.com"]],
    ["anna@", ["email=anna@"]],
    ["https://example.com/a", ["word=https://example.com/a"]],
    ["неоператор:слово", ["word=неоператор:слово"]],
    ["от:", ["from:"]],
    ["-", []],
    ["- - --", []],
    ['""', []],
    ['"незакрытая фраза', ["phrase=незакрытая фраза"]],
    ['слово"', ["word=слово"]],
    ["😀 👩‍👩‍👧", []],
    ["\u202eзаказ\u0000", ["word=заказ"]],
    ["а-б", ["word=а-б"]],
    ["() & | ! <-> :*", []],
  ];
  test.each(table)("%s", (query, expected) => {
    expect(shapeOf(query)).toEqual(expected);
  });
});

test("whatever is written, reading ends, and its parts stand in order within the query", () => {
  const pieces = fc.constantFrom(
    ...Object.values(searchOperators).flatMap(({ ru, en }) => [...ru, ...en].map((name) => `${name}:`)),
    '"',
    "«",
    "»",
    "-",
    "#",
    "№ ",
    "@",
    "+7 ",
    "(916)",
    " ",
    ":",
    "ё",
    "\u0000",
    "\ud83d",
    "\u0301",
    "'",
    "\\",
  );
  const query = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.oneof(pieces, fc.string())).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(query, fc.nat(), (text, caret) => {
      let before = 0;
      for (const part of parseSearch(text)) {
        expect(part.start).toBeGreaterThanOrEqual(before);
        expect(part.end).toBeGreaterThan(part.start);
        expect(part.end).toBeLessThanOrEqual(text.length);
        before = part.end;
      }
      const completion = searchCompletionAt(text, caret % (text.length + 1));
      if (completion) expect(text.slice(completion.start, completion.end)).toContain(completion.text);
    }),
    { numRuns: 300 },
  );
});

test("a value is read back as it was written", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("а", "b", " ", "1", "-", ".") }), (name) => {
      const written = searchValue(name.trim());
      const [part] = parseSearch(`тема:${written} `);
      expect(part).toMatchObject({ operator: "topic", text: name.trim() });
    }),
  );
});

test("ten thousand characters of the worst are read at once", () => {
  for (const piece of ["(", "+7 ", "№ ", '"', "-", "a@", "от:", "1-", "8 (9", "ё\u0301"]) {
    const started = performance.now();
    parseSearch(piece.repeat(10_000 / piece.length));
    expect(performance.now() - started, piece).toBeLessThan(500);
  }
});

test("what is being written is completed: the operator, then its value", () => {
  expect(searchCompletionAt("заказ те", 8)).toMatchObject({ of: "operator", text: "те", start: 6, end: 8 });
  expect(searchCompletionAt("тема:Дост", 9)).toMatchObject({
    of: "value",
    operator: "topic",
    text: "Дост",
    start: 5,
  });
  expect(searchCompletionAt("тема:", 5)).toMatchObject({ of: "value", operator: "topic", text: "" });
  expect(searchCompletionAt('тема:"Доставка за', 17)).toMatchObject({ of: "value", text: "Доставка за" });
  expect(searchCompletionAt('тема:"Доставка"', 15)).toBeUndefined();
  expect(searchCompletionAt("заказ ", 6)).toBeUndefined();
  expect(searchCompletionAt('"заказ', 6)).toBeUndefined();
});
