import type { ContactField } from "@okno/contract";
import { expect, test } from "vitest";
import { bodyOf, type CardDraft, rebase, valueOfText } from "./draft.ts";

const begun: CardDraft = { name: "Анна", locale: "", note: "Старая", fields: { city: "Тверь", size: "3" } };
const field = (id: string, kind: ContactField["kind"]): ContactField => ({
  id,
  kind,
  project: "p",
  name: id,
  choices: [],
  archivedAt: null,
});

test("after somebody else's change everything typed is still there, and what both changed is named", () => {
  const typed = { ...begun, note: "Моя", fields: { ...begun.fields, city: "Псков" } };
  const now = { ...begun, name: "Анна К.", note: "Их", fields: { ...begun.fields, size: "4" } };
  expect(rebase(begun, typed, now)).toEqual({
    draft: { name: "Анна К.", locale: "", note: "Моя", fields: { city: "Псков", size: "4" } },
    both: ["note"],
  });
});

test("the same change by both is no conflict", () => {
  const same = { ...begun, note: "Одна" };
  expect(rebase(begun, same, same)).toEqual({ draft: same, both: [] });
});

test("only what was changed is sent, an emptied field as null, a wrong number not at all", () => {
  const fields = [field("city", "text"), field("size", "number")];
  const typed = { ...begun, name: " ", fields: { city: "", size: "3,5" } };
  expect(bodyOf(begun, typed, fields)).toEqual({
    body: { name: null, fields: { city: null, size: 3.5 } },
    wrong: [],
    changed: true,
  });
  expect(bodyOf(begun, { ...begun, fields: { city: "Тверь", size: "много" } }, fields).wrong).toEqual([
    "size",
  ]);
  expect(bodyOf(begun, begun, fields)).toEqual({ body: {}, wrong: [], changed: false });
});

test("numbers are read as people write them", () => {
  const number = field("n", "number");
  expect(["1 234,5", "−7", "", "abc"].map((text) => valueOfText(number, text))).toEqual([
    1234.5,
    -7,
    null,
    undefined,
  ]);
});
