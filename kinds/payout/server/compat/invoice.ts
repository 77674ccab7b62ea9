import { statement } from "@okno/kit";
import { newReference } from "../core/create.ts";
import { methodOf, type PayoutMethod } from "../methods.ts";
import { formatMinor, parseMinor } from "../money/decimal.ts";
import { convert, parseRatio, type Ratio, scale } from "../money/ratio.ts";
import { type CompatCall, type CompatHandler, requireEnabled } from "./context.ts";
import { ofDesk } from "./desk.ts";
import { mostExtra } from "./fields.ts";
import { payInvoiceJobName, staysUnpaid } from "./invoice-pay.ts";
import { exactNumber } from "./json.ts";
import { callbackUrlOf } from "./payoff.ts";
import { presentInvoice } from "./present-invoice.ts";
import { type CompatMethodRow, findInvoiceByReference, listMethodsByDesk } from "./queries.ts";
import { no } from "./refusal.ts";

const insert = statement(
  "compat.insert_invoice",
  `insert into payout_invoices (workspace_id, id, desk_id, reference, url, made_by, type, state, method, required_method, currency, scale,
     rub_amount, pay_amount, balance_amount, description, redirect_url, callback_url, extra, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, 'notpayed', $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
);

const kopecks = 2;
const askedDigits = 18;
/** A trillion roubles: enough for any test, and far below what an account can hold. */
const mostKopecks = 10n ** 14n;
const mostMinor = 10n ** 30n;
const lifetimes = { least: 1, most: 4320 };
const roubles = { precision: kopecks, price: { numerator: 1n, denominator: 1n } };
const payPage = "/compat/crystalpay/pay/";

async function priceOf({ deps, desk, rates }: CompatCall, currency: string): Promise<Ratio | undefined> {
  const rate = await rates.rateOf(deps.ports.db.in(desk.workspace_id), desk.workspace_id, currency);
  return rate && parseRatio(rate.price);
}

/** The amount in kopecks, whatever currency it was told in. */
async function kopecksOf(call: CompatCall): Promise<bigint> {
  const { fields } = call;
  const amount = fields.requiredDecimal("amount");
  const currency = fields.text("amount_currency", 12) ?? "RUB";
  const parsed = parseMinor(amount, currency === "RUB" ? kopecks : askedDigits);
  if (!parsed.ok) throw no("`amount` field must be a number above zero with the decimals of its currency");
  const price = await priceOf(call, currency);
  if (!price) throw no("`amount_currency` has no rate");
  const precision = currency === "RUB" ? kopecks : askedDigits;
  const rub = convert(parsed.minor, { precision, price }, roubles, "down");
  if (rub === 0n) throw no("`amount` is too small");
  if (rub > mostKopecks) throw no(`\`amount\` is above the maximum of ${formatMinor(mostKopecks, kopecks)}`);
  return rub;
}

type Payment = { method: PayoutMethod; row: CompatMethodRow; price: Ratio };

/** By what it will be paid: the required method, or the first that can be reckoned, roubles before others. */
async function paymentOf(call: CompatCall): Promise<Payment> {
  const required = call.fields.text("required_method", 64);
  const rows = await listMethodsByDesk(call.deps.ports.db.in(call.desk.workspace_id), ofDesk(call));
  const known = rows.flatMap((row) => {
    const method = methodOf(row.method);
    return method && row.enabled && (required === undefined || row.method === required)
      ? [{ row, method }]
      : [];
  });
  if (known.length === 0)
    throw no(required ? "`required_method` is unknown or disabled" : "No method is enabled");
  const byRoubles = known.toSorted(
    (a, b) => Number(b.method.currency === "RUB") - Number(a.method.currency === "RUB"),
  );
  for (const each of byRoubles) {
    const price = await priceOf(call, each.method.currency);
    if (price) return { ...each, price };
  }
  throw no("`required_method` has no rate");
}

function redirectUrlOf({ fields }: CompatCall): string {
  const text = fields.text("redirect_url", 2000) ?? "";
  if (text !== "" && !/^https?:$/u.test(URL.parse(text)?.protocol ?? ""))
    throw no("`redirect_url` must begin with https:// or http://");
  return text;
}

/** `invoice/create`: sandbox desks alone. */
export const createInvoice: CompatHandler = async (call) => {
  const { deps, desk, fields, version } = call;
  const { ports } = deps;
  if (desk.mode !== "sandbox") throw no("Invoices are offered to sandbox cash desks only");
  requireEnabled(desk);
  const rub = await kopecksOf(call);
  const type = fields.oneOf("type", ["purchase", "topup"]);
  const lifetime = fields.requiredWhole("lifetime", lifetimes);
  const { method, row, price } = await paymentOf(call);
  const balance = convert(rub, roubles, { precision: method.precision, price }, "down");
  if (balance === 0n) throw no("`amount` is too small");
  if (balance > mostMinor) throw no("`amount` is too large");
  const { numerator, denominator } = parseRatio(row.extra_percent) ?? { numerator: 0n, denominator: 1n };
  const added = scale(balance, { numerator, denominator: denominator * 100n }, "up");
  const now = ports.clock.now();
  const expiresAt = new Date(now.getTime() + lifetime * 60_000);
  const extra = fields.text("extra", mostExtra) ?? "";
  const reference = newReference(Number(desk.number));
  const url = `${call.origin}${payPage}?i=${reference}`;
  const id = ports.newId();
  const values = [
    ...[desk.workspace_id, id, desk.id, reference, url, version, type],
    ...[method.code, fields.text("required_method", 64) ?? "", method.currency, method.precision],
    ...[String(rub), String(balance + added), String(balance)],
    ...[fields.text("description", 1000) ?? "", redirectUrlOf(call), callbackUrlOf(call), extra],
    ...[now, expiresAt],
  ];
  await ports.db.transaction(desk.workspace_id, async (tx) => {
    await tx.query(insert, values);
    const runAt = staysUnpaid(extra) ? expiresAt : now;
    await ports.enqueue(tx, { name: payInvoiceJobName, payload: { invoiceId: id }, runAt, uniqueKey: id });
  });
  const amount = formatMinor(rub, kopecks);
  return version === "v2"
    ? { id: reference, url, amount: exactNumber(amount), type }
    : { id: reference, url, type, rub_amount: amount };
};

/** `invoice/info` */
export const invoiceInfo: CompatHandler = async (call) => {
  const { deps, desk, fields, version, dates } = call;
  const db = deps.ports.db.in(desk.workspace_id);
  const invoice = await findInvoiceByReference(db, ofDesk(call), fields.requiredText("id"));
  if (!invoice) throw no("`id` is unknown");
  return presentInvoice(version, { invoice, dates });
};
