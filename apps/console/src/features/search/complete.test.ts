import { describe, expect, test } from "vitest";
import { accept, askable, offersAt, type Values, without } from "./complete.ts";

const values: Values = {
  topics: ["Доставка", "Срочная доставка", "Возврат"],
  labels: ["VIP"],
  people: ["Анна Ковалёва", "Пётр Андреев"],
  projects: ["Лавка"],
  channels: ["Чат на сайте"],
  contacts: [{ name: "Иван Петров", hint: "ivan@example.org" }],
};
const now = new Date(2026, 10, 22);
const offers = (query: string, locale: "ru" | "en" = "ru", caret = query.length) =>
  offersAt(query, caret, { values, locale, now })?.offers.map((offer) => offer.label);

/** Takes the first offer. */
function taken(query: string, locale: "ru" | "en" = "ru", caret = query.length) {
  const found = offersAt(query, caret, { values, locale, now });
  const [offer] = found?.offers ?? [];
  return found && offer ? accept(query, found.at, offer) : undefined;
}

describe("completing a query", () => {
  test("operators by their beginning, in the reader's language, and by their twins in the other", () => {
    expect(offers("заказ те")).toEqual(["тема:"]);
    expect(offers("п")).toEqual(["проект:", "после:"]);
    expect(offers("to", "ru")).toEqual(["topic:"]);
    expect(offers("заказ ")).toBeUndefined();
  });

  test("values of the directory, by the beginning of any of their words, ё as е", () => {
    expect(offers("тема:дост")).toEqual(["Доставка", "Срочная доставка"]);
    expect(offers("исполнитель:ковале")).toEqual(["Анна Ковалёва"]);
    expect(offers("исполнитель:")).toEqual(["я", "никто", "Анна Ковалёва", "Пётр Андреев"]);
    expect(offers("assignee:", "en")?.slice(0, 2)).toEqual(["me", "none"]);
  });

  test("days by name, then the beginnings of week, month and year", () => {
    expect(offers("после:")).toEqual([
      "сегодня",
      "вчера",
      "позавчера",
      "2026-11-16",
      "2026-11-01",
      "2026-01-01",
    ]);
    expect(offers("до:вче")).toEqual(["вчера"]);
  });

  test("a value of several words is quoted, and one goes on after it", () => {
    expect(taken("канал:ча возврат", "ru", "канал:ча".length)).toEqual({
      query: 'канал:"Чат на сайте" возврат',
      caret: 'канал:"Чат на сайте" '.length,
    });
    expect(taken("от:ив")?.query).toBe('от:"Иван Петров" ');
  });

  test("after an operator's name the caret waits for the value, also when it is negated", () => {
    expect(taken("-мет")).toEqual({ query: "-метка:", caret: 7 });
  });

  test("what is written in full is offered no more", () => {
    expect(offers("метка:vip")).toEqual([]);
  });

  test("an operator that waits for its value asks for nothing yet", () => {
    expect(askable("заказ тема:")).toBe("заказ");
    expect(askable("тема: ")).toBe("тема:");
    expect(askable("тема:Возврат ")).toBe("тема:Возврат");
  });

  test("a part is taken out with the space it stood in", () => {
    expect(without("заказ тема:Возврат вчера", { start: 6, end: 18 })).toBe("заказ вчера");
    expect(without("тема:Возврат", { start: 0, end: 12 })).toBe("");
  });
});
