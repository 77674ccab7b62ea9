import { type KindPorts, kindJob, statement } from "@okno/kit";
import { z } from "zod";
import type { PayoutDeps } from "../core/deps.ts";
import { hearWord } from "./hear.ts";
import type { PayOrder, Processor, ProviderAnswer, ProviderWord } from "./processor.ts";
import { type SandboxOutcome, sandboxOutcome } from "./sandbox-outcomes.ts";

const laterMs = 5_000;
const slowMs = 2_000;

// One row an order, however often it is sent; what it was first taken for stands.
const take = statement(
  "payouts.sandbox_take",
  `insert into payout_sandbox_orders as o (workspace_id, key, outcome, amount, currency, sends, pays, taken_at)
   values ($1, $2, $3, $4, $5, 1, $6, $7)
   on conflict (workspace_id, key) do update set sends = o.sends + 1,
     pays = case when o.outcome = 'lost' then 1 else o.pays end
   returning o.outcome, o.sends, o.taken_at`,
);
const look = statement(
  "payouts.sandbox_look",
  "select outcome, sends, taken_at from payout_sandbox_orders where workspace_id = $1 and key = $2",
);

type Entry = { outcome: SandboxOutcome; sends: number; taken_at: Date };

const neverPays = new Set<SandboxOutcome>(["fail", "later-fail", "unknown", "lost"]);

const referenceOf = (key: string) => `sandbox-${key.slice(-12)}`;
const paid = (key: string): ProviderWord => ({ state: "paid", reference: referenceOf(key), message: "Paid" });
const failed = (key: string): ProviderWord => ({
  state: "failed",
  reference: referenceOf(key),
  message: "Rejected by the sandbox",
});

/** What the book says of an order at this moment. */
function wordOf(key: string, { outcome, sends, taken_at }: Entry, now: Date): ProviderAnswer {
  const reference = referenceOf(key);
  const left = taken_at.getTime() + laterMs - now.getTime();
  const waiting: ProviderWord = { state: "accepted", reference, askAfterMs: Math.max(left, 0) };
  if (outcome === "fail") return failed(key);
  if (outcome === "unknown") return { state: "unknown", reference, why: "provider_unknown" };
  if (outcome === "lost" && sends === 1) return { state: "absent" };
  if (outcome === "later-fail") return left > 0 ? waiting : failed(key);
  if (outcome === "later" || outcome === "twice" || outcome === "disorder")
    return left > 0 ? waiting : paid(key);
  return paid(key);
}

const callBacks: Partial<Record<SandboxOutcome, readonly ("paid" | "accepted" | "failed")[]>> = {
  twice: ["paid", "paid"],
  disorder: ["paid", "accepted", "failed"],
};

/**
 * A provider that moves no money and does what the destination tells it: see `sandbox-outcomes.ts`. It keeps its own book, so that after
 * a crash it answers like one that lives elsewhere.
 */
export function createSandbox(ports: KindPorts): Processor {
  const { clock, db } = ports;
  const enter = (order: PayOrder, outcome: SandboxOutcome) =>
    db.gathered(order.workspaceId, order.key, async (tx) => {
      const { workspaceId, key, amount, currency } = order;
      const pays = neverPays.has(outcome) ? 0 : 1;
      const now = clock.now();
      const [entry] = await tx.query<Entry>(take, [workspaceId, key, outcome, amount, currency, pays, now]);
      if (!entry) throw new Error("the sandbox's book took no entry");
      const states = callBacks[entry.outcome];
      if (states && entry.sends === 1)
        await ports.enqueue(tx, {
          name: "payout.sandbox_calls_back",
          payload: { payoutId: key, states },
          // After its own answer.
          runAt: new Date(now.getTime() + 1_000),
        });
      return entry;
    });

  return {
    name: "sandbox",
    // The book is written before the answer is given: nothing is on its way.
    quietMs: 0,
    async send(order) {
      const { key } = order;
      const entry = await enter(order, sandboxOutcome(order));
      const { outcome, sends } = entry;
      if (outcome === "slow") await new Promise((resolve) => setTimeout(resolve, slowMs));
      if (outcome === "timeout" || (outcome === "lost" && sends === 1))
        throw new Error("the sandbox's answer was lost");
      const word = wordOf(key, entry, clock.now());
      return word.state === "absent" ? paid(key) : word;
    },
    async find({ workspaceId, key }) {
      const [entry] = await db.in(workspaceId).query<Entry>(look, [workspaceId, key]);
      return entry ? wordOf(key, entry, clock.now()) : { state: "absent" };
    },
  };
}

/** The sandbox's call-backs: the same way into the payout as an outside provider's. */
export function sandboxCallsBackJob(deps: PayoutDeps) {
  return kindJob({
    name: "payout.sandbox_calls_back",
    payload: z.object({ payoutId: z.string(), states: z.array(z.enum(["paid", "accepted", "failed"])) }),
    async run({ payoutId, states }, { workspaceId }) {
      if (workspaceId === null) throw new Error("a payout belongs to a workspace");
      const words = {
        paid: paid(payoutId),
        failed: failed(payoutId),
        accepted: { state: "accepted", reference: referenceOf(payoutId), askAfterMs: null },
      } as const;
      for (const state of states) await hearWord(deps, workspaceId, payoutId, words[state]);
    },
  });
}
