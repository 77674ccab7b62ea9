import { type DestinationFamily, methodOf, type PayoutMethod } from "../methods.ts";
import { checkLiraCard, checkRoubleCard, checkTengeCard } from "./card.ts";
import { checkBitcoinCash } from "./cash-address.ts";
import type { Checker, DestinationRefusal } from "./checker.ts";
import { checkBitcoin, checkDash, checkDogecoin, checkLitecoin, checkTron } from "./coins.ts";
import { checkEvm } from "./evm.ts";
import { checkMonero } from "./monero.ts";
import { checkLogin, checkTestName } from "./name.ts";
import { checkPhone } from "./phone.ts";
import { checkSolana } from "./solana.ts";
import { checkTon } from "./ton.ts";

export type { DestinationRefusal } from "./checker.ts";

export type DestinationCheck =
  | { ok: true; normalized: string; canonical: string; masked: string; extra: string | null }
  | { ok: false; why: DestinationRefusal };

const checkers: Record<DestinationFamily, Checker> = {
  bitcoin: checkBitcoin,
  bitcoin_cash: checkBitcoinCash,
  litecoin: checkLitecoin,
  dash: checkDash,
  dogecoin: checkDogecoin,
  evm: checkEvm,
  tron: checkTron,
  ton: checkTon,
  monero: checkMonero,
  solana: checkSolana,
  card_rub: checkRoubleCard,
  card_kzt: checkTengeCard,
  card_try: checkLiraCard,
  phone: checkPhone,
  login: checkLogin,
  test: checkTestName,
};

const mostCharacters = 200;
const mostExtraBytes = 120;
// What the Faster Payments System calls its members, `100000000111`.
const bankPattern = /^1\d{11}$/u;

/** What may be shown and logged: the two ends, and of short ones less or nothing. For cards that is what PCI DSS lets be shown. */
export function mask(destination: string): string {
  const { length } = destination;
  if (length >= 16) return `${destination.slice(0, 6)}…${destination.slice(-4)}`;
  if (length >= 12) return `${destination.slice(0, 2)}…${destination.slice(-4)}`;
  return length >= 8 ? `${destination.slice(0, 1)}…${destination.slice(-2)}` : "…";
}

type Extra = { ok: true; extra: string | null } | { ok: false; why: DestinationRefusal };

function checkExtra({ extra: needed }: PayoutMethod, given: string | null | undefined): Extra {
  const extra = given?.trim().normalize("NFC") ?? "";
  if (extra === "")
    return needed?.required ? { ok: false, why: "extra_required" } : { ok: true, extra: null };
  const fits = Buffer.byteLength(extra) <= mostExtraBytes && !/[\p{C}\p{Zl}\p{Zp}]/u.test(extra);
  if (!fits || (needed?.kind === "bank" && !bankPattern.test(extra)))
    return { ok: false, why: "extra_malformed" };
  return { ok: true, extra };
}

/**
 * Whether money can be sent by the method to the destination. `canonical` holds the whole destination: digest it, never store or log
 * it; `masked` may be shown. `extra` is the memo or the bank, which some methods need.
 */
export function checkDestination(
  methodCode: string,
  destination: string,
  extra?: string | null,
): DestinationCheck {
  const method = methodOf(methodCode);
  if (!method) return { ok: false, why: "unknown_method" };
  const text = destination.trim();
  if (text.length > mostCharacters) return { ok: false, why: "too_long" };
  const checked = checkers[method.family](text);
  if (!checked.ok) return checked;
  const beside = checkExtra(method, extra);
  if (!beside.ok) return beside;
  return { ...checked, masked: mask(checked.normalized), extra: beside.extra };
}
