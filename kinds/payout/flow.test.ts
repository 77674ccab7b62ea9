import { flowProblems, runFlow } from "@okno/kit";
import { describe, expect, test } from "vitest";
import { payoutFlow } from "./flow.ts";

test("the flow is whole", () => {
  expect(flowProblems(payoutFlow)).toEqual([]);
});

const money: Record<string, Record<string, string>> = {
  submit: { created: "processing" },
  ask_approval: { created: "approving" },
  approve: { approving: "processing" },
  cancel: { created: "cancelled", approving: "cancelled" },
  expire: { created: "cancelled", approving: "cancelled" },
  doubt: { processing: "checking" },
  resume: { checking: "processing" },
  pay: { processing: "paid", checking: "paid" },
  fail: { processing: "failed", checking: "failed" },
  // Moves no money: only who must look.
  contradict: {
    paid: "disputed",
    disputed: "disputed",
    failed: "failed",
    failed_later: "failed",
    failed_seen: "failed",
  },
};

describe.each(Object.keys(payoutFlow.states))("[PO-04] from %s", (state) => {
  test.each(Object.keys(money))("%s moves only where the table says", (action) => {
    const step = runFlow(payoutFlow, state, action, { assignee: null, actor: null });
    expect(step.ok ? step.to : undefined).toBe(money[action]?.[state]);
  });
});

test("nobody but the system moves money: no button and no message does", () => {
  for (const [name, action] of Object.entries(payoutFlow.actions))
    expect(action.by === "system", name).toBe(name in money || name === "due");
});
