import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Desk } from "../../../../../kinds/payout/server/core/desks.ts";
import { fundDesk, listBalances, verifyLedger } from "../../../../../kinds/payout/server/core/ledger.ts";
import { cancelPayout, lockPayout } from "../../../../../kinds/payout/server/core/move.ts";
import type { PayoutStatus } from "../../../../../kinds/payout/server/core/row.ts";
import { hearWord } from "../../../../../kinds/payout/server/processing/hear.ts";
import type { ProviderWord } from "../../../../../kinds/payout/server/processing/processor.ts";
import { type PayoutStage, startPayoutStage, system } from "./fixtures/payout-stage.ts";

let s: PayoutStage;
/** Enough for six payouts: the seventh is refused. */
let desk: Desk;
const funds = 600;
const price = 100;

beforeAll(async () => {
  s = await startPayoutStage();
  desk = await s.makeDesk("sandbox", "sandbox", BigInt(funds));
  s.desks.sandbox = desk;
});
afterAll(() => s.close());

const words: Record<"paid" | "failed" | "accepted" | "unknown", ProviderWord> = {
  paid: { state: "paid", reference: "r", message: "" },
  failed: { state: "failed", reference: null, message: "no" },
  accepted: { state: "accepted", reference: null, askAfterMs: null },
  unknown: { state: "unknown", reference: null, why: "no_answer" },
};
type Step = { what: "create" | "confirm" | "cancel" | keyof typeof words; which: number; times: number };
type Known = { id: string; status: PayoutStatus; doubted: boolean; contradicted: boolean };

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.oneof(
    { weight: 3, arbitrary: fc.constant("create" as const) },
    { weight: 3, arbitrary: fc.constant("confirm" as const) },
    { weight: 1, arbitrary: fc.constant("cancel" as const) },
    { weight: 4, arbitrary: fc.constantFrom("paid", "failed", "accepted", "unknown") },
  ),
  which: fc.nat(3),
  // Told more than once at the same moment: a call-back repeated, a button pressed twice.
  times: fc.constantFrom(1, 1, 2),
});

const cancel = (id: string) =>
  s.inTransaction(async (tx) => {
    const locked = await lockPayout(s.deps, tx, id, null);
    return cancelPayout(s.deps, tx, locked, { actor: system, now: s.t.clock.now(), why: "Canceled" });
  });
const codeOf = (result: PromiseSettledResult<unknown>) =>
  result.status === "fulfilled" ? "done" : (result.reason as { code?: string }).code;

/** Both of two at once: one is let through, the other is refused. */
async function once(payout: Known, to: PayoutStatus, times: number, act: () => Promise<unknown>) {
  const results = await Promise.allSettled(Array.from({ length: times }, act));
  const done = results.map(codeOf).filter((code) => code === "done").length;
  const refused = results.map(codeOf).filter((code) => code === "payout_not_created").length;
  const allowed = payout.status === "created" ? 1 : 0;
  expect([done, refused]).toEqual([allowed, times - allowed]);
  if (allowed) payout.status = to;
}

async function hear(payout: Known, word: keyof typeof words, times: number): Promise<void> {
  const { workspaceId } = s.t;
  await Promise.all(
    Array.from({ length: times }, () => hearWord(s.deps, workspaceId, payout.id, words[word])),
  );
  if (payout.status === "processing") {
    if (word === "paid" || word === "failed") Object.assign(payout, { status: word, doubted: false });
    else payout.doubted = word === "unknown";
  } else if (
    (payout.status === "paid" && word === "failed") ||
    (payout.status === "failed" && word === "paid")
  )
    payout.contradicted = true;
}

async function balances() {
  const [only] = await listBalances(s.t.db.in(s.t.workspaceId), s.t.workspaceId, desk.id);
  return [only?.available, only?.reserved, only?.in_flight].map(Number);
}
const held = (known: readonly Known[], ...statuses: PayoutStatus[]) =>
  price * known.filter(({ status }) => statuses.includes(status)).length;

/** One sequence: what was there before it, and what it has made. */
type Life = { before: number[]; known: Known[] };

function expected({ before, known }: Life): number[] {
  const [available = 0, reserved = 0, inFlight = 0] = before;
  const gone = held(known, "created", "processing", "paid");
  return [available - gone, reserved + held(known, "created"), inFlight + held(known, "processing")];
}

async function make(life: Life): Promise<void> {
  const enough = (expected(life)[0] ?? 0) >= price;
  const [made] = await Promise.allSettled([s.create("Иван")]);
  expect(codeOf(made)).toBe(enough ? "done" : "insufficient_funds");
  if (made.status === "fulfilled")
    life.known.push({ id: made.value, status: "created", doubted: false, contradicted: false });
}

async function take({ what, which, times }: Step, life: Life): Promise<void> {
  if (what === "create") return make(life);
  const payout = life.known[which % Math.max(life.known.length, 1)];
  if (!payout) return;
  if (what === "confirm") return once(payout, "processing", times, () => s.confirm(payout.id));
  if (what === "cancel") return once(payout, "cancelled", times, () => cancel(payout.id));
  await hear(payout, what, times);
}

async function compare({ id, status, doubted, contradicted }: Known): Promise<void> {
  const row = await s.row(id);
  expect(row.status).toBe(status);
  if (status === "processing") expect(row.attention).toBe(doubted ? "no_answer" : null);
  expect(row.attention === "contradicted").toBe(contradicted);
}

/** What is left over gives its funds back, so that every sequence begins with as much. */
async function clear({ known }: Life): Promise<void> {
  for (const { id, status } of known) {
    if (status === "created") await cancel(id);
    if (status === "processing") await hearWord(s.deps, s.t.workspaceId, id, words.failed);
  }
  const paid = BigInt(held(known, "paid"));
  if (paid > 0n) await refund(paid);
}

async function play(steps: readonly Step[]): Promise<void> {
  const life: Life = { before: await balances(), known: [] };
  for (const each of steps) await take(each, life);
  expect(await balances()).toEqual(expected(life));
  for (const each of life.known) await compare(each);
  await clear(life);
}

async function refund(amount: bigint): Promise<void> {
  const of = { workspaceId: s.t.workspaceId, deskId: desk.id, method: "TEST" };
  await s.inTransaction((tx) => fundDesk(tx, of, { id: s.ports.newId(), amount, at: s.t.clock.now() }));
}

test("[PO-04] a hundred random lives of payouts, with everything told twice and out of order: states and ledger are the model's", async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), play), {
    numRuns: 100,
    endOnFailure: true,
  });
  expect(await verifyLedger(s.t.db.in(s.t.workspaceId), s.t.workspaceId)).toEqual([]);
  expect(await balances()).toEqual([funds, 0, 0]);
}, 30_000);
