import { defineFlow } from "@okno/kit";

const unchanged = {
  new: "new",
  working: "working",
  postponed: "postponed",
  awaiting_reply: "awaiting_reply",
  completed: "completed",
} as const;
const live = {
  new: "new",
  working: "working",
  postponed: "postponed",
  awaiting_reply: "awaiting_reply",
} as const;

/** The life of an inquiry: somebody asks, somebody answers, it is settled. */
export const inquiryFlow = defineFlow<keyof typeof unchanged, never>({
  initial: "new",
  states: {
    new: { phase: "open", progress: "not_started" },
    working: { phase: "open", progress: "in_work" },
    postponed: { phase: "waiting", progress: "in_work" },
    awaiting_reply: { phase: "waiting", progress: "in_work" },
    completed: { phase: "done", progress: "closed", final: true },
  },
  actions: {
    claim: {
      by: "member",
      moves: { ...live, new: "working" },
      guard: ({ assignee, actor }) => assignee === null || assignee === actor || "claimed_by_other",
    },
    assign: { by: "member", moves: live },
    complete: {
      by: "member",
      moves: { new: "completed", working: "completed", postponed: "completed", awaiting_reply: "completed" },
    },
    postpone: {
      by: "member",
      moves: { new: "postponed", working: "postponed", postponed: "postponed", awaiting_reply: "postponed" },
    },
    await_reply: {
      by: "member",
      moves: {
        new: "awaiting_reply",
        working: "awaiting_reply",
        postponed: "awaiting_reply",
        awaiting_reply: "awaiting_reply",
      },
    },
    reopen: {
      by: "member",
      moves: { postponed: "working", awaiting_reply: "working", completed: "working" },
    },
    set: { by: "member", moves: unchanged },
    answer: { by: "member", moves: { ...unchanged, new: "working" } },
    customer_wrote: {
      by: "customer",
      moves: {
        new: "new",
        working: "working",
        postponed: "working",
        awaiting_reply: "working",
        completed: "working",
      },
    },
    due: { by: "system", moves: { postponed: "working" } },
  },
});
