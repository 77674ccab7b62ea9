import type { CompatVersion } from "../../contract-compat.ts";
import { formatMinor } from "../money/decimal.ts";
import { type DateFormat, formatDate } from "./dates.ts";
import type { InvoiceRow } from "./invoice-row.ts";
import { exactNumber } from "./json.ts";

type Shown = { invoice: InvoiceRow; dates: DateFormat };

/** A whole invoice, as `info` and its call-back show it. */
export function presentInvoice(version: CompatVersion, { invoice, dates }: Shown): Record<string, unknown> {
  const text = (minor: string) => formatMinor(BigInt(minor), invoice.scale);
  const rub = formatMinor(BigInt(invoice.rub_amount), 2);
  const payed = invoice.state === "payed";
  const pay = text(invoice.pay_amount);
  const remaining = payed ? "0" : pay;
  const common = { id: invoice.reference, url: invoice.url, state: invoice.state, type: invoice.type };
  // Until it is paid nobody has chosen a method.
  const method = payed ? invoice.method : null;
  if (version === "v2")
    return {
      ...common,
      method,
      required_method: invoice.required_method,
      currency: invoice.currency,
      service_commission: exactNumber("0"),
      extra_commission: exactNumber(
        text(String(BigInt(invoice.pay_amount) - BigInt(invoice.balance_amount))),
      ),
      amount: exactNumber(rub),
      pay_amount: exactNumber(pay),
      remaining_amount: exactNumber(remaining),
      balance_amount: exactNumber(text(invoice.balance_amount)),
      description: invoice.description,
      redirect_url: invoice.redirect_url,
      callback_url: invoice.callback_url,
      extra: invoice.extra,
      created_at: formatDate(invoice.created_at, dates),
      expired_at: formatDate(invoice.expires_at, dates),
    };
  return {
    ...common,
    method,
    required_method: invoice.required_method || null,
    rub_amount: rub,
    amount_currency: invoice.currency,
    initial_amount: pay,
    remaining_amount: remaining,
    balance_amount: text(invoice.balance_amount),
    commission_amount: "0",
    description: invoice.description || null,
    redirect_url: invoice.redirect_url || null,
    callback_url: invoice.callback_url || null,
    extra: invoice.extra || null,
    created_at: formatDate(invoice.created_at, dates),
    expired_at: formatDate(invoice.expires_at, dates),
    final_at: invoice.final_at && formatDate(invoice.final_at, dates),
  };
}
