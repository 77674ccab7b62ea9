import { expect, test } from "vitest";
import { csvOf } from "./csv.ts";
import { exactNumber, trimDecimal } from "./json.ts";

test("[PO-05] a number is written digit by digit, beyond what a float holds", () => {
  const digits = "0.300000000000000001";
  expect(JSON.stringify({ amount: exactNumber(digits) })).toBe(`{"amount":${digits}}`);
  expect(JSON.stringify([exactNumber("123456789012345678901234567890")])).toBe(
    "[123456789012345678901234567890]",
  );
  for (const text of ["1e-7", "", "NaN", '1,"x":2', "1.", ".5"])
    expect(() => exactNumber(text)).toThrow(RangeError);
});

test("zeros at the end of a decimal are dropped, those of a whole number are not", () => {
  expect(["2.500", "5.000000", "100", "0.10", "0"].map(trimDecimal)).toEqual(["2.5", "5", "100", "0.1", "0"]);
});

test("a table quotes what must be quoted and lets no spreadsheet run a cell", () => {
  const rows = [
    { id: "1", extra: 'a "b", c', message: null },
    { id: "2", extra: "=cmd|' /C calc'!A0", message: "line\nbreak" },
  ];
  expect(csvOf(rows)).toBe(
    "id,extra,message\r\n" + '1,"a ""b"", c",\r\n' + "2,'=cmd|' /C calc'!A0,\"line\nbreak\"\r\n",
  );
  expect(csvOf([])).toBe("");
});
