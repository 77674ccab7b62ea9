import type { KindPorts } from "@okno/kit";
import { destinationContext, type PayoutRow } from "../core/row.ts";
import { formatMinor } from "../money/decimal.ts";
import type { PayOrder } from "./processor.ts";

/** What a provider is told of a payout, with the destination in the open. */
export function orderOf(
  { sealer }: Pick<KindPorts, "sealer">,
  payout: PayoutRow,
  providerId = payout.provider_id,
): PayOrder {
  const context = destinationContext(payout.id);
  const { destination_extra: extra } = payout;
  return {
    workspaceId: payout.workspace_id,
    key: payout.id,
    method: payout.method,
    currency: payout.currency,
    scale: payout.scale,
    amount: formatMinor(BigInt(payout.receive), payout.scale),
    destination: sealer.open(payout.destination, context),
    destinationExtra: extra && sealer.open(extra, `${context} extra`),
    providerId,
  };
}
