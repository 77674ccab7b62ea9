import { toPublicId } from "@okno/contract";
import { type Actor, statement, type Transaction } from "@okno/kit";
import type { PayoutDeps } from "../core/deps.ts";
import { doubtPayout, endPayout, type LockedPayout, lockPayout } from "../core/move.ts";
import type { PayoutRow } from "../core/row.ts";
import { enqueueProcessing } from "./enqueue.ts";
import type { ProviderWord } from "./processor.ts";

const system = { kind: "system", id: null } as const;

const keepReference = statement(
  "payouts.keep_reference",
  `update payouts set provider_reference = $3
   where workspace_id = $1 and id = $2 and status = 'processing' and provider_reference is null`,
);
const attendContradiction = statement(
  "payouts.attend_contradiction",
  `update payouts set attention = 'contradicted', version = version + 1
   where workspace_id = $1 and id = $2 and status in ('paid', 'failed') and attention is distinct from 'contradicted' returning 1`,
);
const clearAttention = statement(
  "payouts.clear_attention",
  `update payouts set attention = null, version = version + 1
   where workspace_id = $1 and id = $2 and status = 'processing' and attention is not null returning 1`,
);

/** Doubts that the provider itself takes away when it says that it has the order in hand. */
const takenAway: ReadonlySet<string> = new Set(["no_answer", "provider_unknown"]);
/** Doubts in which the provider goes on being asked; the others wait for a person. */
export const goesOnAsking: ReadonlySet<string> = new Set(["no_answer", "too_long"]);

/** Is the provider asked about it by itself? */
export function isAsked({ status, attention }: PayoutRow): boolean {
  return status === "processing" && (attention === null || goesOnAsking.has(attention));
}

/** `waiting`: goes on. `known`: changes nothing. `contradicts`: changes nothing, and a person is told. */
export type Heard = "ended" | "waiting" | "doubted" | "known" | "contradicts";

type Resumed = { actor: Actor; data: Record<string, unknown> };

/** The payout leaves the inbox: its provider speaks again, it is sent again, or a person decided that it goes on. */
export async function resumePayout(
  deps: PayoutDeps,
  tx: Transaction,
  locked: LockedPayout,
  { actor, data }: Resumed = { actor: system, data: {} },
): Promise<void> {
  const { ticket, payout } = locked;
  if (ticket.state !== "checking") return;
  const now = deps.ports.clock.now();
  await Promise.all([
    tx.query(clearAttention, [tx.workspaceId, payout.id]),
    deps.ports.tickets.move(tx, ticket, {
      action: "resume",
      actor,
      happenings: [
        { type: "payout.resumed", actor, data: { payout: toPublicId("payout", payout.id), ...data } },
      ],
      now,
    }),
    enqueueProcessing(deps.ports, tx, payout.id, now),
  ]);
}

/** The first final word counts: another one moves no money, and a person is told once. */
async function contradict(
  { ports }: PayoutDeps,
  tx: Transaction,
  { ticket, payout }: LockedPayout,
  said: string,
): Promise<void> {
  const attended = await tx.query(attendContradiction, [tx.workspaceId, payout.id]);
  if (attended.length === 0) return;
  const data = { payout: toPublicId("payout", payout.id), said, stands: payout.status };
  await ports.tickets.move(tx, ticket, {
    action: "contradict",
    actor: system,
    happenings: [{ type: "payout.contradicted", actor: system, data }],
    now: ports.clock.now(),
  });
}

async function whileProcessing(
  deps: PayoutDeps,
  tx: Transaction,
  locked: LockedPayout,
  word: ProviderWord,
): Promise<Heard> {
  const { payout } = locked;
  const act = { actor: system, now: deps.ports.clock.now() };
  if (word.state === "paid" || word.state === "failed") {
    const { state, message, reference } = word;
    await endPayout(deps, tx, locked, { ...act, outcome: state, message, reference });
    return "ended";
  }
  if (word.state === "unknown") {
    await doubtPayout(deps, tx, locked, { ...act, why: word.why, reference: word.reference });
    return "doubted";
  }
  if (word.reference && payout.provider_reference === null)
    await tx.query(keepReference, [tx.workspaceId, payout.id, word.reference]);
  if (payout.attention !== null && takenAway.has(payout.attention)) await resumePayout(deps, tx, locked);
  return "waiting";
}

/** Writes down what a provider says, whoever brought it: the answer to an order, to a question, or a call-back. Under the ticket's lock. */
export async function applyWord(
  deps: PayoutDeps,
  tx: Transaction,
  locked: LockedPayout,
  word: ProviderWord,
): Promise<Heard> {
  const { status } = locked.payout;
  if (status === "processing") return whileProcessing(deps, tx, locked, word);
  const final = word.state === "paid" || word.state === "failed";
  if (!final || word.state === status) return "known";
  await contradict(deps, tx, locked, word.state);
  return "contradicts";
}

/** The same in a transaction of its own, which it may share with others of the moment. */
export function hearWord(
  deps: PayoutDeps,
  workspaceId: string,
  payoutId: string,
  word: ProviderWord,
): Promise<Heard> {
  return deps.ports.db.gathered(workspaceId, payoutId, async (tx) =>
    applyWord(deps, tx, await lockPayout(deps, tx, payoutId, null), word),
  );
}
