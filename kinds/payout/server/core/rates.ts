import { type Queryable, statement } from "@okno/kit";

/** Roubles for one whole unit of a currency. `id` is null for the rouble itself. */
export type Rate = { id: string | null; price: string };

/** Where rates come from: what an administrator has entered, unless somebody writes another source. */
export type RateSource = {
  /** The rate in force; undefined where nobody has said one. */
  rateOf(db: Queryable, workspaceId: string, currency: string): Promise<Rate | undefined>;
};

const newest = statement(
  "payouts.newest_rate",
  "select id, price::text as price from payout_rates where workspace_id = $1 and currency = $2 order by at desc limit 1",
);

export const enteredRates: RateSource = {
  async rateOf(db, workspaceId, currency) {
    if (currency === "RUB") return { id: null, price: "1" };
    const [rate] = await db.query<{ id: string; price: string }>(newest, [workspaceId, currency]);
    return rate;
  },
};
