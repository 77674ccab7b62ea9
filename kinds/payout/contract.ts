import { payoutDeskRoutes, payoutRateRoutes } from "./contract/desk-routes.ts";
import { payoutRoutes } from "./contract/payout-routes.ts";
import { payoutProviderRoutes } from "./provider-contract.ts";

export { payoutDeskRoutes, payoutRateRoutes } from "./contract/desk-routes.ts";
export { payoutRoutes } from "./contract/payout-routes.ts";
export {
  Decimal,
  formerSaltHours,
  Payout,
  PayoutBalance,
  PayoutCallback,
  PayoutDesk,
  PayoutMethod,
  PayoutQuote,
  PayoutRate,
  PayoutStatus,
  quoteMinutes,
  StatementEntry,
  SubtractFrom,
  statementEntries,
} from "./contract/shapes.ts";

/** The native API of payouts, by resource. */
export const payoutTables = {
  payoutDesks: payoutDeskRoutes,
  payoutRates: payoutRateRoutes,
  payouts: payoutRoutes,
  payoutProviders: payoutProviderRoutes,
} as const;
