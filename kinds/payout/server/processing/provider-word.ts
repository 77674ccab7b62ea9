import { createHash } from "node:crypto";
import { fromPublicId, toPublicId } from "@okno/contract";
import { equalDigests } from "@okno/signing";
import { z } from "zod";
import { parseMinor } from "../money/decimal.ts";
import type { PayOrder, ProviderAnswer } from "./processor.ts";

const longestMessage = 300;

const text = (most: number) =>
  z
    .string()
    .max(2_000)
    .nullish()
    // Shown to merchants and people: no control characters, and not a book.
    .transform((value) =>
      (value ?? "")
        .replace(/\p{C}+/gu, " ")
        .trim()
        .slice(0, most),
    );

/** What a provider says, in an answer or in a call-back. Documented in docs/guides/payout-provider.md. */
const Word = z.object({
  key: z.string().max(100),
  state: z.enum(["accepted", "paid", "failed", "unknown", "absent"]),
  reference: text(200),
  message: text(longestMessage),
  amount: z.string().max(100).nullish(),
  currency: z.string().max(20).nullish(),
  destinationDigest: z.string().max(100).nullish(),
});
export type Word = z.output<typeof Word>;

/** The key a provider knows a payout by: its public id. */
export const orderKey = (payoutId: string) => toPublicId("payout", payoutId);
export const payoutOfKey = (key: string) => fromPublicId("payout", key);

/** By this a provider says where it has paid, without the destination itself. */
export function destinationDigest({ key, destination }: Pick<PayOrder, "key" | "destination">): string {
  return createHash("sha256")
    .update(`${orderKey(key)}.${destination}`)
    .digest("hex");
}

/** @returns undefined for what is no word of the protocol. */
export function parseWord(body: string): Word | undefined {
  try {
    return Word.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

/** Whether it has paid what was ordered, to whom it was ordered. Who says `paid` must say what. */
function agrees(order: PayOrder, word: Word): boolean {
  const { amount, currency, destinationDigest: digest } = word;
  const isPaid = word.state === "paid";
  const ordered = parseMinor(order.amount, order.scale);
  const told = typeof amount === "string" ? parseMinor(amount, order.scale) : undefined;
  const sum = told ? told.ok && ordered.ok && told.minor === ordered.minor : !isPaid;
  const money = currency ? currency === order.currency : !isPaid;
  const place = digest ? equalDigests(destinationDigest(order), digest.toLowerCase()) : !isPaid;
  return sum && money && place;
}

export type Read = { ok: true; answer: ProviderAnswer } | { ok: false; why: "other_order" | "disagrees" };

/** What a word says of this order. */
export function readWord(order: PayOrder, word: Word): Read {
  if (word.key !== orderKey(order.key)) return { ok: false, why: "other_order" };
  if (!agrees(order, word)) return { ok: false, why: "disagrees" };
  const reference = word.reference === "" ? null : word.reference;
  const { state, message } = word;
  if (state === "absent") return { ok: true, answer: { state } };
  if (state === "accepted") return { ok: true, answer: { state, reference, askAfterMs: null } };
  if (state === "unknown") return { ok: true, answer: { state, reference, why: "provider_unknown" } };
  return { ok: true, answer: { state, reference, message } };
}
