import { describe, expect, test } from "vitest";
import { otherLayout } from "../../shared/text/other-layout.ts";
import { rank } from "./rank.ts";

const found = (query: string, ...texts: string[]) =>
  rank(texts, query, (text) => ({ text })).map(({ item }) => item);

describe("what is typed into the palette", () => {
  test("the start of the text goes before the start of a word, and that before the middle of one", () => {
    expect(found("ме", "Применить", "Новая метка", "Метки")).toEqual(["Метки", "Новая метка", "Применить"]);
  });

  test("every word must be there, in any order; case and ё do not matter", () => {
    expect(found("ЗАВ отл", "Отложить до завтра", "Завершённые")).toEqual(["Отложить до завтра"]);
    expect(found("завершенные", "Завершённые")).toEqual(["Завершённые"]);
  });

  test("the whole text goes before a longer one that begins so", () => {
    expect(found("мои", "Мои сеансы", "Мои")).toEqual(["Мои", "Мои сеансы"]);
  });

  test("equally good ones keep the order they were given in", () => {
    expect(found("за", "За 2", "За 1")).toEqual(["За 2", "За 1"]);
  });

  test("the wrong layout is understood, after whatever was found as typed", () => {
    expect(otherLayout("yfcnhjqrb")).toBe("настройки");
    expect(otherLayout("ыуеештпы")).toBe("settings");
    expect(found("yfcn", "Настройки", "yfcn, инструкция")).toEqual(["yfcn, инструкция", "Настройки"]);
  });

  test("keywords find too, after the text", () => {
    const items = [
      { text: "Язык: English", keywords: "language" },
      { text: "Language school", keywords: "" },
    ];
    expect(rank(items, "lang", (item) => item).map(({ item }) => item.text)).toEqual([
      "Language school",
      "Язык: English",
    ]);
  });

  test("nothing typed finds nothing, and neither do signs of a pattern", () => {
    expect(found("  ", "Метки")).toEqual([]);
    expect(found(".*", "Метки")).toEqual([]);
  });
});
