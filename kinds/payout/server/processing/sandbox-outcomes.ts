import { methodOf } from "../methods.ts";

/** What the sandbox can be told to do. `number` stands for the word where a destination is made of digits. */
export const sandboxOutcomes = [
  { word: "later-fail", number: "03", does: "taken on, and failed five seconds later" },
  { word: "paid", number: "00", does: "paid at once" },
  { word: "later", number: "01", does: "taken on, and paid five seconds later" },
  { word: "fail", number: "02", does: "failed at once" },
  { word: "slow", number: "04", does: "paid, after two seconds in which it says nothing" },
  { word: "unknown", number: "05", does: "nobody can say: a person is asked to look" },
  { word: "timeout", number: "06", does: "paid, but the answer is lost on its way" },
  { word: "lost", number: "07", does: "the first order is lost on its way; a second one is paid" },
  { word: "twice", number: "08", does: "taken on; its call-back `paid` comes twice" },
  {
    word: "disorder",
    number: "09",
    does: "taken on; `paid` comes before `accepted`, and `failed` after both",
  },
] as const;

export type SandboxOutcome = (typeof sandboxOutcomes)[number]["word"];

// Digits cannot hold a word. Two places of a reserved number do: the last ones of a phone, those before the check digit of a card.
const reserved = { phone: /^\+?790000000(\d\d)$/u, card: /^2200000000000(\d\d)\d$/u } as const;

/**
 * What becomes of an order: by the word at the end of its extra, or of its destination where that is a free text (the methods `TEST`,
 * `CRYSTALPAY`, `LZTMARKET`); by two digits of a phone or card. Everything else is paid at once. Addresses of chains carry a checksum
 * and are random letters: theirs is the extra alone.
 */
export function sandboxOutcome(order: {
  method: string;
  destination: string;
  destinationExtra: string | null;
}): SandboxOutcome {
  const family = methodOf(order.method)?.family;
  const free = family === "test" || family === "login" ? order.destination : "";
  for (const text of [order.destinationExtra ?? "", free]) {
    const told = sandboxOutcomes.find(({ word }) => text.toLowerCase().endsWith(word));
    if (told) return told.word;
  }
  const digits = (reserved.phone.exec(order.destination) ?? reserved.card.exec(order.destination))?.[1];
  return sandboxOutcomes.find(({ number }) => number === digits)?.word ?? "paid";
}
