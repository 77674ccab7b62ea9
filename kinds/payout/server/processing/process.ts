import { kindJob, statement } from "@okno/kit";
import { z } from "zod";
import { askMerchant } from "../approvals/ask-merchant.ts";
import type { PayoutDeps } from "../core/deps.ts";
import { lockPayout } from "../core/move.ts";
import { findPayout } from "../core/queries.ts";
import type { PayoutRow } from "../core/row.ts";
import { processJobName } from "./enqueue.ts";
import { goesOnAsking, type Heard, hearWord, isAsked, resumePayout } from "./hear.ts";
import { orderOf } from "./order.ts";
import type { PayOrder, Processor, ProviderWord } from "./processor.ts";
import type { Processors } from "./processors.ts";

/** After about four minutes of failures a person is told; the provider goes on being asked. */
const patientAttempts = 8;
const silentPauseMs = 5 * 60_000;
/** So long a provider may have an order without an end before a person is told. */
const patienceMs = 24 * 3_600_000;

// Only one process sends: whoever finds it as it was when it was read. The outside provider is fixed with the first sending.
const mark = statement(
  "payouts.mark_sent",
  `update payouts p set sent_at = $3, provider_id = coalesce(p.provider_id, case when p.processor = 'http' then
     (select d.id from payout_providers d where d.workspace_id = $1 and d.desk_id = p.desk_id and d.disabled_at is null) end)
   where p.workspace_id = $1 and p.id = $2 and p.status = 'processing' and p.sent_at is not distinct from $4::timestamptz
     and p.attention is null
   returning p.provider_id`,
);

/**
 * Commits that the provider will be asked to pay, before it is. What was in doubt leaves the inbox first: from then on no person can
 * say what became of it while it is on its way.
 * @returns undefined where another process was faster, or it has ended.
 */
async function markSent(deps: PayoutDeps, payout: PayoutRow): Promise<PayOrder | undefined> {
  const { ports } = deps;
  const marked = await ports.db.gathered(payout.workspace_id, payout.id, async (tx) => {
    if (payout.attention !== null) {
      const locked = await lockPayout(deps, tx, payout.id, null);
      if (locked.payout.attention !== payout.attention) return undefined;
      await resumePayout(deps, tx, locked);
    }
    const values = [payout.workspace_id, payout.id, ports.clock.now(), payout.sent_at];
    const [row] = await tx.query<{ provider_id: string | null }>(mark, values);
    return row;
  });
  return marked && orderOf(ports, payout, marked.provider_id);
}

const inHand = (askAfterMs: number): ProviderWord => ({ state: "accepted", reference: null, askAfterMs });

/** Sends it, unless it has been sent: then the provider is asked, and only what it has never heard of is sent again, by the same key. */
async function consult(deps: PayoutDeps, processor: Processor, payout: PayoutRow): Promise<ProviderWord> {
  const { clock } = deps.ports;
  if (payout.sent_at !== null) {
    const found = await processor.find(orderOf(deps.ports, payout));
    if (found.state !== "absent") return found;
    const quiet = payout.sent_at.getTime() + processor.quietMs - clock.now().getTime();
    if (quiet > 0) return inHand(quiet);
  }
  const objection = payout.sent_at === null ? await askMerchant(deps, payout) : undefined;
  if (objection) return objection;
  const order = await markSent(deps, payout);
  return order ? processor.send(order) : inHand(Math.max(processor.quietMs, 1_000));
}

/** Often at first, then less and less: a quarter of its age, from five seconds to ten minutes. */
export function askPauseMs(ageMs: number): number {
  return Math.min(Math.max(ageMs / 4, 5_000), 600_000);
}

async function wordOf(
  deps: PayoutDeps,
  processors: Processors,
  payout: PayoutRow,
  attempt: number,
): Promise<ProviderWord> {
  const processor = processors.get(payout.processor);
  if (!processor) return { state: "unknown", reference: null, why: "unknown_processor" };
  try {
    return await consult(deps, processor, payout);
  } catch (error) {
    if (attempt < patientAttempts && payout.attention === null) throw error;
    deps.ports.log.warn({ err: error, payout: payout.id }, "a provider does not answer");
    return { state: "unknown", reference: null, why: "no_answer" };
  }
}

/** An order that has no end for a day is put before a person, whatever its provider says. */
function orEndless(word: ProviderWord, ageMs: number): ProviderWord {
  if (word.state !== "accepted" || ageMs <= patienceMs) return word;
  return { state: "unknown", reference: word.reference, why: "too_long" };
}

/** When the provider is asked again; undefined: its turn is over. */
function nextLookMs(word: ProviderWord, heard: Heard, ageMs: number): number | undefined {
  if (heard === "waiting" && word.state === "accepted") return word.askAfterMs ?? askPauseMs(ageMs);
  const silent = word.state === "unknown" && goesOnAsking.has(word.why);
  return heard === "doubted" && silent ? silentPauseMs : undefined;
}

/** Hands a payout to its processor, or asks what became of it. Idempotent: safe to run again after any crash. */
export function processJob(deps: PayoutDeps, processors: Processors) {
  const { clock, db } = deps.ports;
  return kindJob({
    name: processJobName,
    payload: z.object({ payoutId: z.string() }),
    async run({ payoutId }, { workspaceId, attempt }) {
      if (workspaceId === null) throw new Error("a payout belongs to a workspace");
      const payout = await findPayout(db.in(workspaceId), workspaceId, payoutId);
      if (!payout || !isAsked(payout)) return;
      const said = await wordOf(deps, processors, payout, attempt);
      const now = clock.now().getTime();
      const ageMs = payout.sent_at ? now - payout.sent_at.getTime() : 0;
      const word = orEndless(said, ageMs);
      const heard = await hearWord(deps, workspaceId, payoutId, word);
      const pauseMs = nextLookMs(word, heard, ageMs);
      if (pauseMs !== undefined) return { againAt: new Date(now + pauseMs) };
    },
  });
}
