import { type Bulk, toPublicId } from "@okno/contract";
import type { Queryable } from "../../platform/database.ts";
import { type BulkRow, leftOut, tally } from "./queries.ts";

type Tally = { outcome: "done" | "skipped" | "refused" | null; undo: string | null; n: number };
type Left = { outcome: string; undo: string | null; reason: string; n: number; numbers: number[] };

const present = ({ reason, n, numbers }: Left) => ({ reason, count: n, numbers });

/** A bulk with how far it is. */
export async function presentBulk(db: Queryable, row: BulkRow): Promise<Bulk> {
  const key = [row.workspace_id, row.id];
  const [rows, left] = await Promise.all([db.query<Tally>(tally, key), db.query<Left>(leftOut, key)]);
  const count = (keep: (each: Tally) => boolean) => rows.filter(keep).reduce((sum, { n }) => sum + n, 0);
  return {
    id: toPublicId("bulk", row.id),
    action: row.action as Bulk["action"],
    state: row.state,
    total: row.total,
    capped: row.capped,
    done: count(({ outcome }) => outcome === "done"),
    skipped: count(({ outcome }) => outcome === "skipped"),
    refused: count(({ outcome }) => outcome === "refused"),
    undone: count(({ undo }) => undo === "done"),
    leftOut: left.filter(({ outcome }) => outcome !== "done").map(present),
    leftOutOfUndo: left.filter(({ outcome }) => outcome === "done").map(present),
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
