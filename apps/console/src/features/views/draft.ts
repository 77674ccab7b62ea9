import type { Condition, ConditionField, ConditionStatement } from "@okno/contract";

/** How the parts of a group are joined; `none` is "not any". */
export type Join = "all" | "any" | "none";
/** A statement being written: its value may still be missing. */
export type Row = { key: string; field: ConditionField; op: string; value: unknown; pointer?: string };
export type Group = { key: string; join: Join; parts: (Row | Group)[] };

export const isGroup = (part: Row | Group): part is Group => "join" in part;

let keys = 0;
const nextKey = () => `p${++keys}`;

type Shape = "values" | "rank" | "instant" | "duration" | "text" | "nothing";

const set = ["is", "isNot"] as const;
const maybe = [...set, "empty", "notEmpty"] as const;
const time = ["within", "longerAgo", "before", "after"] as const;

/** The operations of each field, the most used first. */
export const operations: Readonly<Record<ConditionField, readonly string[]>> = {
  phase: set,
  assignee: maybe,
  team: maybe,
  topic: maybe,
  label: maybe,
  priority: ["atLeast", "atMost", ...set],
  waiting: ["longerThan", "shorterThan"],
  lastBy: set,
  follower: set,
  channel: maybe,
  channelType: set,
  project: set,
  created: time,
  activity: time,
  completed: time,
  due: ["within", "later", "before", "after", "empty", "notEmpty"],
  subject: ["contains", "lacks"],
  kind: set,
  state: set,
  contact: maybe,
};

const shapes: Readonly<Record<string, Shape>> = {
  is: "values",
  isNot: "values",
  empty: "nothing",
  notEmpty: "nothing",
  atLeast: "rank",
  atMost: "rank",
  before: "instant",
  after: "instant",
  contains: "text",
  lacks: "text",
};

/** What kind of value an operation takes. */
export function shapeOf(op: string): Shape {
  return shapes[op] ?? "duration";
}

const blanks: Readonly<Record<Shape, unknown>> = {
  values: [],
  rank: "high",
  instant: "",
  duration: { amount: 1, unit: "hours" },
  text: "",
  nothing: undefined,
};

/** A row of this field with its usual operation, the value kept where it still fits. */
export function rowOf(field: ConditionField, op?: string, before?: Row): Row {
  const chosen = op ?? operations[field][0] ?? "is";
  const shape = shapeOf(chosen);
  const keeps = before?.field === field && shapeOf(before.op) === shape;
  return { key: before?.key ?? nextKey(), field, op: chosen, value: keeps ? before.value : blanks[shape] };
}

export function emptyGroup(join: Join = "all"): Group {
  return { key: nextKey(), join, parts: [] };
}

function partOf(condition: Condition, pointer: string): Row | Group {
  if ("field" in condition)
    return {
      key: nextKey(),
      field: condition.field,
      op: condition.op,
      value: "value" in condition ? condition.value : undefined,
      pointer,
    };
  return groupOf(condition, pointer);
}

/** A stored tree as the editor shows it. */
export function groupOf(condition: Condition, pointer = "/condition"): Group {
  const each = (parts: readonly Condition[], at: string) =>
    parts.map((part, index) => partOf(part, `${at}/${index}`));
  if ("all" in condition)
    return { key: nextKey(), join: "all", parts: each(condition.all, `${pointer}/all`) };
  if ("any" in condition)
    return { key: nextKey(), join: "any", parts: each(condition.any, `${pointer}/any`) };
  if ("not" in condition) {
    const { not } = condition;
    const parts = "any" in not ? each(not.any, `${pointer}/not/any`) : [partOf(not, `${pointer}/not`)];
    return { key: nextKey(), join: "none", parts };
  }
  return { key: nextKey(), join: "all", parts: [partOf(condition, pointer)] };
}

/** Is there something to ask? */
export function isComplete({ op, value }: Row): boolean {
  const shape = shapeOf(op);
  if (shape === "values") return Array.isArray(value) && value.length > 0;
  if (shape === "duration") {
    const { amount } = value as { amount: number };
    return Number.isInteger(amount) && amount >= 1 && amount <= 10_000;
  }
  return shape === "nothing" || (typeof value === "string" && value.trim() !== "");
}

export function allComplete(group: Group): boolean {
  return group.parts.every((part) => (isGroup(part) ? allComplete(part) : isComplete(part)));
}

function statementOf({ field, op, value }: Row): ConditionStatement {
  return { field, op, ...(value !== undefined && { value }) } as unknown as ConditionStatement;
}

/** The tree to be stored; unfinished statements are left out of it. */
export function conditionOf(group: Group): Condition {
  const parts = group.parts.flatMap((part): Condition[] => {
    if (isGroup(part)) return [conditionOf(part)];
    return isComplete(part) ? [statementOf(part)] : [];
  });
  if (group.join === "none") return { not: { any: parts } };
  return group.join === "all" ? { all: parts } : { any: parts };
}

/** The group with one of its parts, however deep, replaced; undefined takes it out. */
export function withPart(group: Group, key: string, next: Row | Group | undefined): Group {
  const parts = group.parts.flatMap((part): (Row | Group)[] => {
    if (part.key === key) return next ? [next] : [];
    return [isGroup(part) ? withPart(part, key, next) : part];
  });
  return { ...group, parts };
}
