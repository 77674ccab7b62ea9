import { flowProblems, runFlow } from "@okno/kit";
import { expect, test } from "vitest";
import { inquiryFlow } from "./flow.ts";

test("the flow is whole", () => {
  expect(flowProblems(inquiryFlow)).toEqual([]);
});

test.each([
  ["new", "claim", "working"],
  ["completed", "claim", undefined],
  ["postponed", "due", "working"],
  ["awaiting_reply", "due", undefined],
])("%s, %s → %s", (state, action, to) => {
  const step = runFlow(inquiryFlow, state, action, { assignee: null, actor: null });
  expect(step.ok ? step.to : undefined).toBe(to);
});
