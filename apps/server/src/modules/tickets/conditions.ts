import {
  type Condition,
  type ConditionStatement,
  type Duration,
  fromPublicId,
  type IdKind,
} from "@okno/contract";
import { type RawBuilder, sql } from "kysely";
import { priorityRank } from "./row.ts";

/** A piece of SQL with its parameters. */
export type Part = RawBuilder<unknown>;

/** Who asks and when: what "me", "mine" and "within" mean. Ids are UUIDs. */
export type Reader = {
  me: string;
  now: Date;
  /** The teams the reader is in. */
  teams: readonly string[];
  /** The people of these teams. */
  teammates: readonly string[];
  /** A topic and those under it. */
  topicsWithin(topic: string): readonly string[];
};

const unitMs = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/** The moment so long ago (or, negative, so far ahead). */
export function momentAgo(now: Date, { amount, unit }: Duration, sign: 1 | -1 = 1): Date {
  return new Date(now.getTime() - sign * amount * unitMs[unit]);
}

const uuidsOf = (kind: IdKind, ids: readonly string[]) => ids.flatMap((id) => fromPublicId(kind, id) ?? []);

/** The members that a statement about the assignee names. */
export function assigneesOf(value: readonly string[], reader: Reader): string[] {
  return value.flatMap((each) => {
    if (each === "me") return [reader.me];
    return each === "teammates" ? [...reader.teammates] : uuidsOf("member", [each]);
  });
}

export function followersOf(value: readonly string[], reader: Reader): string[] {
  return value.flatMap((each) => (each === "me" ? [reader.me] : uuidsOf("member", [each])));
}

export function teamsOf(value: readonly string[], reader: Reader): string[] {
  return value.flatMap((each) => (each === "mine" ? [...reader.teams] : uuidsOf("team", [each])));
}

export function topicsOf(value: readonly string[], reader: Reader): string[] {
  return uuidsOf("topic", value).flatMap((id) => reader.topicsWithin(id));
}

type Of<F extends ConditionStatement["field"]> = Extract<ConditionStatement, { field: F }>;

// A column that may be null is compared so that the answer is never null: `not` around it stays the opposite.
function among(column: Part, op: "is" | "isNot", values: readonly string[], type: "uuid" | "text"): Part {
  const found = sql`(${column} is not null and ${column} = any(${values}::${sql.raw(type)}[]))`;
  return op === "is" ? found : sql`not ${found}`;
}

function present(column: Part, op: "empty" | "notEmpty"): Part {
  return op === "empty" ? sql`${column} is null` : sql`${column} is not null`;
}

type Maybe = { op: "empty" | "notEmpty" } | { op: "is" | "isNot"; value: readonly string[] };

function reference(column: string, condition: Maybe, uuids: (value: readonly string[]) => string[]): Part {
  const ref = sql.raw(column);
  return "value" in condition
    ? among(ref, condition.op, uuids(condition.value), "uuid")
    : present(ref, condition.op);
}

function text(column: string, { op, value }: { op: "is" | "isNot"; value: readonly string[] }): Part {
  return among(sql.raw(column), op, value, "text");
}

function labels(condition: Of<"label">): Part {
  if (!("value" in condition)) return condition.op === "empty" ? sql`labels = '{}'` : sql`labels <> '{}'`;
  const any = sql`labels && ${condition.value}::text[]`;
  return condition.op === "is" ? any : sql`not ${any}`;
}

function priority({ op, value }: Of<"priority">): Part {
  if (typeof value !== "string") {
    const found = sql`priority = any(${value.map(priorityRank)}::int[])`;
    return op === "is" ? found : sql`not ${found}`;
  }
  const rank = priorityRank(value);
  return op === "atLeast" ? sql`priority >= ${rank}::int` : sql`priority <= ${rank}::int`;
}

function instant(column: string, condition: Of<"created" | "activity" | "completed">, { now }: Reader): Part {
  const ref = sql.raw(column);
  const at = typeof condition.value === "string" ? condition.value : momentAgo(now, condition.value);
  const later = condition.op === "after" || condition.op === "within";
  return later
    ? sql`(${ref} is not null and ${ref} >= ${at}::timestamptz)`
    : sql`(${ref} is not null and ${ref} < ${at}::timestamptz)`;
}

