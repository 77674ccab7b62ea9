import { expect, test } from "vitest";
import { matching, mentionQuery, splitMentions, withMention } from "./mention-query.ts";

test("a mention is begun by @ after a space, a bracket or nothing, not inside an address", () => {
  expect(mentionQuery("@", 1)).toEqual({ from: 0, query: "" });
  expect(mentionQuery("гляньте, @Анна К", 16)).toEqual({ from: 9, query: "Анна К" });
  expect(mentionQuery("anna@okno", 9)).toBeUndefined();
  expect(mentionQuery("@Анна Ковалёва уже", 18)).toBeUndefined();
  expect(mentionQuery("@Анна", 0)).toBeUndefined();
});

test("names are found by the beginning of any word, in any case, with е for ё", () => {
  const people = [{ name: "Анна Ковалёва" }, { name: "Пётр" }, { name: "Склад" }];
  expect(matching(people, "кова").map((each) => each.name)).toEqual(["Анна Ковалёва"]);
  expect(matching(people, "петр").map((each) => each.name)).toEqual(["Пётр"]);
  expect(matching(people, "")).toHaveLength(3);
  expect(matching(people, "вал")).toEqual([]);
});

test("the whole name takes the place of what was typed, and the caret stands behind it", () => {
  expect(withMention("да, @ан и", { from: 4, query: "ан" }, "Анна")).toEqual({
    text: "да, @Анна и",
    caret: 10,
  });
  expect(withMention("@", { from: 0, query: "" }, "Склад")).toEqual({ text: "@Склад ", caret: 7 });
});

test("only the names that a note mentions are marked, the longest first", () => {
  const mention = (name: string) => ({ kind: "member" as const, id: name, name });
  expect(splitMentions("@Анна Ко и @Анна, @Пётр", [mention("Анна"), mention("Анна Ко")])).toEqual([
    { text: "@Анна Ко", mention: true },
    { text: " и ", mention: false },
    { text: "@Анна", mention: true },
    { text: ", @Пётр", mention: false },
  ]);
});
