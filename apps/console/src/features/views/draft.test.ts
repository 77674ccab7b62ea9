import type { Condition } from "@okno/contract";
import { expect, test } from "vitest";
import { allComplete, conditionOf, emptyGroup, groupOf, rowOf, withPart } from "./draft.ts";

const open: Condition = { field: "phase", op: "is", value: ["open"] };
const mine: Condition = { field: "assignee", op: "is", value: ["me"] };

test.each<Condition>([
  { all: [] },
  { all: [open, { any: [mine, { field: "team", op: "empty" }] }] },
  { not: { any: [open, { all: [mine] }] } },
])("a stored tree goes through the editor unchanged: %j", (condition) => {
  expect(conditionOf(groupOf(condition))).toEqual(condition);
});

test("a lone statement becomes a group of one", () => {
  expect(conditionOf(groupOf(open))).toEqual({ all: [open] });
});

test("an unfinished statement is not asked, and said to be unfinished", () => {
  const row = rowOf("topic");
  const group = { ...emptyGroup(), parts: [row, rowOf("waiting")] };
  expect(allComplete(group)).toBe(false);
  expect(conditionOf(group)).toEqual({
    all: [{ field: "waiting", op: "longerThan", value: { amount: 1, unit: "hours" } }],
  });
});

test("another operation keeps a value that fits, and drops one that does not", () => {
  const row = { ...rowOf("topic"), value: ["top_a"] };
  expect(rowOf("topic", "isNot", row).value).toEqual(["top_a"]);
  expect(rowOf("topic", "empty", row).value).toBeUndefined();
  expect(rowOf("team", undefined, row).value).toEqual([]);
});

test("a part is replaced or taken out, however deep it lies", () => {
  const group = groupOf({ all: [open, { any: [mine, open] }] });
  const inner = group.parts[1];
  if (!inner || !("join" in inner) || !inner.parts[0]) throw new Error("a group was written");
  expect(conditionOf(withPart(group, inner.parts[0].key, undefined))).toEqual({
    all: [open, { any: [open] }],
  });
});
