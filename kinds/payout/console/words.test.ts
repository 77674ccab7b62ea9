import { eventTypes } from "@okno/contract";
import { expect, test } from "vitest";
import { payoutFlow } from "../flow.ts";
import { payoutConsole } from "./index.ts";
import { words } from "./words.ts";

test("every state of the flow and every event of payouts is worded in both languages, and every state has its tone", () => {
  const states = Object.keys(payoutFlow.states);
  const events = eventTypes.filter((type) => type.startsWith("payout."));
  for (const locale of ["ru", "en"] as const)
    for (const key of [...states.map((state) => `state.${state}`), ...events.map((type) => `event.${type}`)])
      expect(words[locale][key], `${locale} ${key}`).toBeTruthy();
  expect(Object.keys(words.ru)).toEqual(Object.keys(words.en));
  expect(Object.keys(payoutConsole.tones).sort()).toEqual(states.sort());
});

test("a cancelled payout says why it was", () => {
  const key = payoutConsole.eventKey?.("payout.cancelled", { why: "Expired" });
  expect(words.ru[key ?? ""]).toMatch(/вовремя/u);
  expect(payoutConsole.eventKey?.("payout.cancelled", { why: "?" })).toBeUndefined();
});
