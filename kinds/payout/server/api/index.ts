import type { KindBinding } from "@okno/kit";
import type { PayoutDeps } from "../core/deps.ts";
import { deskBindings } from "./desks.ts";
import { payoutBindings } from "./payouts.ts";
import { forgetQuotes } from "./quote-row.ts";
import { rateBindings } from "./rates.ts";

// The native interface: desks, rates, quotes and payouts under /v1. Amounts are decimal strings, destinations are masked but where
// somebody's look at one is kept, and every command that moves money has its idempotency key.

export function apiBindings(deps: PayoutDeps): KindBinding[] {
  return [...deskBindings(deps.ports), ...rateBindings(deps.ports), ...payoutBindings(deps)];
}

const keptDays = 30;
const dayMs = 86_400_000;

export function apiSchedules({ ports }: PayoutDeps) {
  const run = () =>
    forgetQuotes(ports.db.background, new Date(ports.clock.now().getTime() - keptDays * dayMs));
  return [{ pattern: "31 5 * * *", name: "forget payout quotes", run }];
}
