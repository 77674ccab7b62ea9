import { expect, test } from "vitest";
import { dateFormatOf, formatDate, parseDate } from "./dates.ts";

const instant = new Date("2023-01-31T23:59:09.999Z");

test("[PO-12] both writings name the same instant, whichever is read", () => {
  expect(formatDate(instant, "iso")).toBe("2023-01-31 23:59:09");
  expect(formatDate(instant, "founding")).toBe("23:59:09 31-01-2023");
  const second = new Date("2023-01-31T23:59:09Z");
  expect(parseDate("2023-01-31 23:59:09")).toEqual(second);
  expect(parseDate("23:59:09 31-01-2023")).toEqual(second);
  // The founding text's own sample.
  expect(parseDate("11:11:11 01-01-2023")).toEqual(new Date("2023-01-01T11:11:11Z"));
});

test.each([
  "",
  "2023-01-31",
  "2023-01-31T23:59:09Z",
  "2023-02-30 00:00:00",
  "24:00:00 01-01-2023",
  "2023-13-01 00:00:00",
  "23:59:09 31-01-2023 ",
  "11:11:11 2023-01-01",
])("%j is no instant", (text) => {
  expect(parseDate(text)).toBeUndefined();
});

test("a format is named by its pattern, in whatever case its letters are", () => {
  expect(dateFormatOf(undefined)).toBe("iso");
  for (const name of ["HH:mm:ss dd-MM-yyyy", "HH:MM:SS DD-MM-YYYY"])
    expect(dateFormatOf(name)).toBe("founding");
  expect(() => dateFormatOf("iso")).toThrow("`date_format` must be");
});
