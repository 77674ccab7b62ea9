import { type KindCall, refuse } from "@okno/kit";
import { verifyWebhook } from "@okno/signing";
import type { providerCallBackRoute } from "../../provider-contract.ts";
import type { PayoutDeps } from "../core/deps.ts";
import { doubtPayout, lockPayout } from "../core/move.ts";
import { findPayout } from "../core/queries.ts";
import type { PayoutRow } from "../core/row.ts";
import { hearWord } from "./hear.ts";
import { orderOf } from "./order.ts";
import { parseWord, payoutOfKey, readWord, type Word } from "./provider-word.ts";
import { type Provider, providerByKey, secretOf } from "./providers.ts";

/** @throws not_found for a payout that was never sent to this provider */
async function payoutOf({ ports }: PayoutDeps, provider: Provider, word: Word): Promise<PayoutRow> {
  const id = payoutOfKey(word.key);
  const payout = id && (await findPayout(ports.db.in(provider.workspace_id), provider.workspace_id, id));
  if (!payout || payout.provider_id !== provider.id) throw refuse("not_found");
  return payout;
}

/** Another sum, or another receiver: nothing is believed, and a person is told. */
async function disagree(deps: PayoutDeps, payout: PayoutRow): Promise<never> {
  const { ports } = deps;
  await ports.db.transaction(payout.workspace_id, async (tx) => {
    const locked = await lockPayout(deps, tx, payout.id, null);
    const act = { actor: { kind: "system", id: null } as const, now: ports.clock.now() };
    await doubtPayout(deps, tx, locked, { ...act, why: "provider_disagrees", reference: null });
  });
  throw refuse("callback_disagrees");
}

/**
 * A provider's call-back. Its signature is over the bytes as they came; repeated, late and reordered ones change nothing, since only the
 * first final word does.
 * @throws not_found, signature_invalid, invalid_request, callback_disagrees
 */
export async function hearCallBack(
  deps: PayoutDeps,
  call: KindCall<typeof providerCallBackRoute>,
): Promise<{ heard: string }> {
  const { ports } = deps;
  const provider = await providerByKey(ports, call.params.key);
  if (!provider) throw refuse("not_found");
  const body = call.bytes ?? Buffer.alloc(0);
  const { headers } = call;
  const verdict = verifyWebhook([secretOf(ports, provider)], { headers, body }, { now: ports.clock.now() });
  if (!verdict.ok) throw refuse("signature_invalid", { reason: verdict.reason });
  const word = parseWord(body.toString("utf8"));
  if (!word || word.state === "absent") throw refuse("invalid_request");
  const payout = await payoutOf(deps, provider, word);
  const read = readWord(orderOf(ports, payout), word);
  if (!read.ok) return disagree(deps, payout);
  if (read.answer.state === "absent") throw refuse("invalid_request");
  return { heard: await hearWord(deps, provider.workspace_id, payout.id, read.answer) };
}
