import { defineFlow } from "@okno/kit";

const unchanged = {
  created: "created",
  approving: "approving",
  processing: "processing",
  checking: "checking",
  failed: "failed",
  failed_later: "failed_later",
  failed_seen: "failed_seen",
  paid: "paid",
  disputed: "disputed",
  cancelled: "cancelled",
} as const;

type PayoutState = keyof typeof unchanged;
type PayoutAction =
  | "submit"
  | "ask_approval"
  | "approve"
  | "cancel"
  | "expire"
  | "doubt"
  | "resume"
  | "pay"
  | "fail"
  | "contradict";

/**
 * The life of a payout. What a merchant sees as one status may be several states here: `processing` while a person checks what became of
 * it, `failed` until somebody has seen it. People decide in the phase `open`; in `waiting` it is the merchant's, or the provider's, turn.
 */
export const payoutFlow = defineFlow<PayoutState, PayoutAction>({
  initial: "created",
  states: {
    created: { phase: "waiting", progress: "not_started" },
    approving: { phase: "open", progress: "in_work" },
    processing: { phase: "waiting", progress: "in_work" },
    checking: { phase: "open", progress: "in_work" },
    failed: { phase: "open", progress: "in_work" },
    failed_later: { phase: "waiting", progress: "in_work" },
    failed_seen: { phase: "done", progress: "closed", final: true },
    paid: { phase: "done", progress: "closed", final: true },
    disputed: { phase: "open", progress: "in_work" },
    cancelled: { phase: "done", progress: "closed", final: true },
  },
  actions: {
    submit: { by: "system", moves: { created: "processing" } },
    ask_approval: { by: "system", moves: { created: "approving" } },
    approve: { by: "system", moves: { approving: "processing" } },
    cancel: { by: "system", moves: { created: "cancelled", approving: "cancelled" } },
    expire: { by: "system", moves: { created: "cancelled", approving: "cancelled" } },
    doubt: { by: "system", moves: { processing: "checking" } },
    resume: { by: "system", moves: { checking: "processing" } },
    pay: { by: "system", moves: { processing: "paid", checking: "paid" } },
    fail: { by: "system", moves: { processing: "failed", checking: "failed" } },
    // The provider takes its final word back: no money moves, a person decides.
    contradict: {
      by: "system",
      moves: {
        paid: "disputed",
        disputed: "disputed",
        failed: "failed",
        failed_later: "failed",
        failed_seen: "failed",
      },
    },

    claim: {
      by: "member",
      moves: { approving: "approving", checking: "checking", failed: "failed", disputed: "disputed" },
      guard: ({ assignee, actor }) => assignee === null || assignee === actor || "claimed_by_other",
    },
    assign: {
      by: "member",
      moves: {
        approving: "approving",
        checking: "checking",
        failed: "failed",
        failed_later: "failed_later",
        disputed: "disputed",
      },
    },
    complete: {
      by: "member",
      moves: { failed: "failed_seen", failed_later: "failed_seen", disputed: "paid" },
    },
    postpone: { by: "member", moves: { failed: "failed_later", failed_later: "failed_later" } },
    await_reply: { by: "member", moves: { failed: "failed_later", failed_later: "failed_later" } },
    reopen: { by: "member", moves: { failed_later: "failed", failed_seen: "failed" } },
    due: { by: "system", moves: { failed_later: "failed" } },
    set: { by: "member", moves: unchanged },
    answer: { by: "member", moves: unchanged },
    customer_wrote: {
      by: "customer",
      moves: { ...unchanged, failed_later: "failed", failed_seen: "failed" },
    },
  },
});
