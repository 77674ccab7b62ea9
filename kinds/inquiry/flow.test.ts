import { allowedActions, flowProblems, runFlow } from "@okno/kit";
import { expect, test } from "vitest";
import { inquiryFlow } from "./flow.ts";

const free = { assignee: null, actor: "me" };

test("the flow is whole", () => {
  expect(flowProblems(inquiryFlow)).toEqual([]);
});

// Every state × action with its result; a dash: refused.
const table = `
  action          new             working         postponed       awaiting_reply  completed
  claim           working         working         postponed       awaiting_reply  -
  assign          new             working         postponed       awaiting_reply  -
  complete        completed       completed       completed       completed       -
  postpone        postponed       postponed       postponed       postponed       -
  await_reply     awaiting_reply  awaiting_reply  awaiting_reply  awaiting_reply  -
  reopen          -               -               working         working         working
  set             new             working         postponed       awaiting_reply  completed
  answer          working         working         postponed       awaiting_reply  completed
  customer_wrote  new             working         working         working         working
  due             -               -               working         -               -
`;
const [head = [], ...rows] = table
  .trim()
  .split("\n")
  .map((line) => line.trim().split(/\s+/u));

test("the table names every action and every state of the flow", () => {
  expect(rows.map(([action]) => action).sort()).toEqual(Object.keys(inquiryFlow.actions).sort());
  expect(head.slice(1).sort()).toEqual(Object.keys(inquiryFlow.states).sort());
});

test.each(
  rows.flatMap(([action = "", ...targets]) =>
    targets.map((target, index) => [head[index + 1] ?? "", action, target] as const),
  ),
)("%s × %s → %s", (state, action, target) => {
  const step = runFlow(inquiryFlow, state, action, free);
  expect(step.ok ? step.to : "-").toBe(target);
});

test("a ticket that somebody has is not claimed by another, and the button is not drawn", () => {
  const taken = { assignee: "other", actor: "me" };
  expect(runFlow(inquiryFlow, "working", "claim", taken)).toEqual({ ok: false, reason: "claimed_by_other" });
  expect(allowedActions(inquiryFlow, "working", taken)).not.toContain("claim");
  expect(allowedActions(inquiryFlow, "working", { assignee: "me", actor: "me" })).toContain("claim");
});
