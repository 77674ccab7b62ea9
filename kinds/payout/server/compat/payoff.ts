import { Refusal } from "@okno/kit";
import { confirmPayout } from "../core/confirm.ts";
import { createPayout, creationOrder } from "../core/create.ts";
import { cancelPayout, lockPayout } from "../core/move.ts";
import { type PrepareRefusal, preparePayout } from "../core/prepare.ts";
import { findPayoutByReference } from "../core/queries.ts";
import type { PayoutRow } from "../core/row.ts";
import { methodOf } from "../methods.ts";
import { actorOf, type CompatCall, type CompatHandler, requireEnabled } from "./context.ts";
import { mostExtra } from "./fields.ts";
import { payoffStates, presentCreated, presentPayoff, walletOf } from "./present-payoff.ts";
import { no } from "./refusal.ts";
import { requireCreateSignature, requireIdSignature, type SignedBy } from "./signature.ts";

const mostUrl = 2000;

const destinationWords: Readonly<Record<string, string>> = {
  wrong_network: "`wallet` belongs to another network than `method`",
  wrong_checksum: "`wallet` is mistyped: its checksum is wrong",
  extra_malformed: "`wallet_extra` is not valid for `method`",
  extra_required: "`wallet_extra` field is required",
};

/** What is wrong with what was asked for, in one text. */
function wordsOf({ why, detail }: PrepareRefusal, method: string): string {
  const precision = methodOf(method)?.precision ?? 0;
  const words: Record<PrepareRefusal["why"], string> = {
    not_a_number: "`amount` field must be a number",
    negative: "`amount` must be above zero",
    zero: "`amount` must be above zero",
    too_precise: `\`amount\` has more than the ${precision} decimals of \`method\``,
    too_large: "`amount` is too large",
    unknown_method: "`method` is unknown",
    disabled: "`method` is disabled",
    no_rate: "`amount_currency` has no rate",
    below_minimum: `\`amount\` is below the minimum of ${detail}`,
    above_maximum: `\`amount\` is above the maximum of ${detail}`,
    nothing_left: `\`amount\` does not cover the commission of ${detail}`,
    destination: destinationWords[detail ?? ""] ?? "`wallet` is not valid for `method`",
  };
  return words[why];
}

/** An address that is called back, as far as it can be judged before anything is looked up. @throws CompatRefusal */
export function callbackUrlOf({ deps, fields }: CompatCall): string {
  const url = fields.text("callback_url", mostUrl) ?? "";
  if (url !== "" && deps.ports.outgoing.problem(url))
    throw no("`callback_url` is not an address that can be called");
  return url;
}

function subtractFromOf({ fields }: CompatCall) {
  // One client's misspelling. Taking it for the field would pay by a rule nobody chose knowingly.
  if (!fields.has("subtract_from") && fields.has("subtract_form"))
    throw no("`subtract_from` field is required (`subtract_form` is another field)");
  return fields.oneOf("subtract_from", ["balance", "amount"]);
}

/** A refusal of the core in the interface's words. */
function inWords(error: unknown): unknown {
  if (!(error instanceof Refusal)) return error;
  if (error.code === "insufficient_funds")
    return no("The balance is not sufficient for `amount` and its commission");
  if (error.code === "payout_not_created")
    return notCreated(String(error.details.status) as PayoutRow["status"]);
  if (error.code === "limit_reached") return no("A limit of this cash desk is reached");
  if (error.code === "quote_expired") return no("The payoff has expired");
  if (error.code === "own_payout")
    return no("This cash desk lets a payoff be submitted only by somebody else than its creator");
  return error;
}

function notCreated(status: PayoutRow["status"]) {
  if (status === "approving") return no("The payoff is submitted already and waits for an approval");
  return no(`The payoff is not in the state \`created\` but \`${payoffStates[status]}\``);
}

