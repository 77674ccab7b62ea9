/** What a merchant sees of a payout's progress. */
export type PayoutStatus = "created" | "approving" | "processing" | "paid" | "failed" | "cancelled";

/** By which interface it was created: its call-backs speak that interface's words. */
export type PayoutInterface = "native" | "v2" | "v3";

/** From what the commission is taken: out of the amount, or on top of it. */
export type SubtractFrom = "amount" | "balance";

/** A payout as stored. Sums are whole minor units of the method, as texts: a number could not hold them. */
export type PayoutRow = {
  id: string;
  workspace_id: string;
  project_id: string;
  desk_id: string;
  reference: string;
  status: PayoutStatus;
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
  /** Kopecks at the rate of the moment it was created; null where no rate was known. */
  rub_amount: string | null;
  rate_id: string | null;
  destination: Buffer;
  destination_extra: Buffer | null;
  destination_masked: string;
  destination_digest: Buffer;
  callback_url: string;
  extra: string;
  purpose: string | null;
  message: string;
  quote_expires_at: Date | null;
  processor: string;
  made_by: PayoutInterface;
  sent_at: Date | null;
  provider_reference: string | null;
  /** The outside provider it was sent to. */
  provider_id: string | null;
  attention: string | null;
  version: number;
  created_by: string | null;
  /** Who stands behind whoever created it: the person of several keys. */
  maker_id: string | null;
  confirmed_by: string | null;
  created_at: Date;
  confirmed_at: Date | null;
  final_at: Date | null;
};

/** Everything of a payout, from `payouts p`. */
export const payoutColumns = `p.id, p.workspace_id, p.project_id, p.desk_id, p.reference, p.status, p.method, p.currency, p.scale,
  p.subtract_from, p.asked_amount, p.asked_currency, p.amount, p.receive, p.commission, p.deduction, p.rub_amount, p.rate_id,
  p.destination, p.destination_extra, p.destination_masked, p.destination_digest, p.callback_url, p.extra, p.purpose, p.message,
  p.quote_expires_at, p.processor, p.made_by, p.sent_at, p.provider_reference, p.provider_id, p.attention, p.version, p.created_by, p.maker_id, p.confirmed_by,
  p.created_at, p.confirmed_at, p.final_at`;

/** What binds the sealed destination of a payout to it. */
export const destinationContext = (payoutId: string) => `payout ${payoutId} destination`;
