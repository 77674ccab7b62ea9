/** An invoice as stored: sums in minor units of the method, as texts; what was asked for in kopecks. */
export type InvoiceRow = {
  id: string;
  desk_id: string;
  reference: string;
  url: string;
  made_by: "v2" | "v3";
  type: "purchase" | "topup";
  state: "notpayed" | "payed" | "failed";
  method: string;
  required_method: string;
  currency: string;
  scale: number;
  rub_amount: string;
  pay_amount: string;
  balance_amount: string;
  description: string;
  redirect_url: string;
  callback_url: string;
  extra: string;
  created_at: Date;
  expires_at: Date;
  final_at: Date | null;
};

/** Everything of an invoice, from `payout_invoices i`. */
export const invoiceColumns = `i.id, i.desk_id, i.reference, i.url, i.made_by, i.type, i.state, i.method, i.required_method, i.currency,
  i.scale, i.rub_amount, i.pay_amount, i.balance_amount, i.description, i.redirect_url, i.callback_url, i.extra, i.created_at, i.expires_at,
  i.final_at`;
