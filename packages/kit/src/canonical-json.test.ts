import { expect, test } from "vitest";
import { canonicalJson } from "./canonical-json.ts";

test("the sample of RFC 8785 has its canonical spelling", () => {
  const sample = JSON.parse(
    String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
  );
  expect(canonicalJson(sample)).toBe(
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

test("members are sorted by UTF-16 code units, however the value was made", () => {
  const sample = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\u{1f600}": 5, "\u0080": 6, "\u00f6": 7 };
  const names = [...canonicalJson(sample).matchAll(/:(\d)/gu)].map(([, digit]) => digit);
  expect(names.join("")).toBe("2467153");
  expect(canonicalJson({ a: { d: -0, c: undefined }, b: [] })).toBe('{"a":{"d":0},"b":[]}');
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, "\ud800", new Date(0), () => 1, undefined, [undefined]])(
  "what JSON cannot say has no spelling: %s",
  (value) => expect(() => canonicalJson(value)).toThrow(TypeError),
);
