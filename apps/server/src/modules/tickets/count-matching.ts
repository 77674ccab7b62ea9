import { type Condition, viewCountCap } from "@okno/contract";
import type { Queryable } from "../../platform/database.ts";
import type { Reader } from "./conditions.ts";
import { plansFor } from "./plan.ts";
import type { Scope } from "./queries.ts";
import { countedAllStatement, countStatement } from "./walk.ts";

export type CappedCount = { count: number; more: boolean };

/** How many tickets of the scope a condition holds: up to the cap, and looking at a bounded number of rows. */
export async function countMatching(
  db: Queryable,
  scope: Scope,
  condition: Condition,
  reader: Reader,
): Promise<CappedCount> {
  // By whichever index leads: a count needs no order.
  const [plan] = plansFor(condition, scope, reader, "newest");
  if (!plan) throw new Error("a count has no plan");
  const { statement, values } = countStatement(plan, viewCountCap + 1);
  const [found] = await db.query<{ n: number }>(statement, values);
  const n = found?.n ?? 0;
  if (n > viewCountCap) return { count: viewCountCap, more: true };
  const rest = countedAllStatement(plan);
  const [left] = rest ? await db.query<{ n: number }>(rest.statement, rest.values) : [];
  return { count: n, more: (left?.n ?? 0) > 0 };
}
