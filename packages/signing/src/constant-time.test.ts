import { expect, test } from "vitest";
import { equalDigests } from "./constant-time.ts";

test("digests are equal only if every byte is, whatever their form", () => {
  expect(equalDigests("abc", "abc")).toBe(true);
  expect(equalDigests("abc", new TextEncoder().encode("abc"))).toBe(true);
  expect(equalDigests("abc", "abd")).toBe(false);
  expect(equalDigests("abc", "abcd")).toBe(false);
  expect(equalDigests("", "")).toBe(true);
});
