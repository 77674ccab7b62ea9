import { z } from "zod";
import { amount, type CompatMethod, compatTable, instant, items, money, page, signature } from "./fields.ts";

const number = money.v2;
const text = z.string();
const optional = text.optional();

const payoff = {
  id: text,
  state: z.enum(["created", "processing", "payed", "failed", "canceled"]),
  method: text,
  currency: text,
  commission: number,
  amount: number,
  rub_amount: number,
  receive_amount: number,
  deduction_amount: number,
  subtract_from: z.enum(["balance", "amount"]),
  wallet: text,
  message: text,
  callback_url: text,
  extra: text,
  created_at: instant,
};
const invoiceState = z.enum(["notpayed", "processing", "wrongamount", "failed", "payed"]);
const counted = z.object({ payed_amount: number, total_count: z.int(), payed_count: z.int() });
const between = { date_from: instant.optional(), date_to: instant.optional() };

export const compatV2Methods = {
  "me/info": {
    summary: "The desk",
    answer: { id: z.int(), name: text, status_level: z.int(), created_at: instant },
  },
  "balance/info": {
    summary: "Available funds by method",
    body: { hide_empty: z.boolean().optional() },
    answer: { balances: z.record(z.string(), z.object({ amount: number, currency: text })) },
  },
  "method/list": {
    summary: "What the desk may pay by, and what it costs",
    answer: {
      methods: z.record(
        z.string(),
        z.object({
          name: text,
          enabled: z.boolean(),
          extra_commission_percent: number,
          minimal_status_level: z.int(),
          currency: text,
          commission_percent: number,
          commission: number,
        }),
      ),
    },
  },
  "method/edit": {
    summary: "Turn a method on or off; set what an invoice by it costs the payer more",
    body: { method: text, extra_commission_percent: amount, enabled: z.boolean() },
    answer: {},
  },
  "payoff/create": {
    summary: "Create a payoff: its sum is reserved. Signed over `amount:method:wallet:salt`",
    body: {
      signature,
      amount,
      method: text,
      wallet: text,
      subtract_from: payoff.subtract_from,
      amount_currency: optional,
      callback_url: optional,
      extra: optional,
    },
    answer: {
      id: text,
      method: text,
      commission: number,
      amount: number,
      rub_amount: number,
      receive_amount: number,
      deduction_amount: number,
      subtract_from: payoff.subtract_from,
      currency: text,
    },
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
  "history/payoffs": {
    summary: "Payoffs, newest first",
    body: { page, items, ...between },
    answer: {
      payoffs: z.array(
        z.object({
          id: text,
          state: payoff.state,
          method: text,
          currency: text,
          amount: number,
          created_at: instant,
        }),
      ),
    },
  },
  "history/payments": {
    summary: "Invoices, newest first",
    body: { page, items, ...between },
    answer: {
      payments: z.array(
        z.object({
          id: text,
          state: invoiceState,
          method: text.nullable(),
          currency: text,
          amount: number,
          created_at: instant,
          expired_at: instant,
        }),
      ),
    },
  },
  "history/summary": {
    summary: "Sums in roubles and counts",
    answer: { incoming: counted, outgoing: counted },
  },
  "ticker/list": { summary: "Currencies that have a rate", answer: { tickers: z.array(text) } },
  "ticker/get": {
    summary: "Roubles for one unit of each currency",
    body: { tickers: z.array(text).max(50) },
    answer: {
      base_currency: z.literal("RUB"),
      currencies: z.record(z.string(), z.object({ price: number })),
    },
  },
  "invoice/create": {
    summary: "Fund a sandbox desk: the invoice is paid by itself",
    body: {
      amount,
      type: z.enum(["purchase", "topup"]),
      lifetime: z.int().min(1).max(4320),
      amount_currency: optional,
      required_method: optional,
      description: optional,
      redirect_url: optional,
      callback_url: optional,
      extra: optional,
      payer_details: optional,
    },
    answer: { id: text, url: text, amount: number, type: z.enum(["purchase", "topup"]) },
  },
  "invoice/info": {
    summary: "An invoice",
    body: { id: text },
    answer: {
      id: text,
      url: text,
      state: invoiceState,
      type: z.enum(["purchase", "topup"]),
      method: text.nullable(),
      required_method: text,
      currency: text,
      service_commission: number,
      extra_commission: number,
      amount: number,
      pay_amount: number,
      remaining_amount: number,
      balance_amount: number,
      description: text,
      redirect_url: text,
      callback_url: text,
      extra: text,
      created_at: instant,
      expired_at: instant,
    },
  },
} as const satisfies Record<string, CompatMethod>;

export type CompatV2Name = keyof typeof compatV2Methods;

/** Version 2 of the founding interface, route by route. */
export const compatV2Routes = compatTable<CompatV2Name>("v2", compatV2Methods);
