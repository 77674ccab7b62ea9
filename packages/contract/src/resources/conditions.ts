import { z } from "zod";
import { ChannelId, ContactId, MemberId, ProjectId, TeamId, TopicId } from "../ids.ts";
import { Instant } from "../paging.ts";
import { line } from "../text.ts";
import { Phase, Priority } from "./tickets.ts";

/** Deeper nesting than this is a sentence that nobody can read. */
export const conditionDepth = 4;
/** Statements in one tree, groups not counted. */
export const conditionsPerView = 30;
const valuesPerCondition = 20;

export const durationUnits = ["minutes", "hours", "days"] as const;
const Duration = z.object({ amount: z.int().min(1).max(10_000), unit: z.enum(durationUnits) });
export type Duration = z.infer<typeof Duration>;

const oneOf = <V extends z.ZodType>(value: V) => z.array(value).min(1).max(valuesPerCondition);

function set<F extends string, V extends z.ZodType>(field: F, value: V) {
  return z.object({ field: z.literal(field), op: z.enum(["is", "isNot"]), value: oneOf(value) });
}

function maybe<F extends string, V extends z.ZodType>(field: F, value: V) {
  const absent = z.object({ field: z.literal(field), op: z.enum(["empty", "notEmpty"]) });
  return z.discriminatedUnion("op", [set(field, value), absent]);
}

/** An instant of the ticket: before or after a moment, within the last so long, or longer ago than that. */
function time<F extends string>(field: F) {
  return z.discriminatedUnion("op", [
    z.object({ field: z.literal(field), op: z.enum(["before", "after"]), value: Instant }),
    z.object({ field: z.literal(field), op: z.enum(["within", "longerAgo"]), value: Duration }),
  ]);
}

/** What a condition may say of each field. */
const leaves = {
  kind: set("kind", line(40)),
  phase: set("phase", Phase),
  state: set("state", line(40)),
  project: set("project", ProjectId),
  topic: maybe("topic", TopicId),
  label: maybe("label", line(40)),
  assignee: maybe("assignee", z.union([MemberId, z.enum(["me", "teammates"])])),
  team: maybe("team", z.union([TeamId, z.literal("mine")])),
  priority: z.discriminatedUnion("op", [
    set("priority", Priority),
    z.object({ field: z.literal("priority"), op: z.enum(["atLeast", "atMost"]), value: Priority }),
  ]),
  channel: maybe("channel", ChannelId),
  channelType: set("channelType", line(40)),
  contact: maybe("contact", ContactId),
  follower: set("follower", z.union([MemberId, z.literal("me")])),
  lastBy: set("lastBy", z.enum(["customer", "us"])),
  created: time("created"),
  activity: time("activity"),
  completed: time("completed"),
  /** When a postponed ticket comes back: ahead, so `within` is the next so long, and `later` beyond it. */
  due: z.discriminatedUnion("op", [
    z.object({ field: z.literal("due"), op: z.enum(["before", "after"]), value: Instant }),
    z.object({ field: z.literal("due"), op: z.enum(["within", "later"]), value: Duration }),
    z.object({ field: z.literal("due"), op: z.enum(["empty", "notEmpty"]) }),
  ]),
  /** How long the customer has been without an answer in an open ticket. */
  waiting: z.object({
    field: z.literal("waiting"),
    op: z.enum(["longerThan", "shorterThan"]),
    value: Duration,
  }),
  subject: z.object({ field: z.literal("subject"), op: z.enum(["contains", "lacks"]), value: line(100) }),
} as const;

export type ConditionField = keyof typeof leaves;
export const conditionFields = Object.keys(leaves) as ConditionField[];

/** One statement about a ticket. */
export type Statement = z.output<(typeof leaves)[ConditionField]>;
/** Statements joined by "all of", "any of" and "not". An empty `all` is true, an empty `any` false. */
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | Statement;

type Path = (string | number)[];
type Issue = { path: Path; message: string };
type Walk = { issues: Issue[]; statements: number };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function checkStatement(value: Record<string, unknown>, path: Path, walk: Walk): Statement | undefined {
  walk.statements += 1;
  if (walk.statements === conditionsPerView + 1)
    walk.issues.push({ path, message: `more than ${conditionsPerView} conditions` });
  const field =
    typeof value.field === "string" && Object.hasOwn(leaves, value.field) ? value.field : undefined;
  if (field === undefined) {
    walk.issues.push({ path: [...path, "field"], message: "no such field" });
    return undefined;
  }
  const parsed = leaves[field as ConditionField].safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues)
    walk.issues.push({ path: [...path, ...issue.path.map(String)], message: issue.message });
  return undefined;
}

function checkGroup(value: unknown, path: Path, depth: number, walk: Walk): Condition[] {
  if (!Array.isArray(value)) {
    walk.issues.push({ path, message: "must be a list of conditions" });
    return [];
  }
  if (value.length > conditionsPerView) {
    walk.issues.push({ path, message: `more than ${conditionsPerView} conditions` });
    return [];
  }
  return value.flatMap((each, index) => check(each, [...path, index], depth, walk) ?? []);
}

function check(value: unknown, path: Path, depth: number, walk: Walk): Condition | undefined {
  if (!isRecord(value)) {
    walk.issues.push({ path, message: "must be a condition" });
    return undefined;
  }
  const keys = (["all", "any", "not"] as const).filter((key) => Object.hasOwn(value, key));
  const [key] = keys;
  if (key === undefined) return checkStatement(value, path, walk);
  if (keys.length > 1 || Object.keys(value).length > 1) {
    walk.issues.push({ path, message: "a group has one of all, any, not and nothing else" });
    return undefined;
  }
  if (depth >= conditionDepth) {
    walk.issues.push({ path, message: `nested more than ${conditionDepth} deep` });
    return undefined;
  }
  if (key === "not") {
    const inner = check(value.not, [...path, "not"], depth + 1, walk);
    return inner && { not: inner };
  }
  const inner = checkGroup(value[key], [...path, key], depth + 1, walk);
  return key === "all" ? { all: inner } : { any: inner };
}

/** Reads a tree of conditions. @returns the tree with its texts cleaned, or every wrong place with its path. */
export function readCondition(
  value: unknown,
): { ok: true; condition: Condition } | { ok: false; issues: Issue[] } {
  const walk: Walk = { issues: [], statements: 0 };
  const condition = check(value, [], 0, walk);
  return condition && walk.issues.length === 0 ? { ok: true, condition } : { ok: false, issues: walk.issues };
}

// Written as a refinement, since a union would answer "invalid input" for the whole tree instead of the one wrong place.
export const ViewCondition = z
  .unknown()
  .overwrite((value) => {
    const read = readCondition(value);
    return read.ok ? read.condition : value;
  })
  .superRefine((value, context) => {
    const read = readCondition(value);
    if (read.ok) return;
    for (const { path, message } of read.issues) context.addIssue({ code: "custom", path, message });
  })
  .meta({
    id: "ViewCondition",
    description: `{"all": [...]}, {"any": [...]}, {"not": ...} or {"field", "op", "value"}; at most ${conditionDepth} deep and ${conditionsPerView} statements. Fields: ${conditionFields.join(", ")}.`,
    type: "object",
  }) as unknown as z.ZodType<Condition, Condition>;
