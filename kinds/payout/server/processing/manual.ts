import type { Processor, ProviderWord } from "./processor.ts";

const byHand: ProviderWord = { state: "unknown", reference: null, why: "manual" };

/** A person carries it out and says what became of it: the payout comes into the inbox, and nothing else happens. */
export const manual: Processor = {
  name: "manual",
  quietMs: 0,
  send: async () => byHand,
  find: async () => byHand,
};
