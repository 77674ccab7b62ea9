import { type Queryable, statement } from "@okno/kit";
import type { PayoutSums } from "../core/prepare.ts";
import type { SubtractFrom } from "../core/row.ts";
import { formatMinor } from "../money/decimal.ts";

/** A quote as stored: sums in minor units, as texts. */
export type QuoteRow = {
  id: string;
  desk_id: string;
  method: string;
  currency: string;
  scale: number;
  subtract_from: SubtractFrom;
  asked_amount: string;
  asked_currency: string;
  amount: string;
  receive: string;
  commission: string;
  deduction: string;
  rub_amount: string | null;
  rate_id: string | null;
  processor: string;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
};

const columns = `q.id, q.desk_id, q.method, q.currency, q.scale, q.subtract_from, q.asked_amount, q.asked_currency, q.amount, q.receive,
  q.commission, q.deduction, q.rub_amount, q.rate_id, q.processor, q.created_at, q.expires_at, q.used_at`;

const insert = statement(
  "payouts.insert_quote",
  `insert into payout_quotes as q (workspace_id, id, desk_id, method, currency, scale, subtract_from, asked_amount, asked_currency, amount,
     receive, commission, deduction, rub_amount, rate_id, processor, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) returning ${columns}`,
);
const find = statement(
  "payouts.find_quote",
  `select ${columns} from payout_quotes q where q.workspace_id = $1 and q.id = $2 and q.desk_id = $3`,
);
const use = statement(
  "payouts.use_quote",
  `update payout_quotes set used_at = $3 where workspace_id = $1 and id = $2 and used_at is null returning 1`,
);
const forget = statement("payouts.forget_quotes", "delete from payout_quotes where expires_at < $1");

export async function insertQuote(
  db: Queryable,
  { workspaceId, deskId, id }: { workspaceId: string; deskId: string; id: string },
  sums: PayoutSums,
  { createdAt, expiresAt }: { createdAt: Date; expiresAt: Date },
): Promise<QuoteRow> {
  const [row] = await db.query<QuoteRow>(insert, [
    workspaceId,
    id,
    deskId,
    sums.method,
    sums.currency,
    sums.scale,
    sums.subtractFrom,
    sums.askedAmount,
    sums.askedCurrency,
    String(sums.amount),
    String(sums.receive),
    String(sums.commission),
    String(sums.deduction),
    sums.rub && String(sums.rub.amount),
    sums.rub?.rateId ?? null,
    sums.processor,
    createdAt,
    expiresAt,
  ]);
  if (!row) throw new Error("the quote was not inserted");
  return row;
}

export async function findQuote(
  db: Queryable,
  { workspaceId, deskId, id }: { workspaceId: string; deskId: string; id: string },
): Promise<QuoteRow | undefined> {
  const [row] = await db.query<QuoteRow>(find, [workspaceId, id, deskId]);
  return row;
}

/** Takes a quote for the one payout that is created from it; false when another has taken it. */
export async function takeQuote(db: Queryable, workspaceId: string, id: string, now: Date): Promise<boolean> {
  return (await db.query(use, [workspaceId, id, now])).length > 0;
}

/** Quotes that ran out long ago. Over all workspaces. */
export async function forgetQuotes(db: Queryable, before: Date): Promise<void> {
  await db.query(forget, [before]);
}

/** What a quote has promised, as if it were reckoned now. */
export function sumsOfQuote(row: QuoteRow): PayoutSums {
  const { rub_amount: rub, rate_id: rateId } = row;
  return {
    method: row.method,
    currency: row.currency,
    scale: row.scale,
    subtractFrom: row.subtract_from,
    askedAmount: row.asked_amount,
    askedCurrency: row.asked_currency,
    amountText: formatMinor(BigInt(row.amount), row.scale),
    amount: BigInt(row.amount),
    receive: BigInt(row.receive),
    commission: BigInt(row.commission),
    deduction: BigInt(row.deduction),
    rub: rub === null ? null : { amount: BigInt(rub), rateId },
    processor: row.processor,
  };
}
