import { type RawBuilder, sql } from "kysely";

export type Part = RawBuilder<unknown>;

const columns = {
  phase: "text",
  kind: "text",
  topic_id: "uuid",
  assignee_id: "uuid",
  team_id: "uuid",
  channel_id: "uuid",
  contact_id: "uuid",
  project_id: "uuid",
} as const;
export type Column = keyof typeof columns;

/** What else must hold of a ticket. Values are alternatives; null stands for nobody. No value at all: nothing fits. */
export type Condition = { negated: boolean } & (
  | { column: Column; values: readonly (string | null)[] }
  | { labels: readonly string[] }
  | { from?: Date; until?: Date }
);

function fits(condition: Condition): Part {
  if ("column" in condition) {
    const { column, values } = condition;
    const real = values.filter((value) => value !== null);
    const one = sql`${sql.ref(column)} = any(${real}::${sql.raw(columns[column])}[])`;
    return values.includes(null) ? sql`(${one} or ${sql.ref(column)} is null)` : one;
  }
  if ("labels" in condition) return sql`labels && ${[...condition.labels]}::text[]`;
  return during(condition);
}

const during = ({ from, until }: { from?: Date; until?: Date }): Part =>
  sql`(activity_at >= ${from ?? "-infinity"}::timestamptz and activity_at < ${until ?? "infinity"}::timestamptz)`;

/** The times in which activity must lie, bare, so that they bound a range of an index. */
export function within(conditions: readonly Condition[]): Part {
  const times = conditions.filter((each) => ("from" in each || "until" in each) && !each.negated);
  return times.length === 0
    ? sql`true`
    : sql.join(
        times.map((each) => during(each as { from?: Date; until?: Date })),
        sql` and `,
      );
}

/** Do all of them hold? */
export function fitting(conditions: readonly Condition[]): Part {
  if (conditions.length === 0) return sql`true`;
  return sql.join(
    conditions.map((condition) =>
      condition.negated
        ? sql`not coalesce(${fits(condition)}, false)`
        : sql`coalesce(${fits(condition)}, false)`,
    ),
    sql` and `,
  );
}

type Positive = Extract<Condition, { column: Column }>;

/** The alternatives of a column, where one condition says so outright. */
export function valuesOf(conditions: readonly Condition[], column: Column): readonly string[] | undefined {
  const said = conditions.find(
    (each): each is Positive =>
      "column" in each && each.column === column && !each.negated && !each.values.includes(null),
  );
  return said?.values.filter((value) => value !== null);
}
