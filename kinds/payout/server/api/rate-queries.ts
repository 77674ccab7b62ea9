import { type Queryable, statement } from "@okno/kit";

// The newest of each currency, a step of the index for each: rates are entered again and again, currencies are few.
const list = statement(
  "payouts.list_rates",
  `with recursive newest as (
     (select r.* from payout_rates r where r.workspace_id = $1 order by r.currency, r.at desc limit 1)
     union all
     select next.* from newest cross join lateral (
       select r.* from payout_rates r where r.workspace_id = $1 and r.currency > newest.currency order by r.currency, r.at desc limit 1
     ) next
   )
   select n.currency, trim_scale(n.price)::text as price, n.at, n.entered_by,
     exists (select from members m where m.workspace_id = $1 and m.id = n.entered_by) as by_member
   from newest n`,
);
const insert = statement(
  "payouts.insert_rate",
  `insert into payout_rates (workspace_id, id, currency, price, at, entered_by) values ($1, $2, $3, $4::numeric, $5, $6)`,
);

export type RateRow = {
  currency: string;
  price: string;
  at: Date;
  entered_by: string | null;
  by_member: boolean;
};

/** The rates in force. */
export function listRates(db: Queryable, workspaceId: string): Promise<RateRow[]> {
  return db.query<RateRow>(list, [workspaceId]);
}

export async function insertRate(
  db: Queryable,
  workspaceId: string,
  { id, currency, price, at, by }: { id: string; currency: string; price: string; at: Date; by: string },
): Promise<void> {
  await db.query(insert, [workspaceId, id, currency, price, at, by]);
}
