import type { KindPorts, Transaction } from "@okno/kit";

export const processJobName = "payout.process";

/** One job a payout: a second is dropped while the first lives. */
export function enqueueProcessing(
  ports: Pick<KindPorts, "enqueue">,
  tx: Transaction,
  payoutId: string,
  runAt: Date,
): Promise<void> {
  return ports.enqueue(tx, { name: processJobName, payload: { payoutId }, runAt, uniqueKey: payoutId });
}
