import fc from "fast-check";
import { expect, test } from "vitest";
import { JsonNumber, type LosslessJson, parseLossless } from "./lossless.ts";

const plain = (value: LosslessJson): unknown => {
  if (value instanceof JsonNumber) return Number(value.lexeme);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
};

test.each([
  "100",
  "100.0",
  "1e-7",
  "1e-07",
  "1.0E-7",
  "0.30000000000000004",
  "-0",
  "1e400",
  "123456789012345678901234567890",
])("the number %s keeps its text", (lexeme) => {
  const parsed = parseLossless(`{"amount": ${lexeme} }`);
  expect(parsed).toEqual({ ok: true, value: { amount: new JsonNumber(lexeme) } });
  expect(JSON.stringify(parsed)).toContain(`"amount":"${lexeme}"`);
});

test.each([
  ['{"id":"a","id":"b"}', "id"],
  ['{"id":"a","id":"a"}', "id"],
  ['{"id":"a","\\u0069d":"b"}', "id"],
  ['{"a":{"b":1,"c":[{"b":2}],"b":3}}', "b"],
  ['[{"a":1},{"":1,"":2}]', ""],
  ['{"__proto__":1,"__proto__":2}', "__proto__"],
])("a key given twice is refused: %s", (text, key) => {
  expect(parseLossless(text)).toEqual({ ok: false, why: "duplicate_key", key });
});

test("one key in different objects is no duplicate, nor are braces, colons and quotes inside strings", () => {
  const text = String.raw`{"a":[{"b":1},{"b":2}],"c":{"b":"{\"b\":1,\"b\":2}"},"d":"\\","e":":"}`;
  const parsed = parseLossless(text);
  expect(parsed.ok && plain(parsed.value)).toEqual(JSON.parse(text));
});

test.each([
  "",
  "{",
  '{"a":}',
  "{'a':1}",
  '{"a":01}',
  '{"a":NaN}',
  '{"a":+1}',
  '{"a":.5}',
  '{"a":1,}',
  "]",
  ":",
  '"a":1',
  '{"a" 1}',
  '{"a":"\n"}',
  '["a":1]',
  "\ufeff{}",
  '{"a":"\\x"}',
  '{"\\x":1}',
])("%j is malformed", (text) => {
  expect(parseLossless(text)).toEqual({ ok: false, why: "malformed" });
});

test("nesting and size have bounds, whatever comes", () => {
  expect(parseLossless("[".repeat(16) + "]".repeat(16)).ok).toBe(true);
  expect(parseLossless("[".repeat(17) + "]".repeat(17))).toEqual({ ok: false, why: "too_deep" });
  expect(parseLossless("[".repeat(60_000))).toEqual({ ok: false, why: "too_deep" });
  expect(parseLossless('{"a":'.repeat(10_000))).toEqual({ ok: false, why: "too_deep" });
  expect(parseLossless(`"${"x".repeat(65_536)}"`)).toEqual({ ok: false, why: "too_large" });
  expect(parseLossless("[1]", { maxCharacters: 2 })).toEqual({ ok: false, why: "too_large" });
});

test("`__proto__` is a key like any other and changes no prototype", () => {
  const parsed = parseLossless('{"__proto__":{"polluted":true}}');
  const value = parsed.ok ? (parsed.value as Record<string, unknown>) : {};
  expect(Object.keys(value)).toEqual(["__proto__"]);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect("polluted" in {}).toBe(false);
});

test("what JSON.stringify writes is read back as it was, and what JSON.parse refuses is refused", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      const parsed = parseLossless(text);
      expect(parsed.ok && plain(parsed.value)).toEqual(JSON.parse(text));
    }),
    { numRuns: 500 },
  );
  const piece = fc.constantFrom("{", "}", "[", "]", ":", ",", '"a"', '"', "\\", "1", "e", "-", " ", "null");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
      const text = pieces.join("");
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      const parsed = parseLossless(text);
      const repeated = !parsed.ok && parsed.why === "duplicate_key";
      if (!repeated) expect(parsed.ok).toBe(valid);
    }),
    { numRuns: 5000 },
  );
});
