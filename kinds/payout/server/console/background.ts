import { type Queryable, statement } from "@okno/kit";
import { mostCounted, type PayoutBackground } from "../../contract-console.ts";
import type { PayoutRow } from "../core/row.ts";

// Along the index by destination, the newest first, and no further than is counted.
const others = statement(
  "payouts.background",
  `select count(*) filter (where o.status = 'paid')::integer as paid,
     count(*) filter (where o.status in ('failed', 'cancelled'))::integer as not_paid,
     count(*) filter (where o.status in ('created', 'approving', 'processing'))::integer as open,
     max(o.final_at) filter (where o.status = 'paid') as last_paid_at
   from (
     select p.id, p.status, p.final_at from payouts p
     where p.workspace_id = $1 and p.desk_id = $2 and p.destination_digest = $3
     order by p.id desc limit $5
   ) o where o.id <> $4`,
);

type Row = { paid: number; not_paid: number; open: number; last_paid_at: Date | null };

/** What became of other payouts of the desk to the same destination: of the newest hundred. */
export async function payoutBackground(db: Queryable, payout: PayoutRow): Promise<PayoutBackground> {
  const [row] = await db.query<Row>(others, [
    payout.workspace_id,
    payout.desk_id,
    payout.destination_digest,
    payout.id,
    mostCounted + 1,
  ]);
  return {
    paidBefore: row?.paid ?? 0,
    notPaidBefore: row?.not_paid ?? 0,
    openBeside: row?.open ?? 0,
    lastPaidAt: row?.last_paid_at?.toISOString() ?? null,
  };
}
