import type { KindPorts, Transaction } from "@okno/kit";
import type { Desk } from "./desks.ts";
import type { PayoutRow } from "./row.ts";

/** What every operation on payouts works with. */
export type PayoutDeps = {
  ports: KindPorts;
  /** Calls the merchant's own address back, where the payout names one: in the transaction that changed it. */
  tellMerchant(tx: Transaction, payout: PayoutRow, desk: Desk): Promise<void>;
};
