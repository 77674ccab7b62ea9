import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkDestination } from "../destinations/index.ts";
import { askPauseMs } from "./process.ts";
import { destinationDigest, orderKey, parseWord, readWord } from "./provider-word.ts";
import { sandboxOutcome, sandboxOutcomes } from "./sandbox-outcomes.ts";

const card = (number: string) =>
  [..."0123456789"]
    .map((check) => `2200000000000${number}${check}`)
    .find((each) => checkDestination("CARDRUB", each).ok) ?? "";

test("each outcome is reached by a word, by a phone and by a card; everything else is paid at once", () => {
  for (const { word, number } of sandboxOutcomes) {
    const by = (method: string, destination: string, destinationExtra: string | null = null) =>
      sandboxOutcome({ method, destination, destinationExtra });
    expect(by("TEST", `Иван ${word.toUpperCase()}`)).toBe(word);
    expect(by("TONCOIN", "UQ-fail", word)).toBe(word);
    expect(by("SBP", `+790000000${number}`, "100000000111")).toBe(word);
    expect(card(number)).not.toBe("");
    expect(by("CARDRUB", card(number))).toBe(word);
  }
  // A chain's address is random letters: it says nothing, whatever stands at its end.
  expect(
    sandboxOutcome({ method: "BITCOIN", destination: "1BoatSLRHtKNngkdXEeobR7fail", destinationExtra: null }),
  ).toBe("paid");
  expect(sandboxOutcome({ method: "SBP", destination: "+79161234502", destinationExtra: null })).toBe("paid");
});

test("the guide's table is the sandbox's own", () => {
  const guide = readFileSync(new URL("../../../../docs/guides/payout-provider.md", import.meta.url), "utf8");
  const told = [...guide.matchAll(/^\| `([a-z-]+)`\s*\| (\d\d) \| (.+?)\s*\|$/gmu)].map(
    ([, word, number, does]) => ({ word, number, does }),
  );
  const sorted = sandboxOutcomes.toSorted((a, b) => a.number.localeCompare(b.number));
  expect(told).toEqual(sorted);
});

test("a provider is asked less and less often", () => {
  expect([0, 1_000, 60_000, 3_600_000, 86_400_000].map(askPauseMs)).toEqual([
    5_000, 5_000, 15_000, 600_000, 600_000,
  ]);
});

const key = "01890a5d-ac96-774b-bcce-b302099a8057";
const order = {
  workspaceId: key,
  key,
  method: "TEST",
  currency: "RUB",
  scale: 2,
  amount: "0.99",
  destination: "Иван",
  destinationExtra: null,
  providerId: null,
};

test("a word is believed only if it speaks of this order, this sum and this receiver", () => {
  const digest = destinationDigest(order);
  const right = {
    key: orderKey(key),
    state: "paid",
    amount: "0.990",
    currency: "RUB",
    destinationDigest: digest,
  };
  const read = (word: object) => {
    const parsed = parseWord(JSON.stringify(word));
    return parsed && readWord(order, parsed);
  };
  expect(read({ ...right, message: "готово\u0000\u0007!", reference: "r" })).toEqual({
    ok: true,
    answer: { state: "paid", reference: "r", message: "готово !" },
  });
  for (const lie of [
    { amount: "9.9" },
    { amount: "0.99e1" },
    { amount: "x" },
    { amount: null },
    { currency: "USD" },
    { currency: null },
    { destinationDigest: digest.replace(/^./u, (c) => (c === "0" ? "1" : "0")) },
    { destinationDigest: null },
  ])
    expect(read({ ...right, ...lie })).toEqual({ ok: false, why: "disagrees" });
  expect(read({ ...right, key: orderKey(key.replace("8057", "8058")) })).toEqual({
    ok: false,
    why: "other_order",
  });
  expect(read({ ...right, state: "failed", amount: "1" })).toEqual({ ok: false, why: "disagrees" });
  for (const body of ["", "null", "[]", "{", '"paid"', '{"key":"a"}', '{"key":1,"state":"paid"}'])
    expect(parseWord(body)).toBeUndefined();
});
