import { expect, test } from "vitest";
import { formatAmount, readAmount } from "./money.ts";

test("an amount keeps every digit it has, in both spellings", () => {
  expect(formatAmount("1234567890123456789.123456789012345678", "ETH", "en")).toBe(
    "1,234,567,890,123,456,789.123456789012345678\u00a0ETH",
  );
  expect(formatAmount("1500", "RUB", "ru")).toBe("1\u00a0500,00\u00a0₽");
  expect(formatAmount("0.00005000", "BTC", "ru")).toBe("0,00005\u00a0BTC");
});

test.each([
  ["1 500,50", "1500.50"],
  ["1\u00a0500.5", "1500.5"],
  ["007", "7"],
  ["0,0001", "0.0001"],
  ["0", undefined],
  ["-5", undefined],
  ["1e3", undefined],
  ["1.5.0", undefined],
  ["", undefined],
])("what is typed as %j is sent as %j", (typed, sent) => {
  expect(readAmount(typed)).toBe(sent);
});