/** `payoff/create` */
export const create: CompatHandler = async (call) => {
  const { deps, desk, fields, version } = call;
  const { ports } = deps;
  const signature = fields.requiredText("signature");
  const amount = fields.requiredDecimal("amount");
  const method = fields.requiredText("method");
  const wallet = fields.requiredText("wallet");
  const subtractFrom = subtractFromOf(call);
  requireCreateSignature(call, { amount, method, wallet }, signature);
  requireEnabled(desk);
  const result = await preparePayout(
    ports.db.in(desk.workspace_id),
    desk,
    {
      method,
      amount,
      amountCurrency: fields.text("amount_currency"),
      destination: wallet,
      destinationExtra: version === "v3" ? fields.text("wallet_extra") : undefined,
      subtractFrom,
      callbackUrl: callbackUrlOf(call),
      extra: fields.text("extra", mostExtra),
    },
    call.rates,
  );
  if (!result.ok) throw no(wordsOf(result, method));
  const { prepared } = result;
  const number = await ports.tickets.takeNumber(desk.workspace_id);
  const payout = await ports.db
    .gathered(desk.workspace_id, creationOrder(desk, prepared.method), (tx) =>
      createPayout(deps, tx, desk, { prepared, actor: actorOf(desk), number, by: version }),
    )
    .catch((error: unknown) => {
      throw inWords(error);
    });
  return presentCreated(version, { payout, wallet: walletOf(ports, payout) });
};

async function findPayoff({ deps, desk, fields }: CompatCall): Promise<PayoutRow> {
  const of = { workspaceId: desk.workspace_id, deskId: desk.id };
  const payout = await findPayoutByReference(deps.ports.db.in(of.workspaceId), of, fields.requiredText("id"));
  // Another merchant's payoff is as unknown as one that never was: the desk stands in the condition.
  if (!payout) throw no("`id` is unknown");
  return payout;
}

function show({ deps, version, dates }: CompatCall, payout: PayoutRow): Record<string, unknown> {
  return presentPayoff(version, { payout, wallet: walletOf(deps.ports, payout), dates });
}

type Move = (call: CompatCall, payout: PayoutRow, signed: SignedBy) => Promise<PayoutRow>;

/** The two signed calls about one payoff. Under its lock; what is refused has changed nothing. */
function signed(move: Move): CompatHandler {
  return async (call) => {
    const id = call.fields.requiredText("id");
    const signature = call.fields.requiredText("signature");
    const by = requireIdSignature(call, id, signature);
    const payout = await findPayoff(call);
    try {
      return show(call, await move(call, payout, by));
    } catch (error) {
      throw inWords(error);
    }
  };
}

/** `payoff/submit`: from `created` alone, and once. */
export const submit = signed(async ({ deps, desk, requestId, bodyDigest, version }, payout, { salt }) => {
  requireEnabled(desk);
  // A replay does not take the lock, nor spoil the transaction of the others that came at this moment.
  if (payout.status !== "created") throw notCreated(payout.status);
  const evidence = { interface: `compat ${version}`, request: requestId, body: bodyDigest, salt };
  return deps.ports.db.gathered(desk.workspace_id, payout.id, async (tx) => {
    const locked = await lockPayout(deps, tx, payout.id, null);
    return confirmPayout(deps, tx, locked, { actor: actorOf(desk), evidence });
  });
});

/** `payoff/cancel`: while it is shown as `created`. */
export const cancel = signed(async ({ deps, desk }, payout) => {
  if (payout.status !== "created" && payout.status !== "approving") throw notCreated(payout.status);
  return deps.ports.db.gathered(desk.workspace_id, payout.id, async (tx) => {
    const locked = await lockPayout(deps, tx, payout.id, null);
    return cancelPayout(deps, tx, locked, {
      actor: actorOf(desk),
      now: deps.ports.clock.now(),
      why: "Canceled",
    });
  });
});

/** `payoff/info` */
export const info: CompatHandler = async (call) => show(call, await findPayoff(call));