function due(condition: Of<"due">, { now }: Reader): Part {
  if (!("value" in condition)) return present(sql`due_at`, condition.op);
  const { op, value } = condition;
  const at = typeof value === "string" ? value : momentAgo(now, value, -1);
  const earlier = op === "before" || op === "within";
  return earlier
    ? sql`(due_at is not null and due_at < ${at}::timestamptz)`
    : sql`(due_at is not null and due_at >= ${at}::timestamptz)`;
}

function waiting({ op, value }: Of<"waiting">, { now }: Reader): Part {
  const at = momentAgo(now, value);
  const waits = sql`waiting_since is not null and phase = 'open'`;
  return op === "longerThan"
    ? sql`(${waits} and waiting_since <= ${at}::timestamptz)`
    : sql`(${waits} and waiting_since > ${at}::timestamptz)`;
}

// The type stands on the channel's row; a ticket's channel never changes.
function channelType({ op, value }: Of<"channelType">): Part {
  const found = sql`exists (select from channels ct where ct.workspace_id = tickets.workspace_id and ct.id = tickets.channel_id
    and ct.type = any(${value}::text[]))`;
  return op === "is" ? found : sql`not ${found}`;
}

// Followers stand in rows of their own; a ticket has few of them.
function follower({ op, value }: Of<"follower">, reader: Reader): Part {
  const found = sql`exists (select from ticket_followers tf where tf.workspace_id = tickets.workspace_id and tf.ticket_id = tickets.id
    and tf.member_id = any(${followersOf(value, reader)}::uuid[]))`;
  return op === "is" ? found : sql`not ${found}`;
}

function subject({ op, value }: Of<"subject">): Part {
  const found = sql`strpos(lower(subject), lower(${value}::text)) > 0`;
  return op === "contains" ? found : sql`not ${found}`;
}

const compilers: { [F in ConditionStatement["field"]]: (condition: Of<F>, reader: Reader) => Part } = {
  kind: (condition) => text("kind", condition),
  phase: (condition) => text("phase", condition),
  state: (condition) => text("state", condition),
  project: (condition) => reference("project_id", condition, (value) => uuidsOf("project", value)),
  topic: (condition, reader) => reference("topic_id", condition, (value) => topicsOf(value, reader)),
  label: labels,
  assignee: (condition, reader) => reference("assignee_id", condition, (value) => assigneesOf(value, reader)),
  team: (condition, reader) => reference("team_id", condition, (value) => teamsOf(value, reader)),
  priority,
  channel: (condition) => reference("channel_id", condition, (value) => uuidsOf("channel", value)),
  channelType,
  contact: (condition) => reference("contact_id", condition, (value) => uuidsOf("contact", value)),
  follower,
  lastBy: (condition) => text("last_by", condition),
  created: (condition, reader) => instant("created_at", condition, reader),
  activity: (condition, reader) => instant("activity_at", condition, reader),
  completed: (condition, reader) => instant("completed_at", condition, reader),
  due,
  waiting,
  subject,
};

/** One statement about `tickets`, never null. */
export function compileStatement(statement: ConditionStatement, reader: Reader): Part {
  const compile = compilers[statement.field] as (condition: ConditionStatement, reader: Reader) => Part;
  return compile(statement, reader);
}

/** A tree of conditions as a predicate over `tickets`, never null; the scope is added by whoever reads. */
export function compileCondition(condition: Condition, reader: Reader): Part {
  if ("not" in condition) return sql`not (${compileCondition(condition.not, reader)})`;
  const [inner, empty, join] =
    "all" in condition
      ? [condition.all, sql`true`, sql` and `]
      : "any" in condition
        ? [condition.any, sql`false`, sql` or `]
        : [undefined, undefined, undefined];
  if (!inner) return compileStatement(condition as ConditionStatement, reader);
  if (inner.length === 0) return empty;
  return sql`(${sql.join(
    inner.map((each) => compileCondition(each, reader)),
    join,
  )})`;
}
