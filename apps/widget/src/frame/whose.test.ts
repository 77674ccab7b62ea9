import { expect, test } from "vitest";
import type { Memory } from "./storage.ts";
import { keepApart } from "./whose.ts";

function createFakeMemory(values: Map<string, string>): Memory {
  return {
    get: (name) => values.get(name),
    set: (name, value) => void (value === undefined ? values.delete(name) : values.set(name, value)),
    onChange: () => undefined,
  };
}
const identity = (sub: string) => `e30.${Buffer.from(JSON.stringify({ sub })).toString("base64url")}.x`;

test("what a user has not sent is neither read nor sent by the next person in the same browser", () => {
  const values = new Map([
    ["outbox", "[]"],
    ["draft", "тайна"],
  ]);
  const memory = createFakeMemory(values);
  keepApart(memory, identity("Иван"));
  expect(values.get("draft"), "words from before signing in go along").toBe("тайна");
  keepApart(memory, identity("Иван"));
  expect(values.get("draft"), "a reload of the same user's page").toBe("тайна");
  keepApart(memory, identity("Пётр"));
  expect(values.has("draft") || values.has("outbox")).toBe(false);
  values.set("draft", "слова Петра");
  keepApart(memory, undefined);
  expect(values.has("draft")).toBe(false);
});
