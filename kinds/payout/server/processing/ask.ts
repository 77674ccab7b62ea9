import { fromPublicId } from "@okno/contract";
import { type KindBinding, projectsWith, refuse } from "@okno/kit";
import { payoutProviderRoutes } from "../../provider-contract.ts";
import type { PayoutDeps } from "../core/deps.ts";
import { lockPayout } from "../core/move.ts";
import { findPayout } from "../core/queries.ts";
import type { PayoutRow } from "../core/row.ts";
import { hearWord } from "./hear.ts";
import { orderOf } from "./order.ts";
import type { ProviderAnswer } from "./processor.ts";
import type { Processors } from "./processors.ts";

export type Asked = { answer: ProviderAnswer["state"]; payout: PayoutRow };

async function find(deps: PayoutDeps, processors: Processors, payout: PayoutRow): Promise<ProviderAnswer> {
  // Not handed over yet: nobody has anything to say about it.
  if (payout.sent_at === null) return { state: "absent" };
  const processor = processors.get(payout.processor);
  if (!processor) return { state: "unknown", reference: null, why: "unknown_processor" };
  try {
    return await processor.find(orderOf(deps.ports, payout));
  } catch (error) {
    deps.ports.log.warn(
      { err: error, payout: payout.id },
      "a provider was asked by hand and does not answer",
    );
    throw refuse("unavailable");
  }
}

/**
 * Asks the provider now what became of a payout, and takes its word as if it had come by itself. Nothing is sent: one that the provider
 * has never heard of stays as it is.
 * @throws not_found, payout_not_created where it is not processing, unavailable where the provider does not answer
 */
export async function askProvider(
  deps: PayoutDeps,
  processors: Processors,
  {
    workspaceId,
    payoutId,
    projectIds,
  }: { workspaceId: string; payoutId: string; projectIds: readonly string[] },
): Promise<Asked> {
  const { db } = deps.ports;
  const { payout } = await db.transaction(workspaceId, (tx) => lockPayout(deps, tx, payoutId, projectIds));
  if (payout.status !== "processing") throw refuse("payout_not_created", { status: payout.status });
  const answer = await find(deps, processors, payout);
  if (answer.state !== "absent") await hearWord(deps, workspaceId, payoutId, answer);
  const now = await findPayout(db.in(workspaceId), workspaceId, payoutId);
  if (!now) throw refuse("not_found");
  return { answer: answer.state, payout: now };
}

export function askBinding(deps: PayoutDeps, processors: Processors): KindBinding {
  const binding: KindBinding<typeof payoutProviderRoutes.ask> = {
    route: payoutProviderRoutes.ask,
    mode: "own",
    async run({ principal, params }) {
      const payoutId = fromPublicId("payout", params.id);
      if (!payoutId) throw refuse("not_found");
      const { workspaceId } = principal;
      const projectIds = projectsWith(principal, "operator");
      const { answer, payout } = await askProvider(deps, processors, { workspaceId, payoutId, projectIds });
      return { answer, status: payout.status, attention: payout.attention };
    },
  };
  return binding as KindBinding;
}
