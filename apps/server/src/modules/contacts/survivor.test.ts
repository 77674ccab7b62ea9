import { expect, test } from "vitest";
import { joinValues, partValues } from "./survivor.ts";

const anna = {
  name: "Анна",
  locale: "ru",
  note: "Звонить после шести",
  fields: { city: "Тверь", vip: true },
};
const unnamed = { name: null, locale: null, note: "", fields: { city: "Псков", born: "1990-01-31" } };

test("the survivor's own words stand, the other fills the gaps, both notes are kept", () => {
  expect(joinValues(unnamed, anna)).toEqual({
    name: "Анна",
    locale: "ru",
    note: "Звонить после шести",
    fields: { city: "Псков", born: "1990-01-31", vip: true },
  });
  expect(joinValues(anna, { ...unnamed, note: "Любит чай" }).note).toBe("Звонить после шести\n\nЛюбит чай");
});

test("parting gives back exactly what was before, and keeps what was changed since", () => {
  const after = joinValues(unnamed, anna);
  expect(partValues(after, { before: unnamed, after })).toEqual(unnamed);
  const changed = { ...after, name: "Анна Ковалёва", fields: { ...after.fields, vip: false } };
  expect(partValues(changed, { before: unnamed, after })).toEqual({
    ...unnamed,
    name: "Анна Ковалёва",
    fields: { ...unnamed.fields, vip: false },
  });
});
