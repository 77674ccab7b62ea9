import type { KindPorts } from "@okno/kit";
import type { CompatVersion } from "../../contract-compat.ts";
import { destinationContext, type PayoutRow, type PayoutStatus } from "../core/row.ts";
import { methodOf } from "../methods.ts";
import { formatMinor } from "../money/decimal.ts";
import { type DateFormat, formatDate } from "./dates.ts";
import { exactNumber } from "./json.ts";

/** Statuses as the interface spells them. One that waits for an approval has not left `created` for its merchant. */
export const payoffStates: Record<PayoutStatus, string> = {
  created: "created",
  approving: "created",
  processing: "processing",
  paid: "payed",
  failed: "failed",
  cancelled: "canceled",
};

const kopecks = 2;

type Shown = { payout: PayoutRow; wallet: string; dates: DateFormat };

/** The sums of a payoff as decimal texts. */
function sumsOf({ scale, amount, receive, deduction, commission, rub_amount: rub }: PayoutRow) {
  const text = (minor: string) => formatMinor(BigInt(minor), scale);
  return {
    amount: text(amount),
    receive: text(receive),
    deduction: text(deduction),
    commission: text(commission),
    rub: rub === null ? null : formatMinor(BigInt(rub), kopecks),
  };
}

/** Where it goes, whole: for its merchant alone, who said it. */
export function walletOf(ports: KindPorts, payout: PayoutRow): string {
  return ports.sealer.open(payout.destination, destinationContext(payout.id));
}

/**
 * Where it goes, as a stored call-back may say it: a card or a telephone only in part, since a call-back waits in the open until it is
 * delivered.
 */
export function storableWalletOf(ports: KindPorts, payout: PayoutRow): string {
  const family = methodOf(payout.method)?.family ?? "";
  return family === "phone" || family.startsWith("card_")
    ? payout.destination_masked
    : walletOf(ports, payout);
}

/** What answers a creation. Where no rate of the rouble is known, version 2 says 0 and version 3 `null`. */
export function presentCreated(
  version: CompatVersion,
  { payout, wallet }: Omit<Shown, "dates">,
): Record<string, unknown> {
  const { amount, receive, deduction, commission, rub } = sumsOf(payout);
  if (version === "v2")
    return {
      id: payout.reference,
      method: payout.method,
      commission: exactNumber(commission),
      amount: exactNumber(amount),
      rub_amount: exactNumber(rub ?? "0"),
      receive_amount: exactNumber(receive),
      deduction_amount: exactNumber(deduction),
      subtract_from: payout.subtract_from,
      currency: payout.currency,
    };
  return {
    id: payout.reference,
    subtract_from: payout.subtract_from,
    method: payout.method,
    amount_currency: payout.currency,
    amount,
    rub_amount: rub,
    receive_amount: receive,
    deduction_amount: deduction,
    commission_amount: commission,
    wallet,
  };
}

/** A whole payoff, as `info` and the call-backs show it. */
export function presentPayoff(
  version: CompatVersion,
  { payout, wallet, dates }: Shown,
): Record<string, unknown> {
  const { amount, receive, deduction, commission, rub } = sumsOf(payout);
  if (version === "v2")
    return {
      id: payout.reference,
      state: payoffStates[payout.status],
      method: payout.method,
      currency: payout.currency,
      commission: exactNumber(commission),
      amount: exactNumber(amount),
      rub_amount: exactNumber(rub ?? "0"),
      receive_amount: exactNumber(receive),
      deduction_amount: exactNumber(deduction),
      subtract_from: payout.subtract_from,
      wallet,
      message: payout.message,
      callback_url: payout.callback_url,
      extra: payout.extra,
      created_at: formatDate(payout.created_at, dates),
    };
  const { id, ...sums } = presentCreated("v3", { payout, wallet });
  return {
    id,
    state: payoffStates[payout.status],
    ...sums,
    message: payout.message || null,
    callback_url: payout.callback_url || null,
    extra: payout.extra || null,
    created_at: formatDate(payout.created_at, dates),
    final_at: payout.final_at && formatDate(payout.final_at, dates),
  };
}
