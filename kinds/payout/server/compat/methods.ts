import type { CompatV2Name, CompatV3Name } from "../../contract-compat.ts";
import { payoffCallbacks } from "./callbacks.ts";
import type { CompatHandler } from "./context.ts";
import * as desk from "./desk.ts";
import * as history from "./history.ts";
import { createInvoice, invoiceInfo } from "./invoice.ts";
import * as payoff from "./payoff.ts";
import { no } from "./refusal.ts";
import { ticker, tickers } from "./tickers.ts";

// Okno neither exchanges currencies nor moves money between desks: an honest no is better than an answer that means nothing.
const notOffered =
  (what: string): CompatHandler =>
  async () => {
    throw no(`${what} are not offered here`);
  };
const noSwaps = notOffered("Swaps");
const noTransfers = notOffered("Transfers");

export const v2: Record<CompatV2Name, CompatHandler> = {
  "me/info": desk.me,
  "balance/info": desk.balances,
  "method/list": desk.methods,
  "method/edit": desk.editMethod,
  "payoff/create": payoff.create,
  "payoff/submit": payoff.submit,
  "payoff/cancel": payoff.cancel,
  "payoff/info": payoff.info,
  "history/payoffs": history.payoffs,
  "history/payments": history.payments,
  "history/summary": history.summary,
  "ticker/list": tickers,
  "ticker/get": ticker,
  "invoice/create": createInvoice,
  "invoice/info": invoiceInfo,
};

export const v3: Record<CompatV3Name, CompatHandler> = {
  "me/info": desk.me,
  "balance/list": desk.balances,
  "balance/get": desk.balance,
  "method/list": desk.methods,
  "method/get": desk.method,
  "method/edit": desk.editMethod,
  "payoff/create": payoff.create,
  "payoff/submit": payoff.submit,
  "payoff/cancel": payoff.cancel,
  "payoff/info": payoff.info,
  "ticker/list": tickers,
  "ticker/get": ticker,
  "invoice/create": createInvoice,
  "invoice/info": invoiceInfo,
  "report/payoff/history": history.payoffReport,
  "report/payoff/summary": history.payoffSummary,
  "report/invoice/history": history.invoiceReport,
  "report/invoice/summary": history.invoiceSummary,
  "callback/payoff/list": payoffCallbacks,
  "swap/pair/list": noSwaps,
  "swap/pair/get": noSwaps,
  "swap/create": noSwaps,
  "swap/submit": noSwaps,
  "swap/cancel": noSwaps,
  "swap/info": noSwaps,
  "transfer/create": noTransfers,
  "transfer/submit": noTransfers,
  "transfer/cancel": noTransfers,
  "transfer/info": noTransfers,
};
