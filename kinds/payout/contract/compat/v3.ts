import { z } from "zod";
import {
  amount,
  type CompatMethod,
  compatTable,
  instant,
  items,
  money,
  page,
  period,
  signature,
} from "./fields.ts";

const decimal = money.v3;
const text = z.string();
const optional = text.optional();
const nullable = text.nullable();

const created = {
  id: text,
  subtract_from: z.enum(["balance", "amount"]),
  method: text,
  amount_currency: text,
  amount: decimal,
  rub_amount: decimal.nullable(),
  receive_amount: decimal,
  deduction_amount: decimal,
  commission_amount: decimal,
  wallet: text,
};
const { id, ...sums } = created;
const payoff = {
  id,
  state: z.enum(["created", "processing", "payed", "failed", "canceled"]),
  ...sums,
  message: nullable,
  callback_url: nullable,
  extra: nullable,
  created_at: instant,
  final_at: instant.nullable(),
};
const commissions = z.object({ amount: decimal, percent: decimal });
const direction = z.object({
  enabled: z.boolean(),
  limits: z.object({ min: decimal, max: decimal }),
  commissions,
  fee: decimal.nullable(),
});
const setting = z.object({ enabled: z.boolean(), extra_commissions: commissions });
const method = {
  method: text,
  name: text,
  currency: text,
  amount_accuracy: z.int(),
  minimal_status_level: z.int(),
  settings: z.object({ in: setting, out: setting }),
  in: direction,
  out: direction,
};
const balance = { name: text, amount: decimal, currency: text, amount_accuracy: z.int() };
const invoice = {
  id: text,
  url: text,
  state: z.enum(["notpayed", "processing", "wrongamount", "failed", "payed"]),
  type: z.enum(["purchase", "topup"]),
  method: nullable,
  required_method: nullable,
  rub_amount: decimal,
  amount_currency: text,
  initial_amount: decimal,
  remaining_amount: decimal,
  balance_amount: decimal,
  commission_amount: decimal,
  description: nullable,
  redirect_url: nullable,
  callback_url: nullable,
  extra: nullable,
  created_at: instant,
  expired_at: instant,
  final_at: instant.nullable(),
};
const between = { date_from: instant.optional(), date_to: instant.optional() };
const history = (item: z.ZodRawShape) => ({
  body: { page, items, period, ...between, export_csv: z.boolean().optional() },
  answer: { items: z.array(z.object(item)), has_next_page: z.boolean() },
});
const summary = {
  body: { period },
  answer: {
    payed_rub_amount: decimal,
    payed_count: z.int(),
    total_count: z.int(),
    conversion_percent: decimal,
  },
};
const byCode = (shape: z.ZodRawShape) =>
  z.union([z.record(z.string(), z.object(shape)), z.array(z.unknown()).length(0)]);
const notOffered: CompatMethod = { summary: "Not offered: always answers an error", answer: {} };

export const compatV3Methods = {
  "me/info": {
    summary: "The desk",
    answer: { id: z.int(), name: text, status_level: z.int(), created_at: instant },
  },
  "balance/list": {
    summary: "Available funds by method; `[]` where there are none",
    body: { hide_empty: z.boolean().optional() },
    answer: { items: byCode(balance) },
  },
  "balance/get": {
    summary: "Available funds of one method",
    body: { method: text },
    answer: { method: text, ...balance },
  },
  "method/list": {
    summary: "What the desk may pay by, and what it costs",
    body: { compact: z.boolean().optional() },
    answer: { items: byCode(method) },
  },
  "method/get": { summary: "One method", body: { method: text }, answer: method },
  "method/edit": {
    summary: "Turn a method on or off; set what an invoice by it costs the payer more",
    body: { method: text, extra_commission_percent: amount.optional(), enabled: z.boolean().optional() },
    answer: {},
  },
  "payoff/create": {
    summary: "Create a payoff: its sum is reserved. Signed over `amount:method:wallet:salt`",
    body: {
      signature,
      amount,
      method: text,
      wallet: text,
      subtract_from: created.subtract_from,
      amount_currency: optional,
      wallet_extra: optional,
      callback_url: optional,
      extra: optional,
    },
    answer: created,
  },
  "payoff/submit": {
    summary: "Confirm a payoff, once, from `created` alone. Signed over `id:salt`",
    body: { id: text, signature },
    answer: payoff,
  },
  "payoff/cancel": {
    summary: "Take a payoff back that is not submitted yet. Signed over `id:salt`",
    body: { id: text, signature },
    answer: payoff,
  },
  "payoff/info": { summary: "A payoff", body: { id: text }, answer: payoff },
  "ticker/list": { summary: "Currencies that have a rate", answer: { tickers: z.array(text) } },
  "ticker/get": {
    summary: "What one unit of each currency costs in the base currency",
    body: { tickers: z.array(text).max(50), base_currency: optional },
    answer: { base_currency: text, currencies: byCode({ price: decimal }) },
  },
  "invoice/create": {
    summary: "Fund a sandbox desk: the invoice is paid by itself",
    body: {
      amount,
      type: invoice.type,
      lifetime: z.int().min(1).max(4320),
      amount_currency: optional,
      required_method: optional,
      description: optional,
      redirect_url: optional,
      callback_url: optional,
      extra: optional,
      payer_details: optional,
    },
    answer: { id: text, url: text, type: invoice.type, rub_amount: decimal },
  },
  "invoice/info": { summary: "An invoice", body: { id: text }, answer: invoice },
  "report/payoff/history": { summary: "Payoffs, newest first; CSV on demand", ...history(payoff) },
  "report/payoff/summary": { summary: "Payoffs of a period in sums and counts", ...summary },
  "report/invoice/history": { summary: "Invoices, newest first; CSV on demand", ...history(invoice) },
  "report/invoice/summary": { summary: "Invoices of a period in sums and counts", ...summary },
  "callback/payoff/list": {
    summary: "The call-backs of a payoff: what was sent, how often, what came back",
    body: { id: text },
    answer: {
      items: z.array(
        z.object({
          url: text,
          state: z.enum(["success", "waiting", "failed"]),
          attempts: z.int(),
          last_response: nullable,
          created_at: instant,
          last_at: instant.nullable(),
        }),
      ),
    },
  },
  "swap/pair/list": notOffered,
  "swap/pair/get": notOffered,
  "swap/create": notOffered,
  "swap/submit": notOffered,
  "swap/cancel": notOffered,
  "swap/info": notOffered,
  "transfer/create": notOffered,
  "transfer/submit": notOffered,
  "transfer/cancel": notOffered,
  "transfer/info": notOffered,
} as const satisfies Record<string, CompatMethod>;

export type CompatV3Name = keyof typeof compatV3Methods;

/** Version 3 of the founding interface, as far as its facts are complete. */
export const compatV3Routes = compatTable<CompatV3Name>("v3", compatV3Methods);
