import { expect, test } from "vitest";
import { extended, nothingSelected, selectedAll, toggled } from "./selection.ts";

const order = ["a", "b", "c", "d", "e"];
const ids = (selection: { ids: ReadonlySet<string> }) => [...selection.ids].sort().join("");

test("a range grows and shrinks from where it began, in either direction", () => {
  const one = toggled(nothingSelected, "c");
  expect(ids(extended(one, order, "e"))).toBe("cde");
  expect(ids(extended(extended(one, order, "e"), order, "d"))).toBe("cd");
  expect(ids(extended(extended(one, order, "e"), order, "a"))).toBe("abc");
});

test("what was chosen one by one stays when a range is drawn elsewhere", () => {
  const chosen = toggled(toggled(nothingSelected, "a"), "d");
  expect(ids(extended(chosen, order, "e"))).toBe("ade");
});

test("a range whose beginning has left the list begins anew", () => {
  const gone = toggled(nothingSelected, "x");
  expect(ids(extended(gone, order, "b"))).toBe("bx");
});

test("choosing once more takes away, and ends that everything is meant", () => {
  const all = { ...selectedAll(order), all: true };
  const less = toggled(all, "b");
  expect([ids(less), less.all]).toEqual(["acde", false]);
});
