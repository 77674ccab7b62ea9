import { expect, test } from "vitest";
import { isServersOwn, placeAfter } from "./place-after.ts";

test.each([
  ["/inbox/mine?topic=1", "/inbox/mine?topic=1"],
  ["/settings/keys", "/settings/keys"],
  [undefined, "/"],
  ["", "/"],
  ["//evil.example/x", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/sign-in?next=/sign-in", "/"],
])("signing in with next=%j leads to %s: never to another site", (next, place) => {
  expect(placeAfter(next)).toBe(place);
});

test.each([
  ["/docs", true],
  ["/docs/ru/compat#create", true],
  ["/help/en", true],
  ["/documents", false],
  ["/inbox/mine", false],
])("%s is drawn by the server: %s", (place, own) => {
  expect(isServersOwn(place)).toBe(own);
});
